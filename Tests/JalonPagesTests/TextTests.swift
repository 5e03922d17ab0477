import JalonCore
import Testing

@testable import JalonPages

@Suite("Numbers, tables, lines and JSON")
struct TextTests {
  @Test(
    "figures are written as people of the language write them",
    arguments: [
      ("200", "3", "%", "66,67\u{A0}%", "66.67%"),
      ("1350000", "1", "€", "1\u{202F}350\u{202F}000\u{A0}€", "€1,350,000"),
      ("2500.5", "1", "€", "2\u{202F}500,50\u{A0}€", "€2,500.50"),
      ("-1000", "1", "€", "-1\u{202F}000\u{A0}€", "-€1,000"),
      ("999", "1", "postes", "999\u{A0}postes", "999\u{A0}postes"),
      ("1234.5", "1", "", "1\u{202F}234,5", "1,234.5"),
      ("0.125", "1", "", "0,12", "0.12"), ("0.135", "1", "", "0,14", "0.14"),
      ("-0.001", "1", "", "0", "0"), ("100", "1", "%", "100\u{A0}%", "100%"),
    ])
  func measures(
    _ above: String, _ below: String, _ unit: String, _ french: String, _ english: String
  ) throws {
    let (above, below) = (try #require(Quantity(above)), try #require(Quantity(below)))
    let value = try #require(
      Fraction(numerator: Int128(above.micros), denominator: Int128(below.micros / 1_000_000)))
    #expect(Figures(.french).measure(value, unit: unit) == french)
    #expect(Figures(.english).measure(value, unit: unit) == english)
  }

  @Test("an exact figure keeps its six digits")
  func exact() {
    #expect(
      Figures(.french).number(Fraction(micros: 1_234_567_891), exact: true) == "1\u{202F}234,567891"
    )
  }

  @Test("French takes the singular below two, English at one", arguments: [0, 1, 2])
  func counts(_ number: Int) {
    let french = Figures(.french).count(number, ("ligne", "lignes"), ("row", "rows"))
    let english = Figures(.english).count(number, ("ligne", "lignes"), ("row", "rows"))
    #expect(french == "\(number) ligne" + (number < 2 ? "" : "s"))
    #expect(english == "\(number) row" + (number == 1 ? "" : "s"))
  }

  @Test("days and moments")
  func moments() throws {
    let instant = try #require(Instant("2021-04-13T06:05:04.000123Z"))
    #expect(Figures(.french).moment(instant) == "13/04/2021 06:05 UTC")
    #expect(Figures(.english).moment(instant) == "2021-04-13 06:05 UTC")
    #expect(Figures(.french).day(try #require(Day("2021-07-01"))) == "01/07/2021")
  }

  @Test("French punctuation never starts a line, in wording only")
  func typography() {
    #expect(
      Figures(.french).say("« a » : b ; c ? d !", "")
        == "«\u{A0}a\u{A0}»\u{A0}: b\u{A0}; c\u{A0}? d\u{A0}!")
    #expect(Figures(.english).say("", "a : b") == "a : b")
  }

  func table() -> Table {
    var table = Table([("id", .left), ("title", .left), ("euros", .right)])
    table.add(["A-1", "Équipement numérique des préfectures", "1\u{202F}350\u{202F}000\u{A0}€"])
    table.add(["A-22", "Postes", "9\u{A0}€"])
    return table
  }

  @Test("columns line up, and the last one ends where the terminal does", arguments: [20, 36, 80])
  func columns(_ width: Int) {
    let lines = table().text(width: width).split(separator: "\n")
    let ends = Set(lines.map(\.count))
    #expect(ends.count == 1, "the last column is set to the right")
    #expect(
      ends == [width == 80 ? 55 : width == 36 ? 36 : 27], "it gives way down to what says something"
    )
    #expect(lines[0].hasPrefix("id    title"))
    #expect((width == 80) == lines[1].contains("préfectures"))
    #expect((width == 80) != lines[1].contains("…"))
  }

  @Test("several sprawling columns give way together")
  func several() {
    var table = Table([("a", .left), ("b", .left)])
    table.add([String(repeating: "x", count: 50), String(repeating: "y", count: 60)])
    let row = table.text(width: 62).split(separator: "\n")[1].split(separator: "  ")
    #expect(row.map(\.count) == [30, 30])
  }

  @Test("lines break between words, below their text")
  func wrapping() {
    let line = "  - un deux trois quatre cinq six sept"
    #expect(Table.wrap(line, to: 20) == "  - un deux trois\n    quatre cinq six\n    sept")
    #expect(Table.wrap("court", to: 20) == "court")
    #expect(Table.wrap("  - " + String(repeating: "x", count: 30), to: 20).contains("\n") == false)
    #expect(Table.wrap("un deux\u{A0}: trois quatre", to: 20) == "un deux\u{A0}: trois\nquatre")
  }

  @Test("JSON strings are escaped, everything else is as it was")
  func json() {
    let value = JSONText.object([
      ("b", .string("\"\\/\n\r\t\u{0}\u{1B}\u{7F}é\u{2028}👍")),
      ("a", .array([.null, .bool(true)])),
      ("n", .int(-1)), ("e", .array([])), ("o", .object([])),
    ])
    let text =
      #"{"b":"\"\\/\n\r\t\u0000\u001b\u007fé"# + "\u{2028}👍"
      + #"","a":[null,true],"n":-1,"e":[],"o":{}}"#
    #expect(String(decoding: value.compact, as: UTF8.self) == text)
    let indented = JSONText.object([("a", .array([.int(1), .int(2)])), ("b", .object([]))]).indented
    #expect(
      String(decoding: indented, as: UTF8.self)
        == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n")
  }
}
