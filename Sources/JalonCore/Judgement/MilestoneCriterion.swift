/// `milestone:<id>`: the milestone has been reached.
///
/// Unmet only after the reporting period that contains its due day (or the gate, if that comes
/// first) and the days of grace: a team that reports on time is never late.
struct MilestoneCriterion: GateCriterion {
  let milestone: Milestone
  let frame: GateFrame
  /// The standing row, if there is one.
  let reach: MilestoneReach?

  var id: String { "milestone:" + milestone.id }

  /// The last day on which it is pending rather than unmet.
  var last: Day {
    min(Period(frame.reportingCadence, containing: milestone.due).end, frame.date)
      .adding(days: frame.graceDays)
  }

  func judged(asOf day: Day) -> Criterion? {
    // A row dated after the day says nothing of it; one that withdraws the milestone does.
    let known = reach.flatMap { row in row.reached.map { $0 <= day } ?? true ? row : nil }
    let status: Status = known?.reached != nil ? .met : day <= last ? .pending : .unmet
    return Criterion(
      id: id, grounds: .condition, status: status,
      finding: .milestone(due: milestone.due, last: last, reach: known))
  }
}
