import Foundation
import Testing

@Suite("Questions about now and then", .serialized)
struct QuestionTests {
  /// Everything that asking could have recorded.
  private func recorded(_ installation: Installation) throws -> String {
    try installation.query(
      """
      SELECT (SELECT count(*) FROM ledger), (SELECT count(*) FROM recommendation),
        (SELECT count(*) FROM evaluation)
      """)
  }

  @Test("what was known before a correction gives the verdict of that time")
  func knownAt() async throws {
    let installation = try await Installation.adopted()
    _ = try await installation.ingest(
      SmallPortfolio.report(120), to: "A", at: "2021-07-05T08:00:00Z")
    _ = try await installation.ingest(
      SmallPortfolio.report(90), to: "A", at: "2021-08-02T08:00:00Z")
    let then = try await installation.evaluate(
      "--as-of", "2021-08-20", "--known-at", "2021-08-02T07:59:59Z")
    #expect(then.recommendation("A", "P1") == "release")
    let now = try await installation.evaluate("--as-of", "2021-08-20")
    #expect(now.recommendation("A", "P1") == "withhold")
    #expect(now.asOf == "2021-08-20")
    let day = try await installation.evaluate("--known-at", "2021-07-05T23:30:00Z")
    #expect(day.asOf == "2021-07-06", "the civil day in Paris")
  }

  @Test(
    "a dry run and a question about the past record nothing",
    arguments: [
      ["evaluate", "--dry-run"], ["evaluate", "--as-of", "2021-08-01"],
      ["evaluate", "--known-at", "2021-08-01T00:00:00Z"], ["flags"], ["status"], ["status", "A"],
      ["explain", "A", "P1"], ["template", "A"], ["check"],
    ])
  func recordsNothing(words: [String]) async throws {
    let installation = try await Installation.adopted()
    let before = try recorded(installation)
    #expect(try await installation.run(words).status == 0)
    #expect(try recorded(installation) == before)
    #expect(try await installation.run("evaluate").status == 0)
    #expect(try recorded(installation) != before)
  }

  @Test("asked about today, an evaluation records as without a day; about any other day it prints")
  func today() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-07-05T08:00:00Z")
    let before = try recorded(installation)
    // A quarter past midnight in Paris: the 21st is today, the 20th over, the 22nd to come.
    let clock = try FakeClock.at("2021-07-20T22:15:00Z")
    for day in ["2021-07-20", "2021-07-22"] {
      let outcome = try await installation.run(["evaluate", "--as-of", day], environment: clock)
      #expect(outcome.status == 0)
      #expect(try recorded(installation) == before, "\(day)")
    }
    let now = ["evaluate", "--as-of", "2021-07-21", "--known-at", "2021-07-20T22:15:00Z"]
    #expect(try await installation.run(now, environment: clock).status == 0)
    #expect(try recorded(installation) == before, "what was known is given")
    let outcome = try await installation.run(
      ["evaluate", "--as-of", "2021-07-21"], environment: clock)
    #expect(outcome.status == 0)
    #expect(try recorded(installation) != before)
    #expect(try installation.query("SELECT count(*) FROM evaluation") == "1")
    #expect(try installation.told().contains("suivi@example.fr fire gate-withhold A"))
  }

  @Test("the status tells a program when something is flagged, if asked to")
  func exitCode() async throws {
    let installation = try await Installation.adopted()
    #expect(try await installation.run("evaluate", "--exit-code").status == 1)
    #expect(try await installation.run("evaluate").status == 0)
    for id in ["A", "B"] {
      _ = try await installation.ingest(SmallPortfolio.report(), to: id)
    }
    #expect(try await installation.run("evaluate", "--exit-code").status == 0)
  }

  @Test("history is carried over in order: an instant before the latest one is refused")
  func receivedBefore() async throws {
    let installation = try await Installation.adopted()
    _ = try await installation.ingest(SmallPortfolio.report(), to: "A", at: "2021-07-05T08:00:00Z")
    let file = try installation.write(SmallPortfolio.report(130), to: "late.csv")
    let words = ["ingest", "--project", "A", file.path, "--received-at"]
    let outcome = try await installation.run(words + ["2021-07-05T07:59:59Z"])
    #expect(outcome.status == 64)
    #expect(outcome.complaint.contains("2021-07-05T08:00:00Z"))
    #expect(try installation.query("SELECT count(*) FROM submission") == "1")
    #expect(try await installation.run(words + ["2021-07-05T08:00:00Z"]).status == 0)
  }

  @Test("a file may come by standard input, and tell its project itself")
  func standardInput() async throws {
    let installation = try await Installation.adopted()
    let text = "projet;periode;indicateur;valeur\nB;2021-Q1;agents;40\n"
    let outcome = try await installation.run("ingest", "-", "--json", input: text)
    #expect(outcome.status == 0)
    let receipts = try outcome.json([Receipt].self)
    #expect(receipts.map(\.project) == ["B"])
    #expect(receipts.map(\.status) == ["accepted"])
    let nobody = try await installation.run(
      "ingest", "-", "--json", input: SmallPortfolio.report())
    #expect(nobody.status == 1)
    #expect(try nobody.json([Receipt].self).first.map { Set($0.codes) } == ["project-unknown"])
  }

  @Test("several files are answered in order, and one rejection is status 1")
  func several() async throws {
    let installation = try await Installation.adopted()
    let good = try installation.write(SmallPortfolio.report(), to: "good.csv")
    let bad = try installation.write("nonsense\n", to: "bad.csv")
    let outcome = try await installation.run(
      "ingest", "--project", "A", good.path, bad.path, good.path, "--json")
    #expect(outcome.status == 1)
    let receipts = try outcome.json([Receipt].self)
    #expect(receipts.map(\.status) == ["accepted", "rejected", "duplicate"])
    #expect(receipts.last?.duplicateOf == receipts.first?.receipt)
  }

  @Test("a figure too large to compute fails its own project, and the others are judged")
  func overflow() async throws {
    let installation = try await Installation.adopted()
    let project = SmallPortfolio.project("X")
      .replacing(#""kind": "level","#, with: #""kind": "flow", "across": "mean","#)
      .replacing(#""decimals": 0"#, with: #""decimals": 6, "cadence": "monthly""#)
      .replacing("2020-12-01", with: "2009-12-01").replacing("2021-01-01", with: "2010-01-01")
    try installation.draw("projects/X.json", project)
    let adopted = try await installation.adopt()
    #expect(adopted.status == 0)
    // The sum of many means whose weights have nothing in common: thousands of digits.
    var text = "periode;indicateur;profil;valeur;poids\n"
    for month in 0..<132 {
      let period = "\(2010 + month / 12)-M\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
      text +=
        "\(period);agents;siege;1.000001;\(999_999_937 - month * 7_919).\(100_003 + month * 101)\n"
      text +=
        "\(period);agents;terrain;2;\(123_456_789 + month * 104_729).\(700_001 + month * 37)\n"
    }
    let file = try installation.write(text, to: "huge.csv")
    let ingested = try await installation.run("ingest", "--project", "X", file.path)
    #expect(ingested.output.contains("ACCEPTED"))
    _ = try await installation.ingest(SmallPortfolio.report(), to: "A")
    let outcome = try await installation.run("evaluate", "--json")
    #expect(outcome.status == 70)
    #expect(outcome.complaint.contains("project X"))
    let evaluation = try outcome.json(Evaluation.self)
    #expect(evaluation.recommendation("A", "P1") == "release")
    #expect(evaluation.recommendation("B", "P1") == "withhold")
  }
}
