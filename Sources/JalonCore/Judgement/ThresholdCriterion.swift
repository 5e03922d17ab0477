/// `threshold:<indicator>[/<profile>][:<per>]`: a measure, or a ratio of two, keeps its limits.
struct ThresholdCriterion: GateCriterion {
  let threshold: Threshold
  let frame: GateFrame
  /// What is measured; `nil` when the plan has no such indicator.
  let series: Series?
  /// What it is divided by, for a ratio.
  let below: Series?

  var id: String { threshold.criterionID }

  func judged(asOf day: Day) throws(ComputedOverflow) -> Criterion? {
    let filter = Series.Filter(
      asOf: day, since: threshold.since == .phase ? frame.phase.from : nil,
      evidence: threshold.evidence)
    let measure = try series?.measure(filter)
    let divisor = try below?.measure(filter)
    var ratio: Fraction?
    if threshold.per != nil, let measure, let divisor {
      ratio = try measure.value.percent(of: divisor.value)
    }
    let value = threshold.per == nil ? measure?.value : ratio
    let status: Status =
      value.map(satisfies) == true ? .met : day <= frame.deadline ? .pending : .unmet
    return Criterion(
      id: id, grounds: .condition, status: status,
      finding: .threshold(threshold, measure: measure, below: divisor, ratio: ratio))
  }

  private func satisfies(_ value: Fraction) -> Bool {
    if let min = threshold.min, value < Fraction(min) { return false }
    if let max = threshold.max, Fraction(max) < value { return false }
    return true
  }
}
