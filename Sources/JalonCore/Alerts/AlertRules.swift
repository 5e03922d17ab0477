/// The decision to tell (SPEC §9), after the model of Alertmanager's: a pure function of what was
/// open, what holds, when was last told, and what is silenced; the moment is handed in.
public struct AlertRules: Hashable, Sendable {
  /// Days between repetitions.
  public var repeatDays: Int
  /// How long a project is left alone after a message about it.
  public static let quietMicroseconds: Int64 = 5 * 60 * 1_000_000

  /// Rules.
  public init(repeatDays: Int) { self.repeatDays = repeatDays }

  /// A project and who is told about it: the unit that is left alone for a few minutes.
  ///
  /// Refused files are a line of their own: somebody sits before the screen and waits for the answer,
  /// whatever else was told lately.
  public struct Line: Hashable, Sendable {
    /// The project, or empty.
    public var project: String
    /// Who is told.
    public var audience: Audience
    /// Whether it is about files that were refused.
    public var isAboutFiles: Bool

    /// A line.
    public init(_ key: AlertKey) {
      project = key.project
      audience = key.audience
      isAboutFiles = key.kind == .fileRejected
    }
  }

  /// The moment of a run.
  public struct Moment: Hashable, Sendable {
    /// Now.
    public var now: Instant
    /// Its civil day.
    public var day: Day

    /// A moment.
    public init(now: Instant, day: Day) {
      self.now = now
      self.day = day
    }
  }

  /// Decides about every alert that was open and every fact that holds.
  ///
  /// - Parameters:
  ///   - open: alerts of the same projects and kinds as `holding` speaks of, not closed.
  ///   - holding: what holds now; no two with the same key.
  ///   - lastTold: when something was last told on a line, if ever.
  ///   - silences: those that still run, and those that ended and were not summed up yet.
  ///   - moment: when that is.
  /// - Returns: one decision for each key, open ones first.
  public func decide(
    open: [OpenAlert], holding: [Alert], lastTold: [Line: Instant], silences: [Silence],
    at moment: Moment
  ) -> [AlertDecision] {
    let facts = Dictionary(holding.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(open.map(\.alert.key))
    let gates = Set(holding.filter { $0.key.kind.isGate }.map(GateLine.init))
    let run = Run(
      rules: self, moment: moment, lastTold: lastTold, silences: silences, gates: gates)
    var decisions = open.map { alert in
      facts[alert.alert.key].map { run.decide(alert, holds: $0) } ?? run.decideEnded(alert)
    }
    decisions += holding.filter { !known.contains($0.key) }.map {
      run.decide(OpenAlert($0, beganAt: moment.now), holds: $0)
    }
    return run.completed(decisions)
  }
}

/// A gate of a project, and who is told of it.
private struct GateLine: Hashable {
  let line: AlertRules.Line
  let phase: String

  init(_ alert: Alert) {
    line = AlertRules.Line(alert.key)
    phase = alert.key.subject
  }
}

/// One run's decisions.
private struct Run {
  let rules: AlertRules
  let moment: AlertRules.Moment
  let lastTold: [AlertRules.Line: Instant]
  let silences: [Silence]
  let gates: Set<GateLine>

  /// About a fact that holds.
  func decide(_ open: OpenAlert, holds fact: Alert) -> AlertDecision {
    var alert = open
    alert.alert = fact
    // It goes on since it was first so, even where only its latest day can be told from the reports.
    alert.alert.since = min(open.alert.since, fact.since)
    alert.endedOn = nil
    guard let wish = wish(alert) else {
      return AlertDecision(alert: alert, action: .hold, reason: .toldLately)
    }
    return carriedOut(wish, alert)
  }

