/// Planned measures at some periods' ends, and the straight lines between them.
public struct Forecast: Hashable, Sendable {
  /// One planned measure.
  public struct Point: Hashable, Sendable {
    /// The period at whose end it is planned.
    public let period: Period
    /// The planned measure.
    public let planned: Quantity
  }

  /// The given points, in order of period; never empty.
  public let points: [Point]

  /// The forecast of those points, all of one cadence.
  ///
  /// - Returns: `nil` when there is none.
  public init?(_ planned: [Period: Quantity]) {
    guard !planned.isEmpty else { return nil }
    points = planned.sorted { $0.key < $1.key }.map { Point(period: $0.key, planned: $0.value) }
  }

  /// The planned measure at a period's end (SPEC §4).
  ///
  /// The given value; between two given periods, linear on the period index, rounded half-even to
  /// six digits; before the first: `nil`; after the last: the last.
  public func planned(at period: Period) -> Quantity? {
    guard let after = points.firstIndex(where: { $0.period >= period }) else {
      return points.last?.planned
    }
    let right = points[after]
    if right.period == period { return right.planned }
    guard after > 0 else { return nil }
    let left = points[after - 1]
    let steps = Int128(right.period.index - left.period.index)
    let done = Int128(period.index - left.period.index)
    guard steps > 0 else { return left.planned }
    let rise = Int128(right.planned.micros) - Int128(left.planned.micros)
    let value = Fraction(
      numerator: Int128(left.planned.micros) * steps + rise * done, denominator: steps)
    return value.map { Quantity(micros: Int64(clamping: $0.roundedMicros)) }
  }
}
