internal import JalonCore

/// A period that a team has to report, and by when.
struct NaiveExpected {
  var period: Period
  var due: Day
}

extension Plan {
  /// The periods that are expected of an indicator, in order (SPEC §3).
  func naiveExpected(of indicator: Indicator) -> [NaiveExpected] {
    guard let first = phases.first, let last = phases.last else { return [] }
    var found: [NaiveExpected] = []
    var period = Period(indicator.cadence, containing: first.from)
    while period.start <= last.to {
      if let expected = naiveExpectation(period, of: indicator, from: first.from) {
        found.append(expected)
      }
      period = period.next
    }
    guard indicator.kind == .level || indicator.kind == .cumulative else { return found }
    return found.filter { one in
      !found.contains { $0.due == one.due && $0.period.end > one.period.end }
    }
  }

  private func naiveExpectation(
    _ period: Period, of indicator: Indicator, from start: Day
  ) -> NaiveExpected? {
    let end = period.end
    guard period.start >= start else { return nil }
    if let stop = project.stopped?.on, end >= stop { return nil }
    for phase in phases where phase.from <= end && end <= phase.to {
      if let relevant = indicator.phases, !relevant.contains(phase.id) { continue }
      let filed = Period(programme.reporting.cadence, containing: end).end
      return NaiveExpected(period: period, due: min(filed, phase.to))
    }
    return nil
  }
}

extension Forecast {
  /// The planned measure at a period's end (SPEC §4).
  func naivePlanned(at asked: Period) -> NaiveRatio? {
    // Points of another cadence, from before a plan was amended: the one in which the period ends.
    let cadence = points[0].period.cadence
    let period = asked.cadence == cadence ? asked : Period(cadence, containing: asked.end)
    if let exact = points.first(where: { $0.period == period }) {
      return NaiveRatio(exact.planned)
    }
    let before = points.filter { $0.period.index < period.index }
    let after = points.filter { $0.period.index > period.index }
    guard let left = before.max(by: { $0.period.index < $1.period.index }) else { return nil }
    guard let right = after.min(by: { $0.period.index < $1.period.index }) else {
      return NaiveRatio(left.planned)
    }
    let share =
      NaiveRatio(Int64(period.index - left.period.index))
      / NaiveRatio(Int64(right.period.index - left.period.index))
    let exact =
      NaiveRatio(left.planned) + (NaiveRatio(right.planned) - NaiveRatio(left.planned)) * share
    return NaiveRatio(exact.roundedMicros, over: NaiveWhole(1_000_000))
  }
}
