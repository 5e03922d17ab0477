/// A straight line through measures that a few odd ones do not move: Theil and Sen's.
///
/// The slope is the median of the slopes between every two points, the height the median of what is
/// left of each point once the slope is taken off; the median of an even number of values is the mean
/// of the two in the middle. All of it is exact.
public struct Trend: Sendable {
  /// How much the measure moves from one period to the next.
  public let slope: Fraction
  /// The line's height at ``origin``.
  private let height: Fraction
  /// The index of the latest point's period: figures stay small.
  private let origin: Int32

  /// The line through points of different indexes, in order; `nil` for fewer than two.
  public init?(_ points: [(index: Int32, value: Fraction)]) throws(ComputedOverflow) {
    guard points.count >= 2, let origin = points.last?.index else { return nil }
    var slopes: [Fraction] = []
    slopes.reserveCapacity(points.count * (points.count - 1) / 2)
    for right in points.indices {
      for left in points[..<right].indices {
        let rise = try points[right].value.subtracting(points[left].value)
        let run = Int(points[right].index - points[left].index)
        slopes.append(try rise.divided(by: run))
      }
    }
    let slope = try slopes.median()
    var heights: [Fraction] = []
    for point in points {
      let way = Quantity(Int(point.index - origin))
      heights.append(try point.value.subtracting(slope.multiplied(by: way)))
    }
    self.slope = slope
    self.origin = origin
    height = try heights.median()
  }

  /// The line's value at a period's index.
  public func value(at index: Int32) throws(ComputedOverflow) -> Fraction {
    try height.adding(slope.multiplied(by: Quantity(Int(index - origin))))
  }
}

extension [Fraction] {
  /// The value in the middle, or the mean of the two in the middle; there is at least one.
  fileprivate func median() throws(ComputedOverflow) -> Fraction {
    let ordered = sorted()
    let middle = ordered.count / 2
    guard ordered.count % 2 == 0 else { return ordered[middle] }
    return try ordered[middle - 1].adding(ordered[middle]).divided(by: 2)
  }
}

extension Fraction {
  /// The number divided by a whole one that is not 0.
  fileprivate func divided(by divisor: Int) throws(ComputedOverflow) -> Fraction {
    // A percentage is a hundredfold quotient: so is the divisor.
    try percent(of: Fraction(micros: Int128(divisor) * 100_000_000)) ?? .zero
  }
}
