/// One rule of a gate, ready to be asked about any day.
protocol GateCriterion: Sendable {
  /// The criterion's id in the contract.
  var id: String { get }
  /// Where it stands as of a day, or `nil` when the day gives it nothing to judge.
  func judged(asOf day: Day) throws(ComputedOverflow) -> Criterion?
}

/// What the criteria of one gate share.
struct GateFrame: Sendable {
  /// The phase it ends.
  let phase: Phase
  /// The days of grace.
  let graceDays: Int
  /// The cadence of the programme's files.
  let reportingCadence: Cadence

  /// The gate's date.
  var date: Day { phase.to }
  /// The last day before a missing condition counts as unmet.
  var deadline: Day { phase.to.adding(days: graceDays) }
}
