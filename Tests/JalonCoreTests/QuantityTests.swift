import JalonCore
import JalonTesting
import Testing

@Suite("A quantity is an exact decimal")
struct QuantityTests {
  @Test("Ten flows of 8.1 are 81")
  func exactSum() throws {
    var sum = Fraction.zero
    for _ in 0..<10 { sum = try sum.adding(Fraction(quantity("8.1"))) }
    #expect(sum == Fraction(Quantity(81)))
    #expect(!(sum < Fraction(Quantity(81))))
    #expect(sum.description == "81")
  }

  @Test(
    "It is read and printed in one notation",
    arguments: [
      ("0", "0"), ("-0", "0"), ("81", "81"), ("0081", "81"), ("8.10", "8.1"),
      ("-0.000001", "-0.000001"), ("-1.5", "-1.5"), ("66.666667", "66.666667"),
      ("9000000000000", "9000000000000"), ("-9000000000000.000000", "-9000000000000"),
    ])
  func notation(text: String, printed: String) {
    #expect(Quantity(text)?.description == printed)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", "-", ".", "1.", ".5", "+1", "1e3", "1,5", "1 000", " 1", "1 ", "--1", "1.2.3", "0x1",
      "inf", "nan", "١", "1.0000001", "9000000000000.000001", "9000000000001",
      "-9000000000001", "99999999999999999999999999999999",
      "18446744073709.551616", "36893488147419",
    ])
  func refused(text: String) {
    #expect(Quantity(text) == nil)
  }
}

@Suite("A fraction compares exactly and never wraps")
struct FractionTests {
  @Test(
    "It is printed rounded half-even to six digits",
    arguments: [
      (1, 2, "0"), (3, 2, "0.000002"), (5, 2, "0.000002"), (7, 2, "0.000004"),
      (-1, 2, "0"), (-3, 2, "-0.000002"), (-5, 2, "-0.000002"), (200_000_000, 3, "66.666667"),
      (100_000_000, 3, "33.333333"), (1, -3, "0"), (-81_000_000, -1, "81"),
    ])
  func rounding(numerator: Int, denominator: Int, printed: String) {
    let fraction = Fraction(numerator: Int128(numerator), denominator: Int128(denominator))
    #expect(fraction?.description == printed)
  }

  @Test("Nothing is a fraction over zero, or a percentage of it")
  func zeroDenominator() throws {
    #expect(Fraction(numerator: 1, denominator: 0) == nil)
    #expect(try Fraction(Quantity(1)).percent(of: .zero) == nil)
  }

  @Test("Two thirds is more than 66.666666 and less than 66.666667 percent")
  func ratio() throws {
    let share = try #require(try Fraction(Quantity(2)).percent(of: Fraction(Quantity(3))))
    #expect(Fraction(quantity("66.666666")) < share)
    #expect(share < Fraction(quantity("66.666667")))
    #expect(share.description == "66.666667")
  }

  @Test("Numbers whose cross products exceed 128 bits still compare")
  func wideComparison() throws {
    let huge = Int128.max
    let less = try #require(Fraction(numerator: huge - 2, denominator: huge - 1))
    let more = try #require(Fraction(numerator: huge - 1, denominator: huge))
    #expect(less < more)
    #expect(!(more < less))
    #expect(less != more)
    #expect(more.negated < less.negated)
    #expect(more.negated < less)
  }

  @Test("The sum of many means with unrelated weights is exact")
  func manyMeans() throws {
    let weights: [Int128] = [
      9_973, 9_967, 9_949, 9_941, 9_931, 9_929, 9_923, 9_907, 9_901, 9_887, 9_883, 9_871, 9_859,
      9_857, 9_851, 9_839, 9_833, 9_829, 9_817, 9_811,
    ]
    let means = try weights.map { try #require(Fraction(numerator: 81_000_000, denominator: $0)) }
    var sum = Fraction.zero
    for mean in means { sum = try sum.adding(mean) }
    #expect(sum.wholeMicros == nil)
    // 81 million over each weight, added and rounded half-even by Python's fractions.
    #expect(sum.roundedMicros == 163841 && sum.negated.roundedMicros == -163841)
    let above = try sum.adding(Fraction(micros: 1))
    #expect(sum < above && !(above < sum) && sum != above)
    #expect(try above.subtracting(sum) == Fraction(micros: 1))
    #expect(try sum.percent(of: sum) == Fraction(Quantity(100)))
    #expect(try sum.multiplied(by: Quantity(2)) == sum.adding(sum))
    for mean in means.reversed() { sum = try sum.subtracting(mean) }
    #expect(sum == .zero)
  }

  @Test("What outgrows 128 bits goes on, what outgrows every reason throws")
  func overflow() throws {
    let huge = Fraction(micros: .max)
    let more = try huge.adding(Fraction(micros: 1))
    #expect(huge < more)
    #expect(try more.subtracting(huge) == Fraction(micros: 1))
    #expect(throws: ComputedOverflow()) {
      var power = huge
      for _ in 0..<200 { power = try power.multiplied(by: .maximum) }
    }
  }
}
