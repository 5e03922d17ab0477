import Foundation
import Testing

/// The sample portfolio, adopted, with all its history carried over once for every test here.
enum SampleHistory {
  struct Replay: Sendable {
    let installation: Installation
    let failures: [String]
    let rejected: [String]
  }

  private static let replay = Task { try await run() }

  static func replayed() async throws -> Replay { try await replay.value }

  private static func run() async throws -> Replay {
    let installation = try Installation()
    try installation.configure(
      #"{"portfolio": "\#(Place.samplePortfolio.path)", "locale": "fr"}"#)
    let adopted = try await installation.adopt()
    var failures = adopted.status == 0 ? [] : [adopted.complaint]
    var rejected: [String] = []
    let list = try String(
      contentsOf: Place.samples.appendingPathComponent("received.txt"), encoding: .utf8)
    for line in list.split(separator: "\n") {
      let fields = line.split(separator: ";").map(String.init)
      let file = Place.samples.appendingPathComponent(fields[2])
      let outcome = try await installation.run(
        "ingest", "--project", fields[1], "--received-at", fields[0], "--json", file.path)
      if outcome.status == 1 { rejected.append(outcome.output) }
      if outcome.status > 1 { failures.append("\(line): \(outcome.complaint)") }
    }
    return Replay(installation: installation, failures: failures, rejected: rejected)
  }
}

@Suite("Two years of the sample portfolio, replayed", .serialized)
struct ReplayTests {
  @Test(
    "every gate stands where the samples say",
    arguments: [
      ("expected.csv", ["--as-of", "2022-10-25"]),
      ("expected-2023-02-28.csv", ["--as-of", "2023-02-28"]),
      ("expected-2023-02-28.csv", []),
      ("expected-2022-07-20.csv", ["--as-of", "2022-07-20", "--known-at", "2022-07-20T06:00:00Z"]),
    ])
  func gates(file: String, question: [String]) async throws {
    let replay = try await SampleHistory.replayed()
    #expect(replay.failures == [])
    let expected = try String(
      contentsOf: Place.samples.appendingPathComponent(file), encoding: .utf8)
    let outcome = try await replay.installation.run(["evaluate", "--json"] + question)
    let found = try outcome.json(Evaluation.self)
    #expect(found.lines == expected.split(separator: "\n").dropFirst().map(String.init))
  }

  @Test(
    "what people read is as agreed",
    arguments: [
      ("flags.txt", ["flags"]), ("flags.json", ["flags", "--json"]),
      ("explain-campus-002-p2.txt", ["explain", "CAMPUS-002", "P2"]),
      ("explain-itn3-004-p2.json", ["explain", "ITN3-004", "P2", "--json"]),
      ("status-campus-009.txt", ["status", "CAMPUS-009"]),
    ])
  func pages(file: String, command: [String]) async throws {
    let replay = try await SampleHistory.replayed()
    let outcome = try await replay.installation.run(
      command + ["--as-of", "2022-10-25", "--known-at", "2026-01-01T00:00:00Z"])
    #expect(outcome.status == 0)
    try expect(outcome.output, isWhat: file)
  }

  @Test("a withheld gate is explained by the rows behind it, file and line")
  func explanation() async throws {
    struct Explanation: Decodable {
      struct Reason: Decodable {
        let id: String
        let status: String
        let figures: [Figure]
      }
      struct Figure: Decodable {
        let period: String?
        let value: String?
        let file: String
        let line: Int
      }
      let reasons: [Reason]
    }
    let replay = try await SampleHistory.replayed()
    let outcome = try await replay.installation.run(
      "explain", "CAMPUS-009", "P2", "--as-of", "2022-10-25", "--json")
    let reason = try #require(
      try outcome.json(Explanation.self).reasons.first {
        $0.id == "threshold:agents-atteints:agents-vises"
      })
    #expect(reason.figures.isEmpty == false)
    for figure in reason.figures {
      let path = Place.samples.appendingPathComponent("depots/CAMPUS-009/" + figure.file)
      // Latin-1 reads any byte; the figures are plain digits in every encoding of this team.
      let text = try String(contentsOf: path, encoding: .isoLatin1)
      let line = text.components(separatedBy: "\r\n")[figure.line - 1]
      let value = try #require(figure.value)
      #expect(line.filter { $0.isNumber || $0 == ";" }.contains(";\(value)"))
    }
  }

  @Test("two broken files are rejected, with every error in the order of the lines")
  func rejections() async throws {
    let replay = try await SampleHistory.replayed()
    let receipts = try replay.rejected.flatMap {
      try JSONDecoder().decode([Receipt].self, from: Data($0.utf8))
    }
    #expect(receipts.map(\.file) == ["2021-08-09-juillet.csv", "2021-10-12-bilan-T3.csv"])
    #expect(
      receipts.first?.errors.map { "\($0.line ?? 0) \($0.code) \($0.text)" } == [
        "2 value 1.234,5", "3 indicator-unknown depense", "4 period-cadence 2021-T2",
        "5 period-future 2031-07", "7 profile-unknown platau", "8 value NC", "9 evidence sûr",
        "11 date 31/06/2021", "12 milestone-unknown M9",
      ])
    #expect(receipts.last.map { Set($0.codes) } == ["project-foreign"])
  }

  @Test("the evaluation ends with status 1 when asked to tell, and something is flagged")
  func exitCode() async throws {
    let replay = try await SampleHistory.replayed()
    let flagged = try await replay.installation.run(
      "evaluate", "--exit-code", "--as-of", "2022-10-25")
    #expect(flagged.status == 1)
    let early = try await replay.installation.run(
      "evaluate", "--exit-code", "--as-of", "2021-02-01")
    #expect(early.status == 0)
  }
}

/// Compares with a file of `Expected/`; `JALON_WRITE_EXPECTED=1` writes it instead.
private func expect(_ found: String, isWhat file: String) throws {
  // Only the instant of adoption is another one in every run.
  let found = found.replacing(/\d{4}-\d{2}-\d{2}T[\d:]+\.\d+Z/, with: "<adopted>")
  let path = Place.expected.appendingPathComponent(file)
  if ProcessInfo.processInfo.environment["JALON_WRITE_EXPECTED"] == "1" {
    try Data(found.utf8).write(to: path)
  }
  let expected = try String(contentsOf: path, encoding: .utf8)
  #expect(found == expected, "Expected/\(file)")
}
