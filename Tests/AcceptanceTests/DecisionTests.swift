import Foundation
import Testing

@Suite("Decisions: recorded with why, contradicted by a correction, taken back by a new entry")
struct DecisionTests {
  private static let why = ["--by", "C. Roux", "--reason", "vu en comité"]

  private func run(
    _ installation: Installation, at instant: String, _ words: String...
  ) async throws -> Outcome {
    try await installation.run(words, environment: try FakeClock.at(instant))
  }

  private func decide(
    _ installation: Installation, at instant: String, _ words: String...
  ) async throws -> Outcome {
    try await installation.run(
      ["decide"] + words + Self.why, environment: try FakeClock.at(instant))
  }

  /// A is withheld since 16 July 2021, and somebody has looked.
  private func withheld() async throws -> Installation {
    let installation = try await Installation.adopted(["A"], at: "2021-01-02T06:00:00Z")
    try await installation.succeeds(at: "2021-07-20T06:00:00Z", "evaluate")
    return installation
  }

  @Test("a decision clears the flag, and is shown with who, why and what was recommended then")
  func release() async throws {
    let installation = try await withheld()
    let outcome = try await decide(
      installation, at: "2021-07-21T06:00:00Z", "A", "P1", "release", "--json")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(#""stood": "withhold""#), "\(outcome.output)")
    let flags = try await run(installation, at: "2021-07-22T06:00:00Z", "flags")
    #expect(flags.output.contains("No payment to withhold"))
    let status = try await run(installation, at: "2021-07-22T06:00:00Z", "status", "A").output
    #expect(status.contains("release (decided)") && status.contains("vu en comité"))
    #expect(status.contains("C. Roux") && status.contains("Recommended then: withhold"))
    let before = try await run(
      installation, at: "2021-07-22T06:00:00Z", "flags", "--known-at", "2021-07-20T12:00:00Z")
    #expect(before.output.contains("1 payment to withhold"), "what was known then still is")
  }

  @Test("a correction that turns the recommendation is shown in flags and status, and told")
  func contradicted() async throws {
    let installation = try await withheld()
    _ = try await decide(installation, at: "2021-07-21T06:00:00Z", "A", "P1", "withhold")
    try await file(installation, "2021-03-12;", at: "2021-10-05T06:00:00Z")
    let flags = try await run(installation, at: "2021-10-06T06:00:00Z", "flags").output
    #expect(flags.contains("A P1: “withhold” decided on 2021-07-21"), "\(flags)")
    #expect(flags.contains("now it is “release”"))
    let status = try await run(installation, at: "2021-10-06T06:00:00Z", "status", "A").output
    #expect(status.contains("withhold (decided, contradicted since)"))
    let subjects = try installation.query("SELECT subject FROM message")
    #expect(subjects.contains("contradict"), "\(subjects)")
  }

  /// Both quarters in time, and the milestone.
  private func file(
    _ installation: Installation, _ reach: String, at instant: String
  ) async throws {
    let report = try installation.write(
      SmallPortfolio.header + """
        2021-Q1;agents;;140;;;
        2021-Q2;agents;;150;;;
        2021-Q1;depenses;;1;;;
        2021-Q2;depenses;;1;;;
        ;;;;M1;\(reach)

        """, to: "report-\(instant).csv")
    let outcome = try await run(
      installation, at: instant, "ingest", "--project", "A", report.path)
    try #require(outcome.status == 0, "\(outcome.output)\(outcome.complaint)")
  }

  /// Whether somebody was told that a decision is contradicted.
  private func isTold(_ installation: Installation) throws -> Bool {
    try installation.told().contains { $0.contains("fire decision-contradicted A") }
  }

  @Test("time alone contradicts nothing: a release while pending, and no file ever comes")
  func onlyTime() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-01-02T06:00:00Z")
    try await installation.succeeds(at: "2021-03-01T06:00:00Z", "evaluate")
    let decided = try await decide(
      installation, at: "2021-03-02T06:00:00Z", "A", "P1", "release", "--json")
    #expect(decided.output.contains(#""stood": "pending""#), "\(decided.output)")
    for instant in ["2021-03-03T06:00:00Z", "2021-07-20T06:00:00Z", "2021-09-20T06:00:00Z"] {
      try await installation.succeeds(at: instant, "evaluate")
      let flags = try await run(installation, at: instant, "flags", "--json").output
      #expect(flags.contains(#""contradicted": []"#), "\(flags)")
      let status = try await run(installation, at: instant, "status", "A").output
      #expect(status.contains("(decided)"), "\(status)")
    }
    #expect(try !isTold(installation))
  }

