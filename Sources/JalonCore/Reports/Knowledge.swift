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
  /// Waivers given by then.
  public var waivers: [Waiver] = []

  /// Nothing known.
  public init() {}

  /// What a history told by an instant (SPEC §4).
  public init(_ history: History, at instant: Instant) {
    var standing: [String: [Period: ReportedUnit]] = [:]
    var contests = history.contests.filter { $0.at <= instant }[...]
    for submission in history.submissions where submission.receivedAt <= instant {
      // A file received at the very instant of a contest was there to be contested.
      while let contest = contests.first, contest.at < submission.receivedAt {
        contests.removeFirst()
        apply(contest, to: standing)
      }
      for (indicator, unit) in submission.units {
        lift(indicator, unit, over: standing[indicator]?[unit.period])
        standing[indicator, default: [:]][unit.period] = unit
      }
      for row in submission.milestones { milestones[row.milestone] = row }
    }
    for contest in contests { apply(contest, to: standing) }
    for (indicator, periods) in standing {
      let contested = contested[indicator] ?? [:]
      units[indicator] = periods.values.filter { contested[$0.period] == nil }
        .sorted { $0.period < $1.period }
    }
    decisions = history.decisions.filter { $0.at <= instant }
    waivers = history.waivers.filter { $0.at <= instant }
  }

  /// Sets a unit aside; there is nothing to set aside where nothing was reported.
  private mutating func apply(
    _ contest: Contest, to standing: [String: [Period: ReportedUnit]]
  ) {
    guard standing[contest.indicator]?[contest.period] != nil else { return }
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
