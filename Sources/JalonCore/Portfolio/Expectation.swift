/// A period that an indicator has to be reported for.
public struct ExpectedPeriod: Hashable, Sendable {
  /// The period.
  public let period: Period
  /// Its last day.
  public let end: Day
  /// The day its report is due, before any grace.
  public let due: Day
}

extension Plan {
  /// The periods expected of an indicator over the whole plan, in order (SPEC §3).
  ///
  /// A period is expected when it starts on or after the first phase, ends inside a phase where the
  /// indicator is relevant, and before any stop. It is due at the end of the reporting period that
  /// contains its end, or at the phase's end if that comes first. Of a `level` or `cumulative`
  /// indicator only the last period of each due date is expected.
  public func expectedPeriods(of indicator: Indicator, stopping: Bool = true) -> [ExpectedPeriod] {
    guard let start else { return [] }
    var expected: [ExpectedPeriod] = []
    for phase in phases where indicator.isRelevant(in: phase.id) {
      var period = Period(indicator.cadence, containing: phase.from)
      while case let end = period.end, end <= phase.to {
        defer { period = period.next }
        if period.start < start { continue }
        if stopping, let stopped = project.stopped, end >= stopped.on { break }
        let due = min(Period(programme.reporting.cadence, containing: end).end, phase.to)
        if indicator.kind == .level || indicator.kind == .cumulative, expected.last?.due == due {
          expected.removeLast()
        }
        expected.append(ExpectedPeriod(period: period, end: end, due: due))
      }
    }
    return expected
  }
}
