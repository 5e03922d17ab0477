/// One accepted file's facts, as the store keeps them.
public struct Submission: Hashable, Sendable {
  /// Its number in the store: later arrivals have greater ones.
  public var number: Int64
  /// When it was received.
  public var receivedAt: Instant
  /// Indicators and what it reports of them.
  public var units: [(indicator: String, unit: ReportedUnit)]
  /// Its milestone rows, in file order.
  public var milestones: [MilestoneReach]

  /// A submission's facts.
  public init(
    number: Int64, receivedAt: Instant,
    units: [(indicator: String, unit: ReportedUnit)] = [], milestones: [MilestoneReach] = []
  ) {
    self.number = number
    self.receivedAt = receivedAt
    self.units = units
    self.milestones = milestones
  }

  /// Submissions are told apart by their number.
  public static func == (left: Submission, right: Submission) -> Bool {
    left.number == right.number
  }

  /// Submissions are told apart by their number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What the follow-up team decided about a gate.
public enum Verdict: String, CaseIterable, Sendable {
  /// The next phase's money is released.
  case release
  /// It is withheld.
  case withhold
}

/// A decision of the follow-up team about a gate.
public struct Decision: Hashable, Sendable {
  /// The phase whose gate it is.
  public var phase: String
  /// What was decided.
  public var verdict: Verdict
  /// When it was recorded.
  public var at: Instant
  /// The civil day of that instant.
  public var on: Day
  /// What was recommended when it was asked for; `nil` where that was not kept.
  public var stood: Recommendation?
  /// When it was asked for: before `at` where it waited for a second person.
  public var askedAt: Instant
  /// The civil day of that, as of which the gate had been judged.
  public var askedOn: Day
  /// Whether it takes back what was decided before: nothing is decided any more.
  public var isTakenBack: Bool

  /// A decision; it was asked for when it was recorded, unless said otherwise.
  public init(
    phase: String, verdict: Verdict, at: Instant, on: Day, stood: Recommendation? = nil,
    asked: (at: Instant, on: Day)? = nil, isTakenBack: Bool = false
  ) {
    self.phase = phase
    self.verdict = verdict
    self.at = at
    self.on = on
    self.stood = stood
    askedAt = asked?.at ?? at
    askedOn = asked?.on ?? on
    self.isTakenBack = isTakenBack
  }
}

/// A criterion that the follow-up team dropped (dérogation).
public struct Waiver: Hashable, Sendable {
  /// The phase whose gate it is.
  public var phase: String
  /// The criterion's id.
  public var criterion: String
  /// When it was recorded.
  public var at: Instant
  /// Whether it takes an earlier one back.
  public var isTakenBack: Bool

  /// A waiver.
  public init(phase: String, criterion: String, at: Instant, isTakenBack: Bool = false) {
    self.phase = phase
    self.criterion = criterion
    self.at = at
    self.isTakenBack = isTakenBack
  }
}

/// A figure that the follow-up team set aside until the team replaces it.
public struct Contest: Hashable, Sendable {
  /// The indicator.
  public var indicator: String
  /// The period.
  public var period: Period
  /// When it was recorded.
  public var at: Instant
  /// The civil day of that instant: the unit counts as due that day.
  public var on: Day
  /// Whether it takes an earlier one back: the team's figure counts again.
  public var isTakenBack: Bool

  /// A contest.
  public init(
    indicator: String, period: Period, at: Instant, on: Day, isTakenBack: Bool = false
  ) {
    self.indicator = indicator
    self.period = period
    self.at = at
    self.on = on
    self.isTakenBack = isTakenBack
  }
}

/// Everything that was ever received or decided about one project.
public struct History: Sendable {
  /// Accepted files, in order of receipt, then arrival.
  public var submissions: [Submission] = []
  /// In order of their instants.
  public var decisions: [Decision] = []
  /// In order of their instants.
  public var waivers: [Waiver] = []
  /// In order of their instants.
  public var contests: [Contest] = []

  /// Nothing yet.
  public init() {}

  /// The present of this history: an instant, but never one before the latest thing in it.
  ///
  /// A clock that was ahead and is set back must not hide what came meanwhile, nor what comes from
  /// then on, which never has an earlier instant than that.
  public func present(at instant: Instant) -> Instant {
    let latest = [
      submissions.last?.receivedAt, decisions.last?.at, waivers.last?.at, contests.last?.at,
    ]
    return latest.compactMap { $0 }.max().map { max($0, instant) } ?? instant
  }
}
