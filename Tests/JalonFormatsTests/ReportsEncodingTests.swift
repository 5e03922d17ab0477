import JalonCore
import JalonFormats
import Testing

@Suite("Report files are read in the bytes that spreadsheets write")
struct ReportsEncodingTests {
  private static let french = [
    "Période;Indicateur;Profil;Valeur;Preuve;Commentaire",
    "mars-21;agents;Catégorie B;1 350,0;constaté;l’été à 5 €",
    "mars-21;agents;Cadres;1;théorique;\"dit \"\"prêt\"\"\"", "mars-21;agents;C;2;;",
  ]

  /// French Excel's plain CSV: Windows-1252, `;`, CR LF.
  static let windows1252: [UInt8] = encode(french.joined(separator: "\r\n") + "\r\n") { scalar in
    switch scalar {
    case "€": [0x80]
    case "’": [0x92]
    default: [UInt8(truncatingIfNeeded: scalar.value)]
    }
  }
  /// "CSV UTF-8": with a mark.
  static let marked: [UInt8] =
    [0xEF, 0xBB, 0xBF] + Array((french.joined(separator: "\r\n") + "\r\n").utf8)
  /// "Unicode text": UTF-16 with tabs.
  static let little = utf16(low: 0)
  static let big = utf16(low: 1)
  /// macOS writes accents as marks of their own.
  static let decomposed = Array(
    (french.joined(separator: "\n").replacing("é", with: "e\u{301}") + "\n").utf8)
  /// English Excel: commas, quotes where needed.
  static let english = Array(
    ("Period,Indicator,Profile,Value,Evidence,Comment\r\n"
      + "Mar-21,agents,Catégorie B,1350.0,observed,\"a, b\"\r\n"
      + "Mar-21,agents,Cadres,\"1\",estimated,\r\nMar-21,agents,C,2,,\r\n").utf8)

  static let files: [(name: String, bytes: [UInt8])] = [
    ("Windows-1252", windows1252), ("UTF-8 with a mark", marked), ("UTF-16 LE", little),
    ("UTF-16 BE", big), ("decomposed accents", decomposed), ("English", english),
  ]

  @Test("Each says the same", arguments: files)
  func same(_ name: String, _ bytes: [UInt8]) throws {
    let report = ReportsFixture.read(bytes)
    #expect(report.errors.map(\.message.english) == [] && report.warnings.isEmpty)
    let unit = try #require(report.units.first?.unit)
    #expect(unit.period.description == "2021-03")
    #expect(unit.observations.map(\.profile) == ["Catégorie B", "Cadres", "C"])
    #expect(unit.observations.map(\.value) == [Quantity(1_350), Quantity(1), Quantity(2)])
    #expect(unit.observations.map(\.evidence) == [.observed, .estimated, .estimated])
  }

  @Test(
    "What is no text is refused whole, and the sentence tells the line where there is one",
    arguments: [
      ([0x61, 0x0A, 0xE9, 0x81], 2), ([0xEF, 0xBB, 0xBF, 0xFF], 1), ([0xFF, 0xFE, 0x61], nil),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x0A, 0xC3, 0xA9, 0xE9, 0x0A], 3),
      ([0xFF, 0xFE, 0x00, 0xD8], nil), ([0x61, 0x0D, 0x0A, 0x0D, 0x00], 3),
      ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0x00], 1),
    ] as [([UInt8], Int?)])
  func refused(_ bytes: [UInt8], _ line: Int?) {
    let report = ReportsFixture.read(bytes)
    #expect(report.errors.map(\.code) == [.encoding])
    #expect(report.errors.map(\.line) == [nil])
    let sentence = report.errors.first?.message.english ?? ""
    #expect(sentence.hasPrefix(line.map { "line \($0): " } ?? "the file says"))
  }

  @Test("Hostile text is shown harmless and short")
  func hostile() {
    let text =
      "periode;indicateur;valeur\n2021-03;postes;\u{1B}[31m\u{202E}é"
      + String(repeating: "é", count: 300) + "\n"
    let shown = ReportsFixture.read(text).errors.first?.text ?? ""
    #expect(shown.hasPrefix("␛[31m\u{FFFD}é") && shown.utf8.count < 220)
  }

  private static func utf16(low: Int) -> [UInt8] {
    let text = french.joined(separator: "\r\n").replacing(";", with: "\t") + "\r\n"
    return ("\u{FEFF}" + text).utf16.flatMap { unit in
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
      return low == 0 ? pair : pair.reversed()
    }
  }

  private static func encode(_ text: String, _ byte: (Unicode.Scalar) -> [UInt8]) -> [UInt8] {
    text.unicodeScalars.flatMap(byte)
  }
}
