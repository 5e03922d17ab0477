internal import JalonCore

/// A whole number of any size: a sign, and digits in base 10⁹, the lowest first.
///
/// Nothing here is fast or clever, and nothing is shared with the core: that is its use.
struct NaiveWhole: Comparable {
  var isNegative = false
  var digits: [UInt64] = []

  static let base: UInt64 = 1_000_000_000

  init(_ number: Int64) {
    isNegative = number < 0
    var rest = number.magnitude
    while rest > 0 {
      digits.append(rest % Self.base)
      rest /= Self.base
    }
  }

  init(isNegative: Bool, digits: [UInt64]) {
    self.digits = digits
    while self.digits.last == 0 { self.digits.removeLast() }
    self.isNegative = isNegative && !self.digits.isEmpty
  }

  var isZero: Bool { digits.isEmpty }
  var magnitude: NaiveWhole { NaiveWhole(isNegative: false, digits: digits) }
  var isOdd: Bool { (digits.first ?? 0) % 2 == 1 }

  static func < (left: NaiveWhole, right: NaiveWhole) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative
      ? isLess(right.digits, left.digits) : isLess(left.digits, right.digits)
  }

  private static func isLess(_ left: [UInt64], _ right: [UInt64]) -> Bool {
    if left.count != right.count { return left.count < right.count }
    for place in left.indices.reversed() where left[place] != right[place] {
      return left[place] < right[place]
    }
    return false
  }

  static prefix func - (number: NaiveWhole) -> NaiveWhole {
    NaiveWhole(isNegative: !number.isNegative, digits: number.digits)
  }

  static func - (left: NaiveWhole, right: NaiveWhole) -> NaiveWhole { left + (-right) }

  static func + (left: NaiveWhole, right: NaiveWhole) -> NaiveWhole {
    guard left.isNegative != right.isNegative else {
      return NaiveWhole(
        isNegative: left.isNegative, digits: added(left.digits, right.digits))
    }
    return isLess(left.digits, right.digits)
      ? NaiveWhole(
        isNegative: right.isNegative, digits: subtracted(right.digits, left.digits))
      : NaiveWhole(
        isNegative: left.isNegative, digits: subtracted(left.digits, right.digits))
  }

  private static func added(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    var carry: UInt64 = 0
    for place in 0..<max(left.count, right.count) {
      let digit =
        (place < left.count ? left[place] : 0) + (place < right.count ? right[place] : 0) + carry
      result.append(digit % base)
      carry = digit / base
    }
    return carry == 0 ? result : result + [carry]
  }

  private static func subtracted(_ larger: [UInt64], _ smaller: [UInt64]) -> [UInt64] {
    var result = larger
    var borrowed: UInt64 = 0
    for place in larger.indices {
      let taken = (place < smaller.count ? smaller[place] : 0) + borrowed
      borrowed = larger[place] < taken ? 1 : 0
      result[place] = larger[place] + borrowed * base - taken
    }
    return result
  }

  static func * (left: NaiveWhole, right: NaiveWhole) -> NaiveWhole {
    guard !left.isZero, !right.isZero else { return NaiveWhole(0) }
    var result = [UInt64](repeating: 0, count: left.digits.count + right.digits.count)
    for (low, digit) in left.digits.enumerated() {
      var carry: UInt64 = 0
      for (high, other) in right.digits.enumerated() {
        let sum = result[low + high] + digit * other + carry
        result[low + high] = sum % base
        carry = sum / base
      }
      result[low + right.digits.count] += carry
    }
    return NaiveWhole(isNegative: left.isNegative != right.isNegative, digits: result)
  }

  /// Long division of magnitudes, each digit found by halving.
  func divided(by divisor: NaiveWhole) -> (quotient: NaiveWhole, remainder: NaiveWhole) {
    var quotient = [UInt64](repeating: 0, count: digits.count)
    var rest = NaiveWhole(0)
    let divisor = divisor.magnitude
    for place in digits.indices.reversed() {
      rest = NaiveWhole(isNegative: false, digits: [digits[place]] + rest.digits)
      var (low, high): (UInt64, UInt64) = (0, Self.base - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if divisor * NaiveWhole(Int64(middle)) <= rest { low = middle } else { high = middle - 1 }
      }
      quotient[place] = low
      rest = rest - divisor * NaiveWhole(Int64(low))
    }
    return (NaiveWhole(isNegative: false, digits: quotient), rest)
  }

  var text: String {
    guard let highest = digits.last else { return "0" }
    let rest = digits.dropLast().reversed().map { digit in
      String(repeating: "0", count: 9 - String(digit).count) + String(digit)
    }
    return (isNegative ? "-" : "") + String(highest) + rest.joined()
  }
}

/// A fraction of two whole numbers, never reduced.
struct NaiveRatio: Comparable {
  var above: NaiveWhole
  /// Above 0.
  var below: NaiveWhole

  init(_ above: NaiveWhole, over below: NaiveWhole) {
    self.above = below.isNegative ? -above : above
    self.below = below.magnitude
  }

  init(_ quantity: Quantity) {
    self.init(NaiveWhole(quantity.micros), over: NaiveWhole(1_000_000))
  }

  init(_ number: Int64) { self.init(NaiveWhole(number), over: NaiveWhole(1)) }

  var isZero: Bool { above.isZero }
  var magnitude: NaiveRatio { NaiveRatio(above.magnitude, over: below) }

  static func < (left: NaiveRatio, right: NaiveRatio) -> Bool {
    left.above * right.below < right.above * left.below
  }

  static func == (left: NaiveRatio, right: NaiveRatio) -> Bool {
    left.above * right.below == right.above * left.below
  }

  static func + (left: NaiveRatio, right: NaiveRatio) -> NaiveRatio {
    if left.isZero { return right }
    return left.below == right.below
      ? NaiveRatio(left.above + right.above, over: left.below)
      : NaiveRatio(
        left.above * right.below + right.above * left.below, over: left.below * right.below)
  }

  static func - (left: NaiveRatio, right: NaiveRatio) -> NaiveRatio {
    left + NaiveRatio(-right.above, over: right.below)
  }

  static func * (left: NaiveRatio, right: NaiveRatio) -> NaiveRatio {
    NaiveRatio(left.above * right.above, over: left.below * right.below)
  }

  /// The quotient; the divisor is not 0.
  static func / (left: NaiveRatio, right: NaiveRatio) -> NaiveRatio {
    NaiveRatio(left.above * right.below, over: left.below * right.above)
  }

  /// The number rounded half-even to six fractional digits, in millionths.
  var roundedMicros: NaiveWhole {
    let (quotient, rest) = (above.magnitude * NaiveWhole(1_000_000)).divided(by: below)
    let twice = rest + rest
    let goesUp = twice > below || (twice == below && quotient.isOdd)
    let rounded = goesUp ? quotient + NaiveWhole(1) : quotient
    return above.isNegative ? -rounded : rounded
  }

  /// The notation of SPEC §1.
  var text: String {
    let micros = roundedMicros
    var digits = Array(micros.magnitude.text)
    while digits.count < 7 { digits.insert("0", at: 0) }
    var fraction = digits.suffix(6)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = String(digits.dropLast(6))
    let sign = micros.isNegative ? "-" : ""
    return sign + whole + (fraction.isEmpty ? "" : "." + String(fraction))
  }
}
