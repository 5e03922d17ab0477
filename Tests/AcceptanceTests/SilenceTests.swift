import Foundation
import Testing

@Suite("Silences: what is not told, and what is told of it afterwards", .serialized)
struct SilenceTests {
  private static let by = ["--by", "C. Roux", "--reason", "congés"]

  /// On 16 April everybody's first milestone and report are late.
  private static let late = "2021-04-16T06:00:00Z"

  private func silence(
    _ installation: Installation, at instant: String, _ words: [String]
  ) async throws -> Outcome {
    try await installation.run(
      ["silence"] + words + Self.by, environment: try FakeClock.at(instant))
  }

  @Test(
    "hides what it names, from everybody, and nothing else",
    arguments: [
      (["--project", "A"], ["A"], 3), (["--programme", "PRG"], ["A", "B"], 0),
      (["--kind", "report-overdue"], [], 4),
      (["--project", "A", "--kind", "gate-at-risk"], [], 5),
      (["--programme", "PRG", "--kind", "milestone-overdue"], [], 4),
    ] as [([String], [String], Int)])
  func scope(words: [String], silent: [String], told: Int) async throws {
    let installation = try await Installation.adopted(at: "2021-04-15T06:00:00Z")
    let outcome = try await silence(
      installation, at: "2021-04-15T06:00:00Z", words + ["--until", "2021-04-30"])
    #expect(outcome.status == 0)
    try await installation.succeeds(at: Self.late, "evaluate")
    let lines = try installation.told()
    #expect(lines.count == told, "\(lines)")
    #expect(silent.allSatisfy { id in !lines.contains { $0.hasSuffix(" \(id)") } })
  }

  @Test("asked for again in the same words, is there once; in other words, twice")
  func again() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-04-15T06:00:00Z")
    for _ in 0..<2 {
      let outcome = try await silence(
        installation, at: Self.late, ["--project", "A", "--until", "2021-04-30"])
      #expect(outcome.status == 0 && outcome.output.contains("project A, until"))
    }
    #expect(try installation.query("SELECT count(*) FROM silence") == "1")
    _ = try await silence(installation, at: Self.late, ["--project", "A", "--until", "2021-05-01"])
    #expect(try installation.query("SELECT count(*) FROM silence") == "2")
  }

  @Test("is listed while it runs, and ends with one summary of what it hid")
  func end() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-04-15T06:00:00Z")
    let day = "2021-04-15T06:00:00Z"
    _ = try await silence(installation, at: day, ["--project", "A", "--until", "2021-04-30"])
    try await installation.succeeds(at: Self.late, "evaluate")
    #expect(try installation.told() == [])
    let listed = try await installation.run(at: Self.late, "silences")
    #expect(listed.output.contains("project A, until") && listed.output.contains("congés"))
    let json = try await installation.run(at: Self.late, "silences", "--json").output
    #expect(json.contains(#""project": "A""#) && json.contains(#""running": true"#))

    #expect(try await silence(installation, at: Self.late, ["--end", "1"]).status == 0)
    #expect(try await silence(installation, at: Self.late, ["--end", "1"]).status == 64)
    let none = try await installation.run(at: Self.late, "silences").output
    #expect(none.contains("No silence is running"))
    #expect(try await installation.run(at: Self.late, "silences", "--all").output.contains("ended"))

    try await installation.succeeds(at: "2021-04-17T06:00:00Z", "evaluate")
    try await installation.succeeds(at: "2021-04-18T06:00:00Z", "evaluate")
    let messages = "SELECT recipient FROM message ORDER BY recipient"
    #expect(try installation.query(messages) == "equipe@example.fr\nsuivi@example.fr")
    let summary = try await installation.run("mail", "--show", "1").output
    #expect(summary.contains("congés") && summary.contains("C. Roux"))
    let ledger = "SELECT count(*) FROM ledger WHERE kind IN ('silence', 'silence-end')"
    #expect(try installation.query(ledger) == "2")
  }

  @Test(
    "is refused with a hint where it makes no sense",
    arguments: [
      (["--until", "2021-04-30"], "never everything"), (["--project", "A"], "--until"),
      (["--project", "A", "--until", "2021-04-14"], "between today"),
      (["--project", "A", "--until", "2022-05-01"], "between today"),
      (["--project", "A", "--until", "soon"], "soon"),
      (["--project", "AA", "--until", "2021-04-30"], "'A'"),
      (["--programme", "PRO", "--until", "2021-04-30"], "'PRG'"),
      (["--kind", "report-overdu", "--until", "2021-04-30"], "'report-overdue'"),
      (["--end", "1", "--project", "A"], "alone"), (["--end", "1"], "no silence 1"),
      (["--end", "x"], "number"),
    ] as [([String], String)])
  func nonsense(words: [String], hint: String) async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-04-15T06:00:00Z")
    let outcome = try await silence(installation, at: "2021-04-15T06:00:00Z", words)
    #expect(outcome.status == 64)
    #expect(outcome.complaint.contains(hint), "\(outcome.complaint)")
    #expect(try installation.query("SELECT count(*) FROM silence") == "0")
  }

  @Test("says who asks, and why", arguments: ["--by", "--reason"])
  func author(option: String) async throws {
    let installation = try await Installation.adopted(["A"])
    let words = ["silence", "--project", "A", "--until", "2100-01-01", option, "x"]
    #expect(try await installation.run(words).status == 64)
  }
}
