/// What is computed from quantities: an exact rational, in millionths of a unit.
///
/// Means and ratios compare exactly (SPEC §1), by cross-multiplication on 256 bits; sums and
/// quotients are kept in lowest terms on 128 bits, and what does not fit throws
/// ``ComputedOverflow`` rather than wrapping.
public struct Fraction: Sendable {
  /// The numerator, in millionths.
  public let numerator: Int128
  /// The denominator, above 0.
  public let denominator: Int128

  /// The whole number of millionths that a quantity is.
  @inlinable
  public init(_ quantity: Quantity) {
    numerator = Int128(quantity.micros)
    denominator = 1
  }

  /// A whole number of millionths.
  @inlinable
  public init(micros: Int128) {
    numerator = micros
    denominator = 1
  }

  /// `numerator / denominator` millionths, reduced to lowest terms.
  ///
  /// - Returns: `nil` when the denominator is 0.
  public init?(numerator: Int128, denominator: Int128) {
    guard denominator != 0 else { return nil }
    let divisor = Fraction.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * (numerator / Int128(divisor))
    self.denominator = sign * (denominator / Int128(divisor))
  }

  /// Zero.
  public static let zero = Fraction(micros: 0)

  /// Euclid's algorithm; of (0, b) it is b.
  static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return max(larger, 1)
  }
}

/// A computed value that does not fit 128 bits: an error of that one project, never a wrap.
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
    if denominator == 1 && other.denominator == 1 {
      return Fraction(micros: try sum(numerator, other.numerator))
    }
    let shared = Int128(
      Fraction.greatestCommonDivisor(denominator.magnitude, other.denominator.magnitude))
    let left = try product(numerator, other.denominator / shared)
    let right = try product(other.numerator, denominator / shared)
    let below = try product(denominator, other.denominator / shared)
    return Fraction(numerator: try sum(left, right), denominator: below) ?? .zero
  }

  /// The difference, in lowest terms.
  public func subtracting(_ other: Fraction) throws(ComputedOverflow) -> Fraction {
    try adding(other.negated)
  }

  /// The opposite number.
  public var negated: Fraction {
    Fraction(numerator: 0 - numerator, denominator: denominator) ?? .zero
  }

  /// The number without its sign.
  public var magnitude: Fraction { numerator < 0 ? negated : self }

  /// The number times a quantity (so `Fraction(1) * 0.15` is 0.15), in lowest terms.
  public func multiplied(by factor: Quantity) throws(ComputedOverflow) -> Fraction {
    let shared = Int128(
      Fraction.greatestCommonDivisor(UInt128(factor.micros.magnitude), 1_000_000))
    let above = try product(numerator, Int128(factor.micros) / shared)
    let below = try product(denominator, 1_000_000 / shared)
    return Fraction(numerator: above, denominator: below) ?? .zero
  }

  /// The number as a percentage of another one, in lowest terms.
  ///
  /// - Returns: `nil` when the other is 0.
  public func percent(of other: Fraction) throws(ComputedOverflow) -> Fraction? {
    guard other.numerator != 0 else { return nil }
    // Reduced crosswise before multiplying, so that ordinary figures never come near 128 bits.
    guard let above = Fraction(numerator: numerator, denominator: other.numerator),
      let below = Fraction(numerator: other.denominator, denominator: denominator),
      let hundred = Fraction(numerator: 100_000_000, denominator: above.denominator)
    else { return nil }
    let first = try product(above.numerator, hundred.numerator)
    guard let crossed = Fraction(numerator: first, denominator: below.denominator),
      let other = Fraction(numerator: below.numerator, denominator: hundred.denominator)
    else { return nil }
    return Fraction(
      numerator: try product(crossed.numerator, other.numerator),
      denominator: try product(crossed.denominator, other.denominator))
  }
}

extension Fraction: Comparable {
  /// Orders by value, exactly: cross-multiplied on 256 bits.
  public static func < (left: Fraction, right: Fraction) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    if (left.numerator < 0) != (right.numerator < 0) { return left.numerator < 0 }
    let first = left.numerator.magnitude.multipliedFullWidth(by: right.denominator.magnitude)
    let second = right.numerator.magnitude.multipliedFullWidth(by: left.denominator.magnitude)
    let less = (first.high, first.low) < (second.high, second.low)
    let same = first == second
    return left.numerator < 0 ? !less && !same : less
  }

  /// Equality by value, exactly.
  public static func == (left: Fraction, right: Fraction) -> Bool {
    let first = left.numerator.multipliedFullWidth(by: right.denominator)
    let second = right.numerator.multipliedFullWidth(by: left.denominator)
    return first == second
  }
}

extension Fraction: CustomStringConvertible {
  /// The value rounded half-even to six fractional digits, in millionths.
  public var roundedMicros: Int128 {
    guard denominator != 1 else { return numerator }
    let (quotient, remainder) = numerator.magnitude.quotientAndRemainder(
      dividingBy: denominator.magnitude)
    let rest = denominator.magnitude - remainder
    let up = remainder > rest || (remainder == rest && quotient % 2 == 1)
    let rounded = Int128(quotient + (up ? 1 : 0))
    return numerator < 0 ? -rounded : rounded
  }

  /// The value rounded half-even to six fractional digits, trailing zeros dropped.
  public var description: String { Quantity.text(micros: roundedMicros) }
}
