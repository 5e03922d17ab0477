/// What is computed from quantities: an exact rational, in millionths of a unit.
///
/// Means and ratios compare exactly (SPEC §1). Nearly every figure fits two 128-bit integers in
/// lowest terms; one that does not, such as the sum of many means with unrelated weights, is kept in
/// as many bits as it takes, up to ``widest``.
public struct Fraction: Sendable {
  /// The numerator, in millionths; of no meaning when ``wide`` is there.
  private let numerator: Int128
  /// The denominator, above 0; of no meaning when ``wide`` is there.
  private let denominator: Int128
  /// The same in more than 128 bits.
  private let wide: Wide?

  /// Both parts of a fraction in lowest terms.
  private final class Wide: Sendable {
    let numerator: WideInteger
    let denominator: WideInteger

    init(_ numerator: WideInteger, _ denominator: WideInteger) {
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  /// The bits that a numerator or denominator may have.
  ///
  /// Ten years of monthly means, each over two profiles weighted with four digits, take some
  /// 1,600; the bound only keeps a hostile file from costing minutes.
  static let widest = 2_048

  /// The whole number of millionths that a quantity is.
  public init(_ quantity: Quantity) { self.init(micros: Int128(quantity.micros)) }

  /// A whole number of millionths.
  public init(micros: Int128) { self.init(numerator: micros, over: 1) }

  /// `numerator / denominator` millionths, reduced to lowest terms.
  ///
  /// - Returns: `nil` when the denominator is 0.
  public init?(numerator: Int128, denominator: Int128) {
    guard denominator != 0 else { return nil }
    let divisor = Int128(
      Fraction.greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(numerator: sign * (numerator / divisor), over: sign * (denominator / divisor))
  }

  /// Parts known to be in lowest terms.
  private init(numerator: Int128, over denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
    wide = nil
  }

  /// Parts of any size, reduced; kept in 128 bits where they fit.
  ///
  /// The denominator is not 0.
  private init(
    _ numerator: WideInteger, over denominator: WideInteger
  ) throws(ComputedOverflow) {
    guard max(numerator.bitWidth, denominator.bitWidth) <= 2 * Fraction.widest else {
      throw ComputedOverflow()
    }
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    var above = numerator.dividedWithRemainder(by: divisor).quotient
    var below = denominator.dividedWithRemainder(by: divisor).quotient
    if below.isNegative { (above, below) = (above.negated, below.negated) }
    if let above = above.narrow, let below = below.narrow {
      self.init(numerator: above, over: below)
      return
    }
    guard max(above.bitWidth, below.bitWidth) <= Fraction.widest else { throw ComputedOverflow() }
    self.init(Wide(above, below))
  }

  /// Zero.
  public static let zero = Fraction(micros: 0)

  /// Euclid's algorithm; of (0, b) it is b, and at least 1.
  private static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return max(larger, 1)
  }

  private var parts: (above: WideInteger, below: WideInteger) {
    wide.map { ($0.numerator, $0.denominator) }
      ?? (WideInteger(numerator), WideInteger(denominator))
  }

  private var isNegative: Bool { wide?.numerator.isNegative ?? (numerator < 0) }

  /// The number of millionths, if it is a whole one of at most 128 bits.
  public var wholeMicros: Int128? { wide == nil && denominator == 1 ? numerator : nil }
}

/// A computed value that takes too many bits: an error of that one project, never a wrap.
public struct ComputedOverflow: Error, Hashable, Sendable {
  /// Makes the error.
  public init() {}
}

/// The product of two 128-bit integers, or an overflow.
func product(_ left: Int128, _ right: Int128) throws(ComputedOverflow) -> Int128 {
  let (value, overflow) = left.multipliedReportingOverflow(by: right)
  guard !overflow else { throw ComputedOverflow() }
  return value
}

/// The sum of two 128-bit integers, or an overflow.
func sum(_ left: Int128, _ right: Int128) throws(ComputedOverflow) -> Int128 {
  let (value, overflow) = left.addingReportingOverflow(right)
  guard !overflow else { throw ComputedOverflow() }
  return value
}

extension Fraction {
  /// The sum, in lowest terms.
  public func adding(_ other: Fraction) throws(ComputedOverflow) -> Fraction {
    if let first = wholeMicros, let second = other.wholeMicros {
      let (sum, overflow) = first.addingReportingOverflow(second)
      if !overflow { return Fraction(micros: sum) }
    }
    if let sum = narrowSum(with: other) { return sum }
    let (first, second) = (parts, other.parts)
    return try Fraction(
      first.above * second.below + second.above * first.below, over: first.below * second.below)
  }