  /// What there is to say of a fact that holds, if nothing stands in the way.
  private func wish(_ alert: OpenAlert) -> (action: AlertAction, reason: AlertReason)? {
    if let number = alert.hiddenBy, hasEnded(number) { return (.fire, .silenceEnded(number)) }
    guard let toldOn = alert.toldOn else {
      let lasted = Int(moment.day.number) - Int(alert.alert.since.number)
      return alert.alert.key.isEscalation ? (.escalate, .lasted(days: lasted)) : (.fire, .began)
    }
    guard alert.alert.key.kind.isRepeated else { return nil }
    // A clock that was set back must not silence anybody: either way counts.
    let days = abs(Int(moment.day.number) - Int(toldOn.number))
    return days >= rules.repeatDays ? (.repeat, .stillHolds(days: days)) : nil
  }

  /// About a fact that holds no more.
  func decideEnded(_ open: OpenAlert) -> AlertDecision {
    var alert = open
    alert.endedOn = open.endedOn ?? moment.day
    if let number = alert.hiddenBy, hasEnded(number) {
      return carriedOut((.resolve, .silenceEnded(number)), alert)
    }
    let kind = alert.alert.key.kind
    if kind.isGate, gates.contains(GateLine(alert.alert)) { return closed(alert, .superseded) }
    guard kind.announcesItsEnd else { return closed(alert, .nothingToSay) }
    if alert.timesTold > 0 { return carriedOut((.resolve, .ended), alert) }
    if kind.isGate || alert.hiddenBy != nil { return carriedOut((.resolve, .endedUntold), alert) }
    return closed(alert, .nothingToSay)
  }

  private func closed(_ alert: OpenAlert, _ reason: AlertReason) -> AlertDecision {
    var alert = alert
    alert.isClosed = true
    return AlertDecision(alert: alert, action: .close, reason: reason)
  }

  /// What is done, once silences and the few quiet minutes have had their say.
  private func carriedOut(
    _ wish: (action: AlertAction, reason: AlertReason), _ open: OpenAlert
  ) -> AlertDecision {
    var alert = open
    if let silence = silences.first(where: { $0.hides(alert.alert, on: moment.day) }) {
      alert.hiddenBy = silence.number
      return AlertDecision(alert: alert, action: .hold, reason: .silenced(silence.number))
    }
    if isQuiet(AlertRules.Line(alert.alert.key)) {
      return AlertDecision(alert: alert, action: .hold, reason: .projectToldLately)
    }
    alert.tell(at: moment)
    alert.isClosed = wish.action == .resolve
    return AlertDecision(alert: alert, action: wish.action, reason: wish.reason)
  }

  /// Whether something was told on a line a few minutes ago; not if the clock was set back since.
  private func isQuiet(_ line: AlertRules.Line) -> Bool {
    guard let last = lastTold[line], last <= moment.now else { return false }
    return moment.now.microseconds - last.microseconds < AlertRules.quietMicroseconds
  }

  private func hasEnded(_ number: Int64) -> Bool {
    !silences.contains { $0.number == number && moment.day <= $0.until }
  }

  /// Where something is told about a project, what still holds there is mentioned beside it, so that
  /// the letter is whole; what was told earlier that day is not.
  ///
  /// A mention leaves the alert as it is: it was not told, and its reminder comes when it would have.
  func completed(_ decisions: [AlertDecision]) -> [AlertDecision] {
    let told = Set(decisions.filter(\.isTold).map { AlertRules.Line($0.alert.alert.key) })
    return decisions.map { decision in
      var decision = decision
      let key = decision.alert.alert.key
      guard decision.reason == .toldLately, key.kind.isRepeated, !key.project.isEmpty,
        decision.alert.toldOn != moment.day, told.contains(AlertRules.Line(key)),
        !silences.contains(where: { $0.hides(decision.alert.alert, on: moment.day) })
      else { return decision }
      decision.action = .mention
      decision.reason = .alongside
      return decision
    }
  }
}

extension OpenAlert {
  fileprivate mutating func tell(at moment: AlertRules.Moment) {
    toldAt = moment.now
    toldOn = moment.day
    timesTold += 1
    hiddenBy = nil
  }
}

extension AlertKey {
  /// Whether those who are told hear of it only because it lasts: a team's delay, told to those who
  /// follow the project.
  fileprivate var isEscalation: Bool {
    audience == .followUp && (kind == .reportOverdue || kind == .milestoneOverdue)
  }
}
