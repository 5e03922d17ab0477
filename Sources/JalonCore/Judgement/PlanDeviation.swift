/// How far an indicator strays from the first plan's forecast, and from the current one's.
public struct PlanDeviation: Sendable {
  /// What was planned, and how far off the measure is.
  public struct Against: Sendable {
    /// What was planned for the measure's period.
    public let planned: Quantity
    /// How far the measure strays from it.
    public let level: DeviationLevel
  }

  /// The indicator, as the current plan has it.
  public let indicator: Indicator
  /// The measure at the latest period that has a value.
  public let measure: Measure
  /// Against the first plan; `nil` when that planned nothing for the period.
  public let first: Against?
  /// Against the current plan; `nil` when that plans nothing for the period.
  public let current: Against?
}

extension Plan {
  /// How far each indicator with a forecast, here or in the first plan, strays from both.
  ///
  /// Both by the current plan's tolerance and by the rule of the gate's deviation criterion.
  public func deviations(
    since first: Plan, asOf day: Day, knowing knowledge: Knowledge
  ) throws(ComputedOverflow) -> [PlanDeviation] {
    guard let phase = phases.first else { return [] }
    let frame = GateFrame(
      phase: phase, graceDays: graceDays, reportingCadence: programme.reporting.cadence)
    var deviations: [PlanDeviation] = []
    for indicator in indicators {
      let series = try Series(of: indicator, units: knowledge.units[indicator.id] ?? [])
      var found: Measure?
      func against(_ forecast: Forecast?) throws(ComputedOverflow) -> PlanDeviation.Against? {
        guard let forecast else { return nil }
        let rule = DeviationCriterion(
          indicator: indicator, frame: frame, series: series, forecast: forecast)
        guard
          case .deviation(let level, let measure, let planned)? = try rule.judged(asOf: day)?
            .finding
        else { return nil }
        found = measure
        return PlanDeviation.Against(planned: planned, level: level)
      }
      let before = try against(first.indicator(indicator.id)?.forecast)
      let now = try against(indicator.forecast)
      guard let found else { continue }
      deviations.append(
        PlanDeviation(indicator: indicator, measure: found, first: before, current: now))
    }
    return deviations
  }
}
