import JalonCore
import JalonFormats
import JalonRound

/// `jalon contest`: sets one figure aside.
struct ContestCommand: Command {
  static let help = CommandHelp(
    name: "contest", summary: "Set a team's figure aside until the team replaces it.",
    synopsis: "PROJECT INDICATOR PERIOD --by WHO --reason WHY [--take-back]", words: 3...3,
    options: Officer.options + [.init("--take-back", nil, "let the figure count again")],
    details: "It counts as not reported, and due that day, until a file gives another value.",
    example: "jalon contest SNAP3-017 postes 2021-06 --by 'C. Roux' --reason 'constat sur place'")

  private let project: String
  private let deed: OfficerAct.Deed
  private let officer: Officer

  init(_ arguments: Arguments) throws(Failure) {
    project = arguments.words[0]
    let text = arguments.words[2]
    guard let period = PeriodNotation.read(text) else {
      throw Failure(.usage, "'\(text)' is not a period: write it as 2021-03, 2021-Q1 or 2021")
    }
    deed = .contest(
      indicator: arguments.words[1], period, isTakenBack: arguments.has("--take-back"))
    officer = try Officer(arguments)
  }

  func run(_ program: Program) throws -> ExitStatus {
    _ = try officer.perform(deed, about: project, in: program)
    return .done
  }
}
