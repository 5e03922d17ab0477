/// `deviation:<indicator>`: the measure does not stray strongly from its forecast.
///
/// "When they stray strongly from the forecast, the DINUM reserves the right not to fund the next
/// phase" (Livret des thèmes, SNAP3): how strongly is Jalon's configuration.
struct DeviationCriterion: GateCriterion {
  let indicator: Indicator
  let frame: GateFrame
  let series: Series
  let forecast: Forecast

  var id: String { "deviation:" + indicator.id }

  func judged(asOf day: Day) throws(ComputedOverflow) -> Criterion? {
    guard let latest = series.entries.last(where: { $0.end <= day }), latest.value != nil,
      let measure = try series.measure(Series.Filter(asOf: latest.end)),
      let planned = forecast.planned(at: aligned(latest.period)), planned != .zero
    else { return nil }
    let level = try level(of: measure.value, against: planned)
    let spared = !indicator.tolerance.blocks || frame.phase.rightToError
    let status: Status =
      switch level {
      case .onTrack: .met
      case .notable: .warning
      case .strong: spared ? .warning : .unmet
      }
    return Criterion(
      id: id, grounds: .reserve, status: status,
      finding: .deviation(level, measure: measure, forecast: planned))
  }

  /// The forecast's period for a report of another cadence, from before the plan was amended.
  private func aligned(_ period: Period) -> Period {
    guard let cadence = forecast.points.first?.period.cadence, cadence != period.cadence else {
      return period
    }
    return Period(cadence, containing: period.end)
  }

  private func level(
    of measure: Fraction, against planned: Quantity
  ) throws(ComputedOverflow) -> DeviationLevel {
    let above = try measure.subtracting(Fraction(planned))
    let shortfall =
      switch indicator.direction {
      case .up: above.negated
      case .down: above
      case .target: above.magnitude
      }
    guard shortfall > .zero else { return .onTrack }
    let scale = Fraction(planned).magnitude
    if shortfall >= (try scale.multiplied(by: indicator.tolerance.strong)) { return .strong }
    if shortfall >= (try scale.multiplied(by: indicator.tolerance.notable)) { return .notable }
    return .onTrack
  }
}
