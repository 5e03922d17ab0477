import JalonCore
import JalonRound

/// `jalon decide`: records the follow-up team's decision about a gate.
struct DecideCommand: Command {
  static let help = CommandHelp(
    name: "decide", summary: "Record a decision about a gate: release or withhold.",
    synopsis: "PROJECT PHASE release|withhold --by WHO --reason WHY [--anyway]", words: 2...3,
    options: Officer.options + [
      .init("--anyway", nil, "although the verdict has changed, or another decision stands"),
      .init("--take-back", nil, "instead of a verdict: what was decided counts no more"),
    ],
    details: "Nothing is ever edited: a later decision is a new entry, and so is taking one back.\n"
      + "Where a second person is asked for, it has no effect until 'jalon confirm'.",
    example: "jalon decide SNAP3-017 P1 withhold --by 'C. Roux' --reason 'jalon M2 non atteint'")

  private let project: String
  private let deed: OfficerAct.Deed
  private let goesOnAnyway: Bool
  private let officer: Officer

  init(_ arguments: Arguments) throws(Failure) {
    project = arguments.words[0]
    let word = arguments.words.count > 2 ? arguments.words[2] : nil
    let takesBack = arguments.has("--take-back")
    let verdict = word.flatMap { Verdict(rawValue: $0) }
    guard takesBack ? word == nil : verdict != nil else {
      throw Failure(
        .usage, "decide what: release or withhold, or --take-back alone (\(Self.help.usageLine))")
    }
    deed = .decide(phase: arguments.words[1], verdict)
    goesOnAnyway = arguments.has("--anyway")
    officer = try Officer(arguments)
  }

  func run(_ program: Program) throws -> ExitStatus {
    _ = try officer.perform(deed, about: project, anyway: goesOnAnyway, in: program)
    return .done
  }
}