  /// The sum where all of it fits 128 bits, which is nearly always.
  private func narrowSum(with other: Fraction) -> Fraction? {
    guard wide == nil, other.wide == nil,
      let left = try? product(numerator, other.denominator),
      let right = try? product(other.numerator, denominator),
      let below = try? product(denominator, other.denominator),
      let above = try? sum(left, right)
    else { return nil }
    return Fraction(numerator: above, denominator: below)
  }

  /// The difference, in lowest terms.
  public func subtracting(_ other: Fraction) throws(ComputedOverflow) -> Fraction {
    try adding(other.negated)
  }

  /// The opposite number.
  public var negated: Fraction {
    guard let wide else { return Fraction(numerator: -numerator, over: denominator) }
    return Fraction(Wide(wide.numerator.negated, wide.denominator))
  }

  private init(_ wide: Wide) {
    (numerator, denominator) = (0, 1)
    self.wide = wide
  }

  /// The number without its sign.
  public var magnitude: Fraction { isNegative ? negated : self }

  /// The number times a quantity (so `Fraction(1) * 0.15` is 0.15), in lowest terms.
  public func multiplied(by factor: Quantity) throws(ComputedOverflow) -> Fraction {
    if let micros = wholeMicros {
      let (above, overflow) = micros.multipliedReportingOverflow(by: Int128(factor.micros))
      if !overflow { return Fraction(numerator: above, denominator: 1_000_000) ?? .zero }
    }
    return try Fraction(
      parts.above * WideInteger(Int128(factor.micros)),
      over: parts.below * WideInteger(1_000_000))
  }

  /// The number as a percentage of another one, in lowest terms.
  ///
  /// - Returns: `nil` when the other is 0.
  public func percent(of other: Fraction) throws(ComputedOverflow) -> Fraction? {
    if wide == nil, other.wide == nil, other.numerator != 0,
      let above = try? product(product(numerator, other.denominator), 100_000_000),
      let below = try? product(denominator, other.numerator)
    {
      return Fraction(numerator: above, denominator: below)
    }
    let (first, second) = (parts, other.parts)
    guard !second.above.isZero else { return nil }
    return try Fraction(
      first.above * second.below * WideInteger(100_000_000), over: first.below * second.above)
  }
}

extension Fraction: Comparable {
  /// Orders by value, exactly: cross-multiplied.
  public static func < (left: Fraction, right: Fraction) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    if left.wide == nil, right.wide == nil {
      if left.denominator == right.denominator { return left.numerator < right.numerator }
      let first = left.numerator.multipliedFullWidth(by: right.denominator)
      let second = right.numerator.multipliedFullWidth(by: left.denominator)
      return (first.high, first.low) < (second.high, second.low)
    }
    let (first, second) = (left.parts, right.parts)
    return first.above * second.below < second.above * first.below
  }

  /// Equality by value: both are in lowest terms.
  public static func == (left: Fraction, right: Fraction) -> Bool {
    if left.wide == nil, right.wide == nil {
      return left.numerator == right.numerator && left.denominator == right.denominator
    }
    return left.parts == right.parts
  }
}

extension Fraction: CustomStringConvertible {
  /// The value rounded half-even to a whole number of millionths; clamped to 128 bits.
  public var roundedMicros: Int128 {
    if let wholeMicros { return wholeMicros }
    if wide == nil {
      let (quotient, remainder) = numerator.magnitude.quotientAndRemainder(
        dividingBy: denominator.magnitude)
      let rest = denominator.magnitude - remainder
      let up = remainder > rest || (remainder == rest && quotient % 2 == 1)
      let rounded = Int128(quotient) + (up ? 1 : 0)
      return isNegative ? -rounded : rounded
    }
    let (above, below) = parts
    let (quotient, remainder) = above.magnitude.dividedWithRemainder(by: below)
    let twice = remainder + remainder
    let up = twice > below || (twice == below && quotient.isOdd)
    let rounded = (up ? quotient + WideInteger(1) : quotient).narrow ?? .max
    return isNegative ? -rounded : rounded
  }

  /// The value rounded half-even to six fractional digits, trailing zeros dropped.
  public var description: String { Quantity.text(micros: roundedMicros) }
}
