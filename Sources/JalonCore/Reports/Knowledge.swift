/// What stood about one project at an instant: the latest unit of every indicator and period, the
/// latest row of every milestone, and what the follow-up team had decided.
public struct Knowledge: Sendable {
  /// For every indicator id, its standing units in order of period.
  public var units: [String: [ReportedUnit]] = [:]
  /// For every milestone id, its standing row.
  public var milestones: [String: MilestoneReach] = [:]
  /// For every indicator id, the contested periods and the day each is due again.
  public var contested: [String: [Period: Day]] = [:]
  /// Decisions taken by then, in order.
  public var decisions: [Decision] = []
  /// Waivers that stood then.
  public var waivers: [Waiver] = []

  /// Nothing known.
  public init() {}

  /// What a history told by an instant (SPEC §4).
  public init(_ history: History, at instant: Instant) {
    var contests = history.contests.filter { $0.at <= instant }[...]
    for submission in history.submissions where submission.receivedAt <= instant {
      // A file received at the very instant of a contest was there to be contested.
      while let contest = contests.first, contest.at < submission.receivedAt {
        contests.removeFirst()
        apply(contest)
      }
      take(submission)
    }
    for contest in contests { apply(contest) }
    for (indicator, periods) in contested {
      units[indicator]?.removeAll { periods[$0.period] != nil }
    }
    decisions = history.decisions.filter { $0.at <= instant }
    for waiver in history.waivers where waiver.at <= instant {
      waivers.removeAll { $0.phase == waiver.phase && $0.criterion == waiver.criterion }
      if !waiver.isTakenBack { waivers.append(waiver) }
    }
  }

  /// What is known once another file has come, after all that was known; `nil` where figures are set
  /// aside, and the history alone tells what it does to them.
  public func adding(_ submission: Submission) -> Knowledge? {
    guard contested.values.allSatisfy(\.isEmpty) else { return nil }
    var later = self
    later.take(submission)
    return later
  }

  private mutating func take(_ submission: Submission) {
    for (indicator, unit) in submission.units {
      let replaced = units[indicator, default: []].put(unit)
      if !contested.isEmpty { lift(indicator, unit, over: replaced) }
    }
    for row in submission.milestones { milestones[row.milestone] = row }
  }

  /// Sets a unit aside; there is nothing to set aside where nothing was reported.
  private mutating func apply(_ contest: Contest) {
    guard !contest.isTakenBack else {
      contested[contest.indicator]?[contest.period] = nil
      return
    }
    guard let standing = units[contest.indicator],
      standing.contains(where: { $0.period == contest.period })
    else { return }
    contested[contest.indicator, default: [:]][contest.period] = contest.on
  }

  /// A contested unit counts again once a later file gives it another value.
  private mutating func lift(
    _ indicator: String, _ unit: ReportedUnit, over standing: ReportedUnit?
  ) {
    guard contested[indicator]?[unit.period] != nil, let standing else { return }
    if !unit.saysTheSame(as: standing) { contested[indicator]?[unit.period] = nil }
  }
}

extension History {
  /// Whether something was decided, waived or contested after one instant and by another.
  public func hasActs(after earlier: Instant, by later: Instant) -> Bool {
    let acts = decisions.lazy.map(\.at) + waivers.lazy.map(\.at) + contests.lazy.map(\.at)
    return acts.contains { earlier < $0 && $0 <= later }
  }
}

extension [ReportedUnit] {
  /// Puts a unit in its place, in order of period, and gives the one that it replaces.
  ///
  /// Files mostly go forward in time: the place is mostly the end, and no unit is ever hashed.
  fileprivate mutating func put(_ unit: ReportedUnit) -> ReportedUnit? {
    guard let last, !(last.period < unit.period) else {
      append(unit)
      return nil
    }
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].period < unit.period { low = middle + 1 } else { high = middle }
    }
    guard self[low].period == unit.period else {
      insert(unit, at: low)
      return nil
    }
    defer { self[low] = unit }
    return self[low]
  }
}

extension ReportedUnit {
  /// Whether two units give the same values and weights for the same profiles, in any order.
  func saysTheSame(as other: ReportedUnit) -> Bool {
    func figures(_ unit: ReportedUnit) -> Set<[String]> {
      Set(
        unit.observations.map { row in
          [row.profile ?? "", row.value?.description ?? "-", row.weight?.description ?? "-"]
        })
    }
    return figures(self) == figures(other)
  }
}
