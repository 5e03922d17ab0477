public import JalonCore

/// Why a text is not a quantity.
public enum QuantityFault: Error, Hashable, Sendable {
  /// Not `-?digits[.digits]` at all.
  case notANumber
  /// A number with an exponent.
  case exponent
  /// More than six fractional digits.
  case fractionDigits
  /// Beyond ``Quantity/maximum``.
  case magnitude
}

/// The notation of quantities in Jalon's own files: `-?digits[.digits]` (SPEC §1).
public enum QuantityNotation {
  /// Reads a quantity from ASCII.
  public static func read(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Swift.Result<Quantity, QuantityFault> {
    var position = text.first == UInt8(ascii: "-") ? 1 : 0
    let wholeStart = position
    var micros: Int64 = 0
    var fits = true
    while position < text.count, case let digit = text[position] &- 0x30, digit < 10 {
      fits = fits && push(digit, on: &micros)
      position += 1
    }
    guard position > wholeStart else { return .failure(.notANumber) }
    var fraction = 0
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      while position < text.count, case let digit = text[position] &- 0x30, digit < 10 {
        if fraction < 6 { fits = fits && push(digit, on: &micros) }
        fraction += 1
        position += 1
      }
      guard fraction > 0 else { return .failure(.notANumber) }
    }
    guard position == text.count else {
      return .failure(text[position] | 0x20 == UInt8(ascii: "e") ? .exponent : .notANumber)
    }
    guard fraction <= 6 else { return .failure(.fractionDigits) }
    for _ in fraction..<6 { fits = fits && push(0, on: &micros) }
    guard fits else { return .failure(.magnitude) }
    return .success(Quantity(micros: wholeStart == 1 ? -micros : micros))
  }

  /// Appends a digit, or says that the number has grown beyond the maximum.
  private static func push(_ digit: UInt8, on micros: inout Int64) -> Bool {
    // Checked before multiplying: ten times the maximum does not fit 64 bits.
    guard micros <= Quantity.maximum.micros / 10 else { return false }
    micros = micros * 10 + Int64(digit)
    return micros <= Quantity.maximum.micros
  }
}
