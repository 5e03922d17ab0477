import Foundation
import Testing

@Suite("Programmes: their page, and their money")
struct ProgrammesTests {
  /// A configuration of its own that points at the sample portfolio, in French.
  private func sample() throws -> Installation {
    let installation = try Installation(locale: "fr")
    let portfolio = Place.samplePortfolio.path
    try installation.configure(#"{"portfolio": "\#(portfolio)"}"#)
    return installation
  }

  @Test("docs/programmes.md says what the files say")
  func fresh() async throws {
    let outcome = try await sample().run("programmes", "--format", "markdown")
    #expect(outcome.status == 0)
    let page = Place.repository.appendingPathComponent("docs/programmes.md")
    let kept = try String(contentsOf: page, encoding: .utf8)
    let pairs = zip(lines(outcome.output), lines(kept)).enumerated()
    let stale = pairs.first { $0.element.0 != $0.element.1 }
    #expect(
      outcome.output == kept,
      """
      docs/programmes.md is stale from line \((stale?.offset ?? -2) + 1) on; make it anew:
      jalon --config config/jalon.json programmes --format markdown > docs/programmes.md
      """)
  }

  private func lines(_ text: String) -> [String] { text.components(separatedBy: "\n") }

  @Test("looking at the folder's programmes makes no notebook")
  func noNotebook() async throws {
    let installation = try sample()
    #expect(try await installation.run("programmes").status == 0)
    #expect(FileManager.default.fileExists(atPath: installation.database.path) == false)
  }

  struct Answer: Decodable {
    struct Line: Decodable { let project: String }

    struct Money: Decodable {
      let envelope: String?
      let projects: Int
      let granted: String
      let left: String?
      let share: String?
    }

    let projects: [Line]
    let programme: Money
  }

  @Test("the status of a programme sums its projects' grants, and leaves others out")
  func envelope() async throws {
    let installation = try Installation()
    let rich = SmallPortfolio.programme.replacingOccurrences(
      of: "\"indicators\"", with: "\"envelope\": 400000, \"indicators\"")
    try installation.draw("programmes/PRG.json", rich)
    try installation.draw(
      "programmes/OTHER.json",
      SmallPortfolio.programme.replacingOccurrences(of: "\"PRG\"", with: "\"OTHER\""))
    for id in ["A", "B"] {
      try installation.draw("projects/\(id).json", SmallPortfolio.project(id))
    }
    try installation.draw(
      "projects/C.json",
      SmallPortfolio.project("C").replacingOccurrences(of: "\"PRG\"", with: "\"OTHER\""))
    try await installation.adopt()
    let text = try await installation.run("status", "PRG")
    #expect(text.output.contains("Left: €100,000, committed 75%"))
    #expect(text.output.contains("\nC ") == false)
    let answer = try await installation.run("status", "PRG", "--json").json(Answer.self)
    #expect(answer.projects.map(\.project) == ["A", "B"])
    #expect(answer.programme.granted == "300000")
    #expect(answer.programme.left == "100000")
    #expect(answer.programme.share == "75")
    let other = try await installation.run("status", "OTHER", "--json").json(Answer.self)
    #expect(other.programme.left == nil)
    #expect(try await installation.run("status", "PRX").status == 64)
  }
}
