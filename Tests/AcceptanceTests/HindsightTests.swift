import Foundation
import JalonTesting
import Testing

/// SPEC §4 and §8: the two clocks, held against what the program itself printed at the time.
@Suite("What was printed once is printed again years later, whatever has come since")
struct HindsightTests {
  /// One thing that happens to a project.
  private enum Event: CaseIterable {
    case report, correct, rejected, decide, takeBack, waive, unwaive, contest, uncontest, amend
  }

  private static let opening: [Event] = [.report, .waive, .decide, .contest, .amend]
  private static let why = ["--by", "C. Roux", "--reason", "essai"]

  /// An answer as it was given, and the question that has to give it again.
  private struct Answer {
    let question: [String]
    let text: String
  }

  @Test(
    "through random reports, corrections, decisions, waivers, contests and amended plans",
    arguments: [1, 2, 3] as [UInt64])
  func hindsight(seed: UInt64) async throws {
    let installation = try await Installation.adopted(["A", "B"], at: "2021-01-02T06:00:00Z")
    var dice = SplitMix64(seed: seed)
    var answers: [Answer] = []
    var done: Set<String> = []
    for step in 0..<14 {
      let day = Date(timeIntervalSince1970: 1_617_260_400 + Double(step) * 12 * 86_400)
      // First something of everything that there is to take back, then whatever comes.
      let event =
        step < Self.opening.count
        ? Self.opening[step] : Event.allCases[Int(dice.next() % UInt64(Event.allCases.count))]
      if try await happen(event, to: installation, at: day, &dice) { done.insert("\(event)") }
      answers.append(try await ask(installation, at: day.addingTimeInterval(3_600)))
    }
    #expect(done.count > Self.opening.count, "only \(done) happened: this proves little")
    for answer in answers {
      let again = try await installation.run(answer.question)
      #expect(again.output == answer.text, "\(answer.question)")
    }
  }

  /// What `evaluate` prints now, and how to ask for it later.
  private func ask(_ installation: Installation, at moment: Date) async throws -> Answer {
    let outcome = try await installation.run(
      at: moment.formatted(.iso8601), "evaluate", "--json", "--dry-run")
    let head = try outcome.json(Head.self)
    return Answer(
      question: ["evaluate", "--json", "--as-of", head.asOf, "--known-at", head.knownAt],
      text: outcome.output)
  }

  private struct Head: Decodable {
    let asOf: String
    let knownAt: String
  }

  /// Lets something happen; whether the program let it.
  private func happen(
    _ event: Event, to installation: Installation, at day: Date, _ dice: inout SplitMix64
  ) async throws -> Bool {
    let value = 60 + Int(dice.next() % 90)
    // The second quarter is over, and can be reported, from July on.
    let isJuly = day.timeIntervalSince1970 > 1_625_200_000
    let quarter = 1 + (isJuly ? Int(dice.next() % 2) : 0)
    var words: [String]
    switch event {
    case .report, .correct, .rejected:
      let figure = event == .rejected ? "beaucoup" : "\(value)"
      let text =
        SmallPortfolio.header + "2021-Q\(quarter);agents;;\(figure);;;\n"
        + (event == .correct ? ";;;;M1;2021-03-\(10 + value % 20);\n" : "")
      words = ["ingest", "--project", "A", try installation.write(text, to: "r\(value).csv").path]
    case .decide:
      words = ["decide", "A", "P1", value % 2 == 0 ? "release" : "withhold", "--anyway"] + Self.why
    case .takeBack: words = ["decide", "A", "P1", "--take-back"] + Self.why
    case .waive: words = ["waive", "A", "P1", "threshold:agents"] + Self.why
    case .unwaive: words = ["waive", "A", "P1", "threshold:agents", "--take-back"] + Self.why
    case .contest: words = ["contest", "A", "agents", "2021-Q\(quarter)"] + Self.why
    case .uncontest:
      words = ["contest", "A", "agents", "2021-Q\(quarter)", "--take-back"] + Self.why
    case .amend:
      try installation.draw("projects/A.json", SmallPortfolio.project("A", min: "\(value)"))
      words = ["adopt"] + Self.why
    }
    let outcome = try await installation.run(
      words, environment: try FakeClock.at(day.formatted(.iso8601)))
    return outcome.status == 0
  }
}
