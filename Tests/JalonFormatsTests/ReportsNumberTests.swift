import JalonCore
import JalonFormats
import Testing

@Suite("Numbers are read as spreadsheets write them, and never guessed")
struct ReportsNumberTests {
  /// A cell of the indicator `depenses`, in euros, and the number it is.
  static let good: [(cell: String, number: String)] = [
    ("0", "0"), ("250", "250"), ("12,5", "12.5"), ("12.5", "12.5"), ("1,234", "1.234"),
    ("1350000", "1350000"), ("1 350 000", "1350000"), ("1\u{A0}350\u{A0}000,25", "1350000.25"),
    ("1\u{202F}350", "1350"), ("1'350'000.5", "1350000.5"), ("1’350", "1350"), ("12 €", "12"),
    ("12,5€", "12.5"), ("12\u{A0}€", "12"), ("1 350 €", "1350"), ("007", "7"),
    ("0,000001", "0.000001"),
    ("9000000000000", "9000000000000"), ("8999999999999,999999", "8999999999999.999999"),
    ("\u{A0}12\u{202F}", "12"), ("999999999999", "999999999999"),
  ]

  @Test("A number is read exactly", arguments: good)
  func reads(_ cell: String, _ number: String) {
    let report = ReportsFixture.read(ReportsFixture.csv(";2021-03;depenses;;\(cell);;;;;"))
    #expect(report.units.first?.unit.observations.first?.value?.description == number)
  }

  /// A cell that is refused, and what the French sentence must say to write instead.
  static let bad: [(cell: String, advice: String)] = [
    ("1.234,5", "écrivez 1234,5"), ("1,234.5", "écrivez 1234.5"), ("1.234.567", "écrivez 1234567"),
    ("1,234,567.8", "écrivez 1234567.8"), ("1.2,3.4", "sans séparateur"), ("+5", "écrivez 5"),
    ("1E5", "scientifique"), ("1,5e3", "scientifique"), (",5", "écrivez 0,5"), ("5,", "écrivez 5"),
    ("12 34", "écrivez 1234"), ("1234 567", "écrivez 1234567"), ("1 234'567", "sans séparateur"),
    ("1,234 567", "sans séparateur"), ("0 350", "sans séparateur"), ("(12)", "des chiffres"),
    ("NC", "laissez la case vide"), ("-", "laissez la case vide"), ("n.c.", "laissez la case vide"),
    ("12 %", "« € »"), ("12 k€", "« € »"), ("€", "des chiffres"), ("douze", "des chiffres"),
    ("1,2345678", "6 au plus"), ("9000000000001", "dépasse"), ("10000000000000", "dépasse"),
    ("99999999999999999999999999999999999999999999", "dépasse"), ("--5", "des chiffres"),
    ("NaN", "des chiffres"), ("0x10", "des chiffres"), ("1/2", "des chiffres"),
    ("=1+1", "des chiffres"), ("1\t350", "des chiffres"), ("\"1\n350\"", "des chiffres"),
  ]

  @Test("What is ambiguous is refused, with what to write", arguments: bad)
  func refuses(_ cell: String, _ advice: String) {
    let report = ReportsFixture.read(ReportsFixture.csv(";2021-03;depenses;;\(cell);;;;;"))
    #expect(report.errors.map(\.code) == [.value])
    let message = report.errors.first?.message.french.replacing("\u{A0}", with: " ") ?? ""
    #expect(message.contains(advice), "\(message)")
  }

  @Test(
    "JSON numbers have a point and nothing else",
    arguments: ["1 350", "12,5", "+1", "1e3", "12 €", ".5"])
  func strict(_ cell: String) {
    let row = "{\"id\": \"depenses\", \"period\": \"2021-03\", \"value\": \"\(cell)\"}"
    #expect(ReportsFixture.read(ReportsFixture.json(row)).errors.map(\.code) == [.value])
  }

  @Test("A decimal comma in a file with commas stands in quotes")
  func quoted() {
    let report = ReportsFixture.read("periode,indicateur,valeur\n2021-03,depenses,\"1,234\"\n")
    #expect(report.units.first?.unit.observations.first?.value == Quantity("1.234"))
  }
}
