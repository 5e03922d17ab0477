import JalonCore
import JalonPages
import JalonRound

/// `jalon explain`: why a gate stands where it stands, down to file and line.
struct ExplainCommand: Command {
  static let help = CommandHelp(
    name: "explain", summary: "Show why a gate stands where it stands, down to file and line.",
    synopsis: "PROJECT PHASE [--as-of D] [--known-at T] [--json]", words: 2...2,
    options: [
      .init("--as-of", "DATE", "the day to judge (default: the civil day of what is known)"),
      .init("--known-at", "INSTANT", "with what had been received by then (default: now)"),
      .init("--json", nil, "print JSON"),
    ],
    example: "jalon explain SNAP3-017 P1 --as-of 2021-07-20")

  private let project: String
  private let phase: String
  private let asOf: Day?
  private let knownAt: Instant?
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    project = arguments.words[0]
    phase = arguments.words[1]
    asOf = try arguments.day("--as-of")
    knownAt = try arguments.instant("--known-at")
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let question = program.question(asOf, knownAt)
    let explanation = try program.evaluation(question).explain(project, phase)
    let page = ExplanationPage(explanation, in: program.language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
    return .done
  }
}
