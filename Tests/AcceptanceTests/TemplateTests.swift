import Foundation
import Testing

@Suite("The file that a team fills in", .serialized)
struct TemplateTests {
  /// A template with values put into the rows that a rule names.
  private func fill(_ template: String, _ value: ([String]) -> (column: Int, text: String)?)
    -> String
  {
    let lines = template.components(separatedBy: "\r\n").enumerated().map { index, line in
      var cells = line.components(separatedBy: ";")
      guard index > 0, cells.count > 1, let (column, text) = value(cells) else { return line }
      cells[column] = text
      return cells.joined(separator: ";")
    }
    return lines.joined(separator: "\r\n")
  }

  private func template(_ installation: Installation, _ words: String...) async throws -> String {
    let outcome = try await installation.run(["template", "A"] + words)
    #expect(outcome.status == 0)
    return outcome.output
  }

  @Test(
    "filled in, it is accepted as it stands, and nothing is missing any more",
    arguments: ["fr", "en"])
  func filled(locale: String) async throws {
    let installation = try await Installation.adopted(locale: locale)
    let empty = try await template(installation)
    #expect(empty.hasPrefix(locale == "fr" ? "\u{FEFF}projet;" : "\u{FEFF}project;"))
    let full = fill(empty) { cells in
      cells[2].isEmpty ? (8, "2021-03-12") : (4, cells[2] == "agents" ? "60" : "1 234,50")
    }
    let receipt = try await installation.ingest(full, to: "A")
    #expect(receipt.status == "accepted")
    #expect(receipt.codes == [])
    #expect(receipt.warnings.map(\.code) == [])
    // Four quarters of two profiles and of spending, two milestones.
    #expect(receipt.rows == 14)
    #expect(try await installation.evaluate().recommendation("A", "P1") == "release")
    let rest = try await template(installation)
    #expect(rest.components(separatedBy: "\r\n").count == 2)
  }

  @Test("filled in by half, it is accepted too, and what is left is said")
  func half() async throws {
    let installation = try await Installation.adopted()
    let empty = try await template(installation, "2021-Q1")
    let half = fill(empty) { cells in cells[2] == "agents" ? (4, "60") : nil }
    let receipt = try await installation.ingest(half, to: "A")
    #expect(receipt.status == "accepted")
    #expect(receipt.rows == 2)
    #expect(receipt.periods == ["2021-Q1"])
    #expect(Set(receipt.warnings.map(\.code)) == ["blank"])
    let rest = try await template(installation, "2021-Q1")
    #expect(rest.contains("depenses"))
    #expect(rest.contains("agents") == false)
  }

  @Test(
    "is asked for one period at a time, as people write it",
    arguments: ["2021-Q2", "2021-T2", "T2 2021"])
  func period(notation: String) async throws {
    let text = try await template(.adopted(), notation)
    #expect(text.contains(";2021-Q2;agents;siege;"))
    #expect(text.contains("2021-Q1") == false)
  }

