internal import JalonCore

/// A measure and the latest period it rests on.
struct NaiveMeasure {
  var value: NaiveRatio
  var period: Period
}

/// The measure over the periods that end on or before a day (SPEC §4).
///
/// - Parameters:
///   - entries: what each reported period says, in order.
///   - kind: how periods make a measure.
///   - day: the last day that counts.
///   - since: the first day on which a period that counts may end.
///   - evidence: the weakest evidence that counts.
/// - Returns: `nil` when the measure is missing.
func naiveMeasure(
  _ entries: [NaiveEntry], kind: Kind, asOf day: Day, since: Day?, evidence: Evidence?
) -> NaiveMeasure? {
  let known = entries.filter { $0.end <= day && $0.end >= since ?? $0.end }
  let valued = known.filter { $0.value != nil }
  let counted = valued.filter { $0.evidence >= evidence ?? .estimated }
  guard let latest = counted.last, let value = latest.value else { return nil }
  switch kind {
  case .level, .cumulative:
    let later = known.filter { $0.end > latest.end }
    if later.contains(where: \.isNotApplicable) { return nil }
    if kind == .level, later.contains(where: { $0.value != nil }) { return nil }
    return NaiveMeasure(value: value, period: latest.period)
  case .flow:
    let sum = counted.reduce(NaiveRatio(0)) { $0 + ($1.value ?? NaiveRatio(0)) }
    return NaiveMeasure(value: sum, period: latest.period)
  case .mean:
    let weighted = counted.reduce(NaiveRatio(0)) { $0 + $1.weighted }
    let weight = counted.reduce(NaiveRatio(0)) { $0 + $1.weight }
    return NaiveMeasure(value: weighted / weight, period: latest.period)
  }
}
