import JalonCore
import JalonFormats
import Testing

@Suite("Periods, days and quantities in every notation")
struct NotationTests {
  static let periods: [(String, String)] = [
    ("2021-03", "2021-03"), ("2021-M03", "2021-03"), ("2021-m12", "2021-12"),
    ("03/2021", "2021-03"), ("01/03/2021", "2021-03"), (" 2021-03 ", "2021-03"),
    ("\u{A0}03/2021\u{202F}", "2021-03"),
    ("mars-21", "2021-03"), ("mars 2021", "2021-03"), ("Mars-2021", "2021-03"),
    ("févr.-21", "2021-02"), ("FÉVR.-21", "2021-02"), ("fevr-21", "2021-02"),
    ("fe\u{301}vr.-21", "2021-02"), ("février 2021", "2021-02"), ("Mar-21", "2021-03"),
    ("janv.-21", "2021-01"), ("avr.-21", "2021-04"), ("mai-21", "2021-05"),
    ("juin-21", "2021-06"), ("juil.-21", "2021-07"), ("août-21", "2021-08"),
    ("AOÛT 2021", "2021-08"), ("aou\u{302}t-21", "2021-08"), ("sept.-21", "2021-09"),
    ("oct.-21", "2021-10"), ("nov.-21", "2021-11"), ("déc.-21", "2021-12"),
    ("Jan-21", "2021-01"), ("Feb-21", "2021-02"), ("Apr-21", "2021-04"), ("May-21", "2021-05"),
    ("Jun-21", "2021-06"), ("Jul-21", "2021-07"), ("Aug-21", "2021-08"), ("Sep-21", "2021-09"),
    ("Oct-21", "2021-10"), ("Nov-21", "2021-11"), ("Dec-99", "2099-12"),
    ("December 2021", "2021-12"), ("mars  2021", "2021-03"),
    ("2021-Q1", "2021-Q1"), ("2021-T1", "2021-Q1"), ("T1 2021", "2021-Q1"),
    ("2021T1", "2021-Q1"), ("t4-2021", "2021-Q4"), ("Q2 2021", "2021-Q2"), ("2021 T3", "2021-Q3"),
    ("2021-H1", "2021-H1"), ("2021-S1", "2021-H1"), ("S2 2021", "2021-H2"), ("2021s2", "2021-H2"),
    ("2021", "2021"),
  ]

  @Test("periods", arguments: periods)
  func period(_ example: (text: String, canonical: String)) {
    #expect(PeriodNotation.read(example.text)?.description == example.canonical)
  }

  static let notPeriods = [
    "", " ", "2021-13", "2021-00", "00/2021", "02/03/2021", "01/13/2021", "2021-T5", "2021-S3",
    "2021-Q0", "T1", "mars", "mars 21", "mars-1", "mar 3 2021", "jui-21", "22-mars", "21", "20210",
    "2021-3", "2021-03-01", "2021/03", "1899", "3000-01", "2021-", "-2021", "２０２１", "март-21",
    "2021-03 and a very long text that no notation has", "2021 03", "2021-X1", "mars_2021",
    "maß-21",
  ]

  @Test("what is not a period", arguments: notPeriods)
  func notPeriod(_ text: String) {
    #expect(PeriodNotation.read(text) == nil)
  }

  @Test(
    "days",
    arguments: [
      ("2021-06-30", "2021-06-30"), ("30/06/2021", "2021-06-30"), (" 29/02/2024 ", "2024-02-29"),
    ])
  func day(_ example: (text: String, canonical: String)) {
    #expect(DayNotation.read(example.text)?.description == example.canonical)
  }

  @Test(
    "days in a spreadsheet's cell, the year of two digits too",
    arguments: [
      ("30/06/21", "2021-06-30"), ("30/06/2021", "2021-06-30"), ("2021-06-30", "2021-06-30"),
      ("06/30/21", nil), ("3/6/21", nil), ("30-06-21", nil), ("30/06/1", nil),
    ])
  func cellDay(_ text: String, _ canonical: String?) {
    let bytes = Array(text.utf8)
    let day = bytes.withUnsafeBufferPointer { DayNotation.readCell($0) }
    #expect(day?.description == canonical)
  }

  @Test(
    "what is not a day",
    arguments: [
      "", "2021-06-31", "29/02/2021", "30-06-2021", "2021/06/30", "6/30/2021", "30/06/21",
    ])
  func notDay(_ text: String) {
    #expect(DayNotation.read(text) == nil)
  }

  @Test(
    "quantities",
    arguments: [
      ("0", "0"), ("-0.5", "-0.5"), ("81", "81"), ("8.100000", "8.1"), ("0.000001", "0.000001"),
      ("9000000000000", "9000000000000"), ("-9000000000000.000000", "-9000000000000"),
      ("007", "7"), ("0.1000000", "0.1"), ("-0.0000000000", "0"),
      ("1.00000000000000000000000000", "1"),
    ])
  func quantity(_ example: (text: String, canonical: String)) throws {
    let text = Array(example.text.utf8)
    let read = text.withUnsafeBufferPointer { QuantityNotation.read($0) }
    #expect(try read.get().description == example.canonical)
  }

  @Test(
    "a quantity with an exponent, where one is read",
    arguments: [
      ("1e2", "100"), ("1E+2", "100"), ("-12.5e-1", "-1.25"), ("0e999999999999999999999", "0"),
      ("9e12", "9000000000000"), ("1000000e-12", "0.000001"), ("81", "81"), ("1e13", nil),
      ("1e-7", nil), ("1e999999999999999999999", nil), ("1e-999999999999999999999", nil),
      ("1e", nil), ("1e+", nil), ("1e2.0", nil), ("e2", nil), ("1e2e2", nil), ("1e 2", nil),
    ])
  func exponent(_ example: (text: String, canonical: String?)) {
    let text = Array(example.text.utf8)
    let read = text.withUnsafeBufferPointer { QuantityNotation.read($0, exponent: true) }
    #expect((try? read.get())?.description == example.canonical)
  }

  static let notQuantities: [(String, QuantityFault)] = [
    ("", .notANumber), ("-", .notANumber), ("+1", .notANumber), ("1,5", .notANumber),
    (".5", .notANumber), ("1.", .notANumber), ("1e3", .exponent), ("1.5E-3", .exponent),
    ("0.0000001", .fractionDigits), ("9000000000000.000001", .magnitude),
    ("9000000000001", .magnitude), ("5000000000000000", .magnitude),
    ("99999999999999999999999999999999", .magnitude), ("12abc", .notANumber),
  ]

  @Test("what is not a quantity, and why", arguments: notQuantities)
  func notQuantity(_ example: (text: String, fault: QuantityFault)) {
    let text = Array(example.text.utf8)
    #expect(text.withUnsafeBufferPointer { QuantityNotation.read($0) } == .failure(example.fault))
  }
}
