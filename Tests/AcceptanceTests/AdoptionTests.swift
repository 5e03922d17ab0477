import Foundation
import Testing

@Suite("Adopting the portfolio", .serialized)
struct AdoptionTests {
  private struct Report: Decodable {
    struct Change: Decodable, Equatable {
      let project: String
      let phase: String
      let before: String?
      let now: String
    }
    let added: [String]
    let changed: [String]
    let unchanged: Int
    let gone: [String]
    let refused: [String]
    let recommendations: [Change]
  }

  private func adopt(_ installation: Installation, _ more: String...) async throws -> Report {
    try await installation.run(
      ["adopt", "--by", "C. Roux", "--reason", "essai", "--json"] + more
    ).json(Report.self)
  }

  /// Project A asks for more agents than it has.
  private func raise(_ installation: Installation) throws {
    try installation.draw("projects/A.json", SmallPortfolio.project("A", min: "200"))
  }

  @Test("a broken file is refused by name and keeps its last version; the others are adopted")
  func refusal() async throws {
    let installation = try await Installation.adopted()
    try await _ = installation.ingest(SmallPortfolio.report(), to: "A")
    try installation.draw(
      "projects/A.json",
      SmallPortfolio.project("A").replacing("\"grant\": 150000", with: "\"grant\": 150001"))
    try installation.draw("projects/B.json", SmallPortfolio.project("B", min: "10"))
    try installation.draw("projects/C.json", SmallPortfolio.project("C"))
    let outcome = try await installation.adopt()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("refused: projects/A.json"))
    #expect(outcome.output.contains("projects/B.json (changed)"))
    #expect(outcome.output.contains("projects/C.json (new)"))
    #expect(outcome.complaint.contains("projects/A.json:"))
    let evaluation = try await installation.evaluate()
    #expect(evaluation.projects.map(\.project) == ["A", "B", "C"])
    #expect(evaluation.recommendation("A", "P1") == "release")
  }

  @Test("it tells which recommendations change, and they have changed")
  func changes() async throws {
    let installation = try await Installation.adopted()
    try await _ = installation.ingest(SmallPortfolio.report(), to: "A")
    try raise(installation)
    let report = try await adopt(installation)
    #expect(report.changed == ["projects/A.json"])
    #expect(
      report.recommendations.contains(
        .init(project: "A", phase: "P1", before: "release", now: "withhold")))
    #expect(try await installation.evaluate().recommendation("A", "P1") == "withhold")
  }

  @Test("a dry run tells the same and changes nothing")
  func dryRun() async throws {
    let installation = try await Installation.adopted()
    try await _ = installation.ingest(SmallPortfolio.report(), to: "A")
    try raise(installation)
    let before = try installation.query("SELECT count(*), max(sequence) FROM ledger")
    let report = try await adopt(installation, "--dry-run")
    #expect(report.changed == ["projects/A.json"])
    #expect(report.recommendations.first?.now == "withhold")
    #expect(try installation.query("SELECT count(*), max(sequence) FROM ledger") == before)
    #expect(try await installation.evaluate().recommendation("A", "P1") == "release")
    // A first look needs nobody's name.
    #expect(try await installation.run("adopt", "--dry-run").status == 0)
  }

  @Test("adopting again finds nothing to do")
  func again() async throws {
    let installation = try await Installation.adopted()
    let before = try installation.query("SELECT count(*), max(sequence) FROM ledger")
    let report = try await adopt(installation)
    #expect(report.unchanged == 3)
    #expect(report.added + report.changed + report.refused + report.gone == [])
    #expect(try installation.query("SELECT count(*), max(sequence) FROM ledger") == before)
  }

  @Test("only the projects that are named are adopted")
  func named() async throws {
    let installation = try await Installation.adopted()
    try raise(installation)
    try installation.draw("projects/B.json", SmallPortfolio.project("B", min: "10"))
    #expect(try await adopt(installation, "B").changed == ["projects/B.json"])
    #expect(try await adopt(installation).changed == ["projects/A.json"])
  }

  @Test("a file that has gone is named, and its project stays")
  func gone() async throws {
    let installation = try await Installation.adopted()
    try FileManager.default.removeItem(
      at: installation.portfolio.appendingPathComponent("projects/B.json"))
    #expect(try await adopt(installation).gone == ["B"])
    #expect(try await installation.evaluate().projects.map(\.project) == ["A", "B"])
  }

  @Test("an edit that is half saved, or not adopted, changes no verdict")
  func draft() async throws {
    let installation = try await Installation.adopted()
    try await _ = installation.ingest(SmallPortfolio.report(), to: "A")
    let before = try await installation.evaluate("--as-of", "2021-08-01").lines
    try raise(installation)
    #expect(try await installation.evaluate("--as-of", "2021-08-01").lines == before)
    try installation.draw("projects/A.json", "{ \"id\": \"A\",")
    try FileManager.default.removeItem(
      at: installation.portfolio.appendingPathComponent("programmes/PRG.json"))
    #expect(try await installation.evaluate("--as-of", "2021-08-01").lines == before)
  }

  @Test("an amended plan never rewrites a past verdict")
  func past() async throws {
    let installation = try await Installation.adopted()
    try await _ = installation.ingest(SmallPortfolio.report(), to: "A")
    let known = try installation.query(
      "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(at) / 1000000 + 1, 'unixepoch') FROM ledger")
    try await Task.sleep(for: .milliseconds(1_100))
    try raise(installation)
    #expect(try await installation.adopt().status == 0)
    #expect(try await installation.evaluate().recommendation("A", "P1") == "withhold")
    let then = try await installation.evaluate("--known-at", known)
    #expect(then.recommendation("A", "P1") == "release")
  }

  @Test("the check of a folder names every problem with file, line and path")
  func check() async throws {
    struct Problems: Decodable {
      struct Problem: Decodable {
        let file: String
        let line: Int?
        let path: String
      }
      let errors: [Problem]
      let warnings: [Problem]
    }
    let installation = try Installation()
    try installation.draw(["A"])
    #expect(try await installation.run("check").status == 0)
    try installation.draw(
      "projects/A.json",
      SmallPortfolio.project("A").replacing("\"grant\"", with: "\"grand\"")
        .replacing("\"2021-03-31\"", with: "\"2021-13-31\""))
    let outcome = try await installation.run("check", "--json")
    #expect(outcome.status == 1)
    let errors = try outcome.json(Problems.self).errors
    #expect(errors.allSatisfy { $0.file == "projects/A.json" })
    #expect(errors.contains { $0.path.contains("grand") && $0.line == 4 })
    #expect(errors.contains { $0.path == "phases[0].milestones[0].due" && $0.line == 13 })
  }
}
