/// One row of a report that a criterion's figure rests on.
public struct Citation: Hashable, Sendable {
  /// The indicator.
  public let indicator: String
  /// The period.
  public let period: Period
  /// The row.
  public let observation: Observation
  /// The file and line that said so.
  public let source: Source
}

extension Plan {
  /// The rows behind a criterion of a phase, as of the day it was judged, in order of period.
  ///
  /// A milestone names its own row in its ``Finding``; missing reports rest on nothing.
  public func citations(
    for criterion: Criterion, in phase: Phase, asOf day: Day, knowing knowledge: Knowledge
  ) throws(ComputedOverflow) -> [Citation] {
    switch criterion.finding {
    case .milestone, .reports: return []
    case .threshold(let threshold, _, _, _):
      let filter = Series.Filter(
        asOf: day, since: threshold.since == .phase ? phase.from : nil,
        evidence: threshold.evidence)
      var cited = try citations(threshold.indicator, threshold.profile, filter, knowledge)
      if let per = threshold.per {
        cited += try citations(per, divisorProfile(of: threshold), filter, knowledge)
      }
      return cited
    case .deviation(_, let measure, _):
      let id = String(criterion.id.dropFirst("deviation:".count))
      return try citations(id, nil, Series.Filter(asOf: measure.period.end), knowledge)
    }
  }

  private func citations(
    _ id: String, _ profile: String?, _ filter: Series.Filter, _ knowledge: Knowledge
  ) throws(ComputedOverflow) -> [Citation] {
    guard let indicator = indicator(id), let units = knowledge.units[id] else { return [] }
    let basis = Set(
      try Series(of: indicator, profile: profile, units: units).basis(filter).map(\.period))
    return units.filter { basis.contains($0.period) }.flatMap { unit in
      unit.basis(of: indicator, profile: profile).map { row in
        Citation(
          indicator: id, period: unit.period, observation: row,
          source: Source(submission: unit.submission, line: row.line))
      }
    }
  }
}
