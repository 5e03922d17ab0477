/// A whole number of any size, for the few sums of means that outgrow 128 bits.
///
/// Schoolbook arithmetic on 32-bit limbs: such numbers are rare, and have some hundred bits.
struct WideInteger: Equatable, Sendable {
  /// Limbs, least first, without zeros at the end; empty for 0.
  private(set) var limbs: [UInt32]
  /// Whether it is below 0; never for 0.
  private(set) var isNegative: Bool

  init(_ value: Int128) {
    var rest = value.magnitude
    limbs = []
    while rest != 0 {
      limbs.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
    isNegative = value < 0
  }

  private init(limbs: [UInt32], isNegative: Bool) {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    self.limbs = limbs
    self.isNegative = isNegative && !limbs.isEmpty
  }

  static let zero = WideInteger(0)

  var isZero: Bool { limbs.isEmpty }
  var isOne: Bool { limbs == [1] && !isNegative }
  var isOdd: Bool { limbs.first.map { $0 & 1 == 1 } ?? false }
  var bitWidth: Int { limbs.count * 32 }
  var magnitude: WideInteger { WideInteger(limbs: limbs, isNegative: false) }
  var negated: WideInteger { WideInteger(limbs: limbs, isNegative: !isNegative) }

  /// The same number in 128 bits, if it fits.
  var narrow: Int128? {
    guard limbs.count <= 4 else { return nil }
    let value = limbs.reversed().reduce(UInt128(0)) { $0 << 32 | UInt128($1) }
    guard value <= UInt128(Int128.max) else { return nil }
    return isNegative ? -Int128(value) : Int128(value)
  }
}

extension WideInteger: Comparable {
  static func < (left: WideInteger, right: WideInteger) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = compare(left.limbs, right.limbs)
    return left.isNegative ? order > 0 : order < 0
  }

  private static func compare(_ left: [UInt32], _ right: [UInt32]) -> Int {
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    for (first, second) in zip(left.reversed(), right.reversed()) where first != second {
      return first < second ? -1 : 1
    }
    return 0
  }
}

extension WideInteger {
  static func + (left: WideInteger, right: WideInteger) -> WideInteger {
    if left.isNegative == right.isNegative {
      return WideInteger(limbs: sum(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    if compare(left.limbs, right.limbs) >= 0 {
      return WideInteger(limbs: difference(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    return WideInteger(limbs: difference(right.limbs, left.limbs), isNegative: right.isNegative)
  }

  static func * (left: WideInteger, right: WideInteger) -> WideInteger {
    var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (row, factor) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (column, other) in right.limbs.enumerated() {
        let value = UInt64(factor) * UInt64(other) + UInt64(product[row + column]) + carry
        product[row + column] = UInt32(truncatingIfNeeded: value)
        carry = value >> 32
      }
      product[row + right.limbs.count] = UInt32(carry)
    }
    return WideInteger(limbs: product, isNegative: left.isNegative != right.isNegative)
  }

  /// Quotient rounded towards 0, and the rest with the sign of the dividend.
  ///
  /// By long division, one bit at a time. The divisor is not 0.
  func dividedWithRemainder(
    by divisor: WideInteger
  ) -> (quotient: WideInteger, remainder: WideInteger) {
    var quotient = [UInt32](repeating: 0, count: limbs.count)
    var rest: [UInt32] = []
    for index in limbs.indices.reversed() {
      for bit in (0..<32).reversed() {
        WideInteger.double(&rest, adding: limbs[index] >> UInt32(bit) & 1)
        if WideInteger.compare(rest, divisor.limbs) >= 0 {
          rest =
            WideInteger(
              limbs: WideInteger.difference(rest, divisor.limbs), isNegative: false
            ).limbs
          quotient[index] |= 1 << UInt32(bit)
        }
      }
    }
    return (
      WideInteger(limbs: quotient, isNegative: isNegative != divisor.isNegative),
      WideInteger(limbs: rest, isNegative: isNegative)
    )
  }

  /// Stein's algorithm on magnitudes: shifts and differences only, so that some thousand bits take
  /// some thousand steps of one pass each.
  func greatestCommonDivisor(with other: WideInteger) -> WideInteger {
    var (left, right) = (limbs, other.limbs)
    guard !left.isEmpty else { return other.magnitude }
    guard !right.isEmpty else { return magnitude }
    let shared = min(
      WideInteger.trailingZeros(left), WideInteger.trailingZeros(right))
    WideInteger.shiftRight(&left, WideInteger.trailingZeros(left))
    while !right.isEmpty {
      WideInteger.shiftRight(&right, WideInteger.trailingZeros(right))
      if WideInteger.compare(left, right) > 0 { swap(&left, &right) }
      right =
        WideInteger(
          limbs: WideInteger.difference(right, left), isNegative: false
        ).limbs
    }
    for _ in 0..<shared { WideInteger.double(&left, adding: 0) }
    return WideInteger(limbs: left, isNegative: false)
  }

  private static func trailingZeros(_ limbs: [UInt32]) -> Int {
    guard let index = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
    return index * 32 + limbs[index].trailingZeroBitCount
  }

  private static func shiftRight(_ limbs: inout [UInt32], _ bits: Int) {
    limbs.removeFirst(bits / 32)
    let rest = UInt32(bits % 32)
    guard rest > 0 else { return }
    for index in limbs.indices {
      let above = index + 1 < limbs.count ? limbs[index + 1] << (32 - rest) : 0
      limbs[index] = limbs[index] >> rest | above
    }
    while limbs.last == 0 { limbs.removeLast() }
  }

  private static func double(_ limbs: inout [UInt32], adding bit: UInt32) {
    var carry = bit
    for index in limbs.indices {
      let next = limbs[index] >> 31
      limbs[index] = limbs[index] << 1 | carry
      carry = next
    }
    if carry != 0 { limbs.append(carry) }
  }

  private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    let (longer, shorter) = left.count >= right.count ? (left, right) : (right, left)
    var sum = longer
    var carry: UInt64 = 0
    for index in longer.indices {
      let other = index < shorter.count ? UInt64(shorter[index]) : 0
      let value = UInt64(longer[index]) + other + carry
      sum[index] = UInt32(truncatingIfNeeded: value)
      carry = value >> 32
    }
    if carry != 0 { sum.append(UInt32(carry)) }
    return sum
  }

  /// The larger magnitude less the smaller one.
  private static func difference(_ larger: [UInt32], _ smaller: [UInt32]) -> [UInt32] {
    var difference = larger
    var borrow: Int64 = 0
    for index in larger.indices {
      let other = index < smaller.count ? Int64(smaller[index]) : 0
      let value = Int64(larger[index]) - other - borrow
      difference[index] = UInt32(truncatingIfNeeded: value)
      borrow = value < 0 ? 1 : 0
    }
    return difference
  }
}
