import JalonCore
import JalonRound

/// `jalon waive`: drops one criterion of one gate.
struct WaiveCommand: Command {
  static let help = CommandHelp(
    name: "waive", summary: "Drop one criterion of one gate (dérogation).",
    synopsis: "PROJECT PHASE CRITERION --by WHO --reason WHY [--take-back]", words: 3...3,
    options: Officer.options + [
      .init("--take-back", nil, "ask for the criterion again")
    ],
    details: "CRITERION is an id as 'jalon explain' shows it, such as milestone:M1.",
    example: "jalon waive SNAP3-017 P1 milestone:M1 --by 'C. Roux' --reason 'avenant en cours'")

  private let project: String
  private let deed: OfficerAct.Deed
  private let officer: Officer

  init(_ arguments: Arguments) throws(Failure) {
    project = arguments.words[0]
    deed = .waive(
      phase: arguments.words[1], criterion: arguments.words[2],
      isTakenBack: arguments.has("--take-back"))
    officer = try Officer(arguments)
  }

  func run(_ program: Program) throws -> ExitStatus {
    _ = try officer.perform(deed, about: project, in: program)
    return .done
  }
}
