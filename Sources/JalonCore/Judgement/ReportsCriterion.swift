/// `reports:<indicator>`: every period expected in the phase has been reported.
///
/// It counts against the gate only where it *binds*: when a threshold of the phase reads the
/// indicator, or the programme's reporting blocks.
struct ReportsCriterion: GateCriterion {
  let indicator: String
  let frame: GateFrame
  let binds: Bool
  /// The phase's expected periods without a report, and the day each is due.
  let missing: [ExpectedPeriod]

  var id: String { "reports:" + indicator }

  func judged(asOf day: Day) -> Criterion? {
    var (overdue, awaited): ([Period], [Period]) = ([], [])
    for expected in missing where expected.end <= min(day, frame.date) {
      if day > expected.due.adding(days: frame.graceDays) {
        overdue.append(expected.period)
      } else {
        awaited.append(expected.period)
      }
    }
    let status: Status =
      if !overdue.isEmpty {
        binds ? .unmet : .warning
      } else if !awaited.isEmpty && binds {
        .pending
      } else {
        .met
      }
    return Criterion(
      id: id, grounds: .duty, status: status,
      finding: .reports(overdue: overdue, awaited: awaited))
  }
}
