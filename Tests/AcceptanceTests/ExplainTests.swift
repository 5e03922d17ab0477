import Foundation
import Testing

@Suite("An auditor's questions: explain, its difference, and the amended plans", .serialized)
struct ExplainTests {
  /// Funds withheld in July, a corrected report in October, an amended plan today.
  private func installation() async throws -> Installation {
    let installation = try await Installation.adopted(["A"])
    _ = try await installation.ingest(
      SmallPortfolio.report(90), to: "A", at: "2021-07-05T08:00:00Z")
    _ = try await installation.ingest(
      SmallPortfolio.report(120, comment: "corrigé"), to: "A", at: "2021-10-02T08:00:00Z")
    try installation.draw("projects/A.json", SmallPortfolio.project("A", min: "110"))
    let adopted = try await installation.adopt()
    #expect(adopted.status == 0)
    return installation
  }

  private func json(_ outcome: Outcome) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private let question = ["--as-of", "2021-07-20", "--known-at", "2021-07-20T06:00:00Z"]

  @Test("explain tells the verdict of that time, and the one that it would be now")
  func since() async throws {
    let installation = try await installation()
    let text = try await installation.run(["explain", "A", "P1"] + question)
    #expect(text.status == 0)
    #expect(text.output.contains("Recommendation: withhold"))
    #expect(text.output.contains("the verdict would now be: release (crossed on 2021-06-30)"))
    let letter = try await installation.run(
      ["explain", "A", "P1", "--format", "markdown"] + question)
    #expect(letter.output.hasPrefix("# A"))
    #expect(letter.output.contains("**unmet** (condition)"))
    let sha = try installation.query(
      "SELECT lower(hex(sha256)) FROM submission ORDER BY number LIMIT 1")
    #expect(letter.output.contains(sha) && text.output.contains(sha))
    let program = try json(
      try await installation.run(["explain", "A", "P1", "--json"] + question))
    let since = try #require(program["since"] as? [String: Any])
    #expect(since["changes"] as? Bool == true)
    #expect((since["files"] as? [Any])?.count == 1 && (since["plans"] as? [Any])?.count == 1)
    let same = try await installation.run(
      ["explain", "A", "P1", "--format", "json"] + question)
    #expect(try json(same).keys.sorted() == program.keys.sorted(), "--json is --format json")
  }

  @Test("explain --diff names the files and lines of both values")
  func difference() async throws {
    let installation = try await installation()
    let span = ["2021-07-20T06:00:00Z", "2021-10-20T06:00:00Z"]
    for words in [
      ["explain", "A", "P1", "--diff"] + span, ["explain", "--diff"] + span + ["A", "P1"],
    ] {
      let outcome = try await installation.run(words)
      #expect(outcome.status == 0, "\(outcome.complaint)")
      #expect(outcome.output.contains("known at 2021-07-20T06:00:00Z: withhold"))
      #expect(outcome.output.contains("known at 2021-10-20T06:00:00Z: release"))
      #expect(outcome.output.contains("J00000001") && outcome.output.contains("J00000002"))
    }
    let program = try json(
      try await installation.run(["explain", "A", "P1", "--json", "--diff"] + span))
    let figure = try #require((program["figures"] as? [[String: Any]])?.first)
    #expect((figure["before"] as? [String: Any])?["value"] as? String == "90")
    #expect((figure["after"] as? [String: Any])?["value"] as? String == "120")
  }

  @Test(
    "what cannot be asked is refused with status 64",
    arguments: [
      ["explain", "A"], ["explain", "A", "P1", "P2"],
      ["explain", "A", "P1", "--diff", "2021-07-20T06:00:00Z"],
      ["explain", "A", "P1", "--diff", "2021-10-20T06:00:00Z", "2021-07-20T06:00:00Z"],
      ["explain", "A", "P1", "--format", "pdf"], ["status", "--plans"],
    ])
  func usage(words: [String]) async throws {
    let installation = try await Installation.adopted(["A"])
    let outcome = try await installation.run(words)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.output)")
  }

  @Test("status --plans lists the adopted versions, who, why, and what changed")
  func plans() async throws {
    let installation = try await installation()
    let text = try await installation.run(["status", "A", "--plans"])
    #expect(text.status == 0)
    #expect(text.output.contains("C. Roux"))
    #expect(text.output.contains("Threshold agents (phase P1): minimum 100"))
    let program = try json(try await installation.run(["status", "A", "--plans", "--json"]))
    let plans = try #require(program["plans"] as? [[String: Any]])
    #expect(plans.map { ($0["changes"] as? [Any])?.count } == [0, 1])
    let unknown = try await installation.run(["status", "Z", "--plans"])
    #expect(unknown.status == 64 || unknown.status == 66, "\(unknown.status)")
  }

  @Test("evaluate --json stays what the contract says, early warnings or not")
  func contract() async throws {
    let installation = try await installation()
    let outcome = try await installation.run(["evaluate", "--json", "--dry-run"])
    let project = try #require((try json(outcome)["projects"] as? [[String: Any]])?.first)
    let gate = try #require((project["gates"] as? [[String: Any]])?.first)
    #expect(
      Set(gate.keys) == [
        "phase", "date", "deadline", "nextPhase", "fundsAtStake", "recommendation", "crossed",
        "ready", "discretionary", "decision", "effective", "flagged", "criteria",
      ])
  }
}
