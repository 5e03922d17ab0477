/// An exact decimal with at most six fractional digits: euros, agents, percents.
///
/// Stored as a whole number of millionths, so that ten flows of 8.1 are 81 and nothing is ever
/// rounded on the way in (SPEC §1). Magnitude is bounded by ``maximum`` where a quantity is *read*;
/// what is computed from quantities is a ``Fraction``.
public struct Quantity: Hashable, Comparable, Sendable {
  /// The number of millionths.
  public var micros: Int64

  /// The quantity of that many millionths.
  @inlinable
  public init(micros: Int64) { self.micros = micros }

  /// The quantity of that many units; only for whole numbers within ``maximum``.
  @inlinable
  public init(_ whole: Int) { micros = Int64(whole) * 1_000_000 }

  /// Zero.
  public static let zero = Quantity(micros: 0)
  /// The greatest magnitude accepted on input: 9,000,000,000,000.
  public static let maximum = Quantity(micros: 9_000_000_000_000 * 1_000_000)
  /// The greatest weight accepted on input: 1,000,000,000.
  public static let maximumWeight = Quantity(1_000_000_000)

  /// Orders by value.
  @inlinable
  public static func < (left: Quantity, right: Quantity) -> Bool { left.micros < right.micros }

  /// Reads `-?digits[.digits]`, the one notation that files of Jalon's own use.
  ///
  /// - Returns: `nil` for any other text, more than six fractional digits, or a magnitude above
  ///   ``maximum``.
  public init?(_ text: some StringProtocol) {
    var text = Array(text.utf8)
    let negative = text.first == UInt8(ascii: "-")
    if negative { text.removeFirst() }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    guard parts.joined().allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard fraction.count <= 6 else { return nil }
    let padding = [UInt8](repeating: 0x30, count: 6 - fraction.count)
    var micros: Int64 = 0
    for digit in parts[0] + fraction + padding {
      // Ten times the maximum does not fit, and wrapped it may look small.
      let (tenfold, overflow) = micros.multipliedReportingOverflow(by: 10)
      guard !overflow, tenfold <= Quantity.maximum.micros else { return nil }
      micros = tenfold + Int64(digit - 0x30)
      guard micros <= Quantity.maximum.micros else { return nil }
    }
    self.init(micros: negative ? -micros : micros)
  }
}

extension Quantity: CustomStringConvertible {
  /// The canonical notation: a decimal point, trailing zeros dropped (`81`, `66.666667`).
  public var description: String { Quantity.text(micros: Int128(micros)) }

  /// The canonical notation of a number of millionths of any size.
  public static func text(micros: Int128) -> String {
    let magnitude = micros.magnitude
    let whole = String(magnitude / 1_000_000)
    let sign = micros < 0 ? "-" : ""
    let fraction = magnitude % 1_000_000
    guard fraction != 0 else { return sign + whole }
    var digits = String(fraction)
    digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return sign + whole + "." + digits
  }
}