  @Test("the last known value of each profile stands beside what is due")
  func lastKnown() async throws {
    let installation = try await Installation.adopted(locale: "fr")
    let receipt = try await installation.ingest(
      SmallPortfolio.header + "2021-Q1;agents;siege;1250;;;\n2021-Q1;agents;terrain;s.o.;;;\n",
      to: "A")
    #expect(receipt.status == "accepted")
    let text = try await template(installation, "2021-Q2")
    #expect(
      text.contains(
        ";siege;;;;;;Agents équipés (agents) — dernier connu\u{A0}: 1\u{202F}250 en 2021-Q1\r\n"))
    #expect(
      text.contains(
        ";terrain;;;;;;Agents équipés (agents) — dernier connu\u{A0}: sans objet en 2021-Q1\r\n"))
    #expect(text.contains("depenses;;;;;;;Dépenses (€)\r\n"))
  }

  @Test("as JSON it is accepted too: untouched but for one value, and filled in")
  func json() async throws {
    let installation = try await Installation.adopted()
    let empty = try await template(installation, "2021-Q1", "--format", "json")
    #expect(empty.contains("\"value\": null"))
    let nothing = try await installation.ingest(empty, to: "A")
    #expect(nothing.codes == ["empty"])
    let half = empty.replacingOccurrences(
      of: #""id": "depenses",\s+"period": "2021-Q1",\s+"value": null"#,
      with: #""id": "depenses", "period": "2021-Q1", "value": 12.5"#, options: .regularExpression)
    let receipt = try await installation.ingest(half, to: "A")
    #expect(receipt.status == "accepted")
    #expect(receipt.rows == 1)
    #expect(Set(receipt.warnings.map(\.code)) == ["blank"])
    let full = half.replacingOccurrences(of: "\"value\": null", with: "\"value\": \"60\"")
      .replacingOccurrences(of: "\"reached\": \"\"", with: "\"reached\": \"2021-03-12\"")
    let whole = try await installation.ingest(full, to: "A")
    #expect(whole.status == "accepted")
    #expect(whole.warnings.map(\.code) == [])
  }

  /// What French Excel does to a file that it opens and saves: dates as it likes them, numbers in
  /// its own notation, texts as they were, and the text encoding that was chosen.
  @Test("saved by Excel, it is accepted", arguments: [String.Encoding.utf8, .windowsCP1252])
  func excel(encoding: String.Encoding) async throws {
    let installation = try await Installation.adopted(locale: "fr")
    let empty = try await template(installation)
    let full = fill(empty) { cells in
      cells[2].isEmpty ? (8, "12/03/2021") : (4, cells[2] == "agents" ? "60" : "1234,5")
    }
    let bare = full.replacingOccurrences(of: "\u{FEFF}", with: "")
    var data = Data(encoding == .utf8 ? [0xEF, 0xBB, 0xBF] : [])
    data += try #require(bare.data(using: encoding, allowLossyConversion: true))
    let file = installation.folder.appendingPathComponent("desk/excel.csv")
    try data.write(to: file)
    let receipt = try await receipt(installation, file)
    #expect(receipt.status == "accepted")
    #expect(receipt.rows == 14)
    #expect(receipt.warnings.map(\.code) == [])
  }

  private static let office = ["/usr/bin/soffice", "/usr/local/bin/soffice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// `--convert-to` options: as its import dialog proposes for this file, and none at all.
  private static let dialog = "Text - txt - csv (StarCalc):59,34,76,1,,1036"

  @Test(
    "saved by French LibreOffice, it is accepted", .enabled(if: office != nil, "no soffice here"),
    arguments: [
      ["--infilter=" + dialog, "--convert-to", "csv:" + dialog], ["--convert-to", "csv"],
    ])
  func libreOffice(options: [String]) async throws {
    let office = try #require(Self.office)
    let installation = try await Installation.adopted(locale: "fr")
    let empty = try await template(installation)
    let full = fill(empty) { cells in
      cells[2].isEmpty ? (8, "25/03/2021") : (4, cells[2] == "agents" ? "60" : "1234,5")
    }
    let input = try installation.write(full, to: "template.csv")
    let desk = input.deletingLastPathComponent()
    try speakFrench(in: desk.appendingPathComponent("office/user"))
    let words =
      ["-env:UserInstallation=file://\(desk.path)/office", "--headless"] + options
      + ["--outdir", desk.path + "/saved", input.path]
    #expect(try Running.whole(office, words, environment: ["HOME": desk.path]).status == 0)
    let receipt = try await receipt(installation, desk.appendingPathComponent("saved/template.csv"))
    #expect(receipt.status == "accepted")
    #expect(receipt.rows == 14)
    let status = try await installation.run("explain", "A", "P1", "--json")
    #expect(status.output.contains("2021-03-25"), "the 25th of March, in whatever order")
  }

  /// A profile in which LibreOffice writes numbers and dates as the French do.
  private func speakFrench(in profile: URL) throws {
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    let settings = """
      <?xml version="1.0" encoding="UTF-8"?>
      <oor:items xmlns:oor="http://openoffice.org/2001/registry">
      <item oor:path="/org.openoffice.Setup/L10N">
      <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
      </oor:items>
      """
    try Data(settings.utf8).write(
      to: profile.appendingPathComponent("registrymodifications.xcu"))
  }

  private func receipt(_ installation: Installation, _ file: URL) async throws -> Receipt {
    let outcome = try await installation.run("ingest", "--project", "A", "--json", file.path)
    return try #require(try outcome.json([Receipt].self).first)
  }
}
