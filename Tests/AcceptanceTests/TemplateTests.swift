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
}
