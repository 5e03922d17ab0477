public import JalonCore

/// Why a text is not a quantity.
public enum QuantityFault: Error, Hashable, Sendable {
  /// Not `-?digits[.digits]` at all.
  case notANumber
  /// A number with an exponent, where none is read.
  case exponent
  /// More than six fractional digits, zeros at the end left aside.
  case fractionDigits
  /// Beyond ``Quantity/maximum``.
  case magnitude
}

/// The notation of quantities in Jalon's own files: `-?digits[.digits]` (SPEC §1).
///
/// Where an exponent is read, whatever else a JSON number may be. What is read is exact.
public enum QuantityNotation {
  /// Reads a quantity from ASCII, with an exponent too where a JSON number has one.
  public static func read(
    _ text: UnsafeBufferPointer<UInt8>, exponent readsExponent: Bool = false
  ) -> Swift.Result<Quantity, QuantityFault> {
    var position = text.first == UInt8(ascii: "-") ? 1 : 0
    let isNegative = position == 1
    var digits = Digits()
    guard digits.read(text, &position) > 0 else { return .failure(.notANumber) }
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      let fraction = digits.read(text, &position)
      guard fraction > 0 else { return .failure(.notANumber) }
      digits.power -= fraction
    }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      guard readsExponent else { return .failure(.exponent) }
      guard let exponent = exponent(text[(position + 1)...]) else { return .failure(.notANumber) }
      digits.power += exponent
      position = text.count
    }
    guard position == text.count else { return .failure(.notANumber) }
    return digits.micros.map { Quantity(micros: isNegative ? -$0 : $0) }
  }

  private static func exponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let isMarked = text.first.map("+-".utf8.contains) ?? false
    let digits = isMarked ? text.dropFirst() : text
    guard !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    // Beyond what any number's own digits could make up for.
    let exponent = digits.reduce(0) { min($0 * 10 + Int($1 &- 0x30), 1_000_000_000_000) }
    return text.first == UInt8(ascii: "-") ? -exponent : exponent
  }

  /// A number as its digits without the zeros at its ends, times a power of ten.
  private struct Digits {
    var value: Int64 = 0
    var power = 0
    private var zeros = 0
    private var fits = true

    /// Reads digits, and says how many they were.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int {
      let start = position
      while position < text.count, case let digit = text[position] &- 0x30, digit < 10 {
        position += 1
        if digit == 0 {
          zeros += 1
          continue
        }
        push(zeros: zeros)
        push(digit)
        zeros = 0
      }
      return position - start
    }

    /// The number in millionths, if it is exact in them and not beyond the maximum.
    var micros: Swift.Result<Int64, QuantityFault> {
      if value == 0, fits { return .success(0) }
      var whole = self
      let shift = power + zeros + 6
      guard shift >= 0 else { return .failure(.fractionDigits) }
      whole.push(zeros: shift)
      return whole.fits ? .success(whole.value) : .failure(.magnitude)
    }

    private mutating func push(zeros: Int) {
      var rest = value > 0 ? zeros : 0
      while rest > 0, fits {
        push(0)
        rest -= 1
      }
    }

    /// Appends a digit, or notes that the number has grown beyond the maximum.
    private mutating func push(_ digit: UInt8) {
      // Checked before multiplying: ten times the maximum does not fit 64 bits.
      guard fits, value <= Quantity.maximum.micros / 10 else {
        fits = false
        return
      }
      value = value * 10 + Int64(digit)
      fits = value <= Quantity.maximum.micros
    }
  }
}