  @Test("a milestone withdrawn within the grace contradicts a release, the same day")
  func withdrawn() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-01-02T06:00:00Z")
    try await file(installation, "2021-03-12", at: "2021-07-02T06:00:00Z")
    try await installation.succeeds(at: "2021-07-05T06:00:00Z", "evaluate")
    let decided = try await decide(
      installation, at: "2021-07-05T07:00:00Z", "A", "P1", "release", "--json")
    #expect(decided.output.contains(#""stood": "release""#), "\(decided.output)")
    let amended = SmallPortfolio.project("A").replacing("2021-03-31", with: "2021-06-30")
    try installation.draw("projects/A.json", amended)
    try await installation.succeeds(
      at: "2021-07-06T06:00:00Z", "adopt", "--by", "C. Roux", "--reason", "avenant")
    #expect(try !isTold(installation), "the milestone is reached all the same")
    try await file(installation, "-", at: "2021-07-08T06:00:00Z")
    let flags = try await run(installation, at: "2021-07-09T06:00:00Z", "flags").output
    #expect(
      flags.contains("“release” decided on 2021-07-05 when “release” was recommended; now it is "),
      "\(flags)")
    try await installation.succeeds(at: "2021-07-09T06:00:00Z", "evaluate")
    #expect(try isTold(installation))
    let later = try await run(installation, at: "2021-08-01T06:00:00Z", "flags", "--json").output
    #expect(later.contains(#""corrected": "pending""#), "\(later)")
    #expect(later.contains(#""recommendedNow": "withhold""#))
    _ = try await decide(
      installation, at: "2021-08-02T06:00:00Z", "A", "P1", "release", "--anyway")
    try await installation.succeeds(at: "2021-08-03T06:00:00Z", "evaluate")
    #expect(try installation.told().contains { $0.contains("resolve decision-contradicted A") })
  }

  @Test("what another officer has decided, or what has changed, is decided over only on purpose")
  func anyway() async throws {
    let installation = try await withheld()
    _ = try await decide(installation, at: "2021-07-21T06:00:00Z", "A", "P1", "withhold")
    let other = try await decide(installation, at: "2021-07-21T06:01:00Z", "A", "P1", "release")
    #expect(other.status == 1 && other.complaint.contains("C. Roux decided withhold"))
    let insisting = try await decide(
      installation, at: "2021-07-21T06:02:00Z", "A", "P1", "release", "--anyway")
    #expect(insisting.status == 0)
    let back = try await decide(
      installation, at: "2021-07-22T06:00:00Z", "A", "P1", "--take-back")
    #expect(back.status == 0)
    #expect(
      try await run(installation, at: "2021-07-23T06:00:00Z", "flags").output.contains("1 payment"))
    #expect(try installation.query("SELECT count(*) FROM act") == "3", "nothing is ever edited")
  }

  @Test(
    "nonsense is refused with what to do, and nothing is recorded",
    arguments: [
      (["decide", "A", "P1", "maybe"], "release or withhold"),
      (["decide", "A", "P7", "release"], "no phase 'P7'"),
      (["decide", "Z", "P1", "release"], "no project 'Z'"),
      (["waive", "A", "P1", "milestone:M9"], "did you mean 'milestone:M1'"),
      (["contest", "A", "agents", "2021-Q1"], "nothing to contest"),
      (["contest", "A", "agents", "hier"], "is not a period"),
      (["expunge", "abc"], "64 hexadecimal digits"),
      (["confirm", "12"], "no act 12"),
    ])
  func nonsense(words: [String], complaint: String) async throws {
    let installation = try await withheld()
    let outcome = try await installation.run(
      words + Self.why, environment: try FakeClock.at("2021-07-21T06:00:00Z"))
    #expect(outcome.status == 64 && outcome.complaint.contains(complaint), "\(outcome)")
    #expect(try installation.query("SELECT count(*) FROM act") == "0")
  }

  @Test("with a second person asked for, a decision waits, and its author cannot confirm it")
  func secondPerson() async throws {
    let installation = try await withheld()
    try installation.configure(#"{"locale": "en", "decisions": {"secondPerson": true}}"#)
    let outcome = try await decide(installation, at: "2021-07-21T06:00:00Z", "A", "P1", "release")
    #expect(outcome.output.contains("Without effect until somebody else confirms it"))
    #expect(
      try await run(installation, at: "2021-07-22T06:00:00Z", "flags").output.contains("1 payment"))
    let waiting = try await run(installation, at: "2021-07-22T06:00:00Z", "confirm").output
    #expect(waiting.contains("phase P1, release"))
    let own = try await installation.run(
      ["confirm", "1"] + Self.why, environment: try FakeClock.at("2021-07-22T06:00:00Z"))
    #expect(own.status == 1 && own.complaint.contains("a second person has to confirm"))
    let silent = try await run(
      installation, at: "2021-07-22T06:00:00Z", "confirm", "1", "--by", "C. Roux")
    #expect(silent.status == 1, "why is for whoever asked to say: \(silent.complaint)")
    let nobody = try await run(installation, at: "2021-07-22T06:00:00Z", "confirm", "1")
    #expect(nobody.status == 64 && nobody.complaint.contains("--by is needed"))
  }

  @Test("expunged bytes leave the archive for good, and the figures that counted stay")
  func expunge() async throws {
    let installation = try await withheld()
    let receipt = try await installation.ingest(SmallPortfolio.report(), to: "A")
    let bytes = installation.folder.appendingPathComponent(
      "state/archive/\(receipt.sha256.prefix(2))/\(receipt.sha256)")
    try #require(FileManager.default.fileExists(atPath: bytes.path))
    let outcome = try await installation.run(["expunge", receipt.sha256] + Self.why)
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(!FileManager.default.fileExists(atPath: bytes.path))
    _ = try await installation.ingest(SmallPortfolio.report(), to: "A")
    #expect(!FileManager.default.fileExists(atPath: bytes.path), "the same bytes come again")
    #expect(try installation.query("SELECT count(*) FROM observation") != "0")
  }
}
