import JalonCore
import JalonPages
import JalonRound

/// `jalon confirm`: the second person's word.
struct ConfirmCommand: Command {
  static let help = CommandHelp(
    name: "confirm", summary: "Give an act its effect, as a second person; or list what waits.",
    synopsis: "[ID --by WHO [--reason WHY]]", words: 0...1, options: Officer.secondOptions,
    details:
      "Whoever asked for an act cannot confirm it: the user of the operating system counts,\n"
      + "or the officer whose door it came through. Without ID: what waits for a second person.",
    example: "jalon confirm 12 --by 'D. Faure'")

  private let confirmed: (number: Int64, officer: Officer)?
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    isJSON = arguments.has("--json")
    guard let text = arguments.words.first else {
      confirmed = nil
      return
    }
    guard let number = Int64(text), number > 0 else {
      throw Failure(.usage, "'\(text)' is not an act's number: jalon confirm lists what waits")
    }
    confirmed = (number, try Officer(arguments, isSecond: true))
  }

  func run(_ program: Program) throws -> ExitStatus {
    guard let confirmed else { return try list(program) }
    let act = try confirmed.officer.confirm(confirmed.number, in: program)
    try ExpungeCommand.remove(act, program)
    return .done
  }

  private func list(_ program: Program) throws -> ExitStatus {
    let waiting = try program.notebook().acts.waiting()
    let page = ActsPage(in: program.language)
    let figures = Figures(program.language)
    if isJSON {
      try Output.write(page.json(waiting).indented)
    } else if waiting.isEmpty {
      try Output.write(
        figures.say("Rien n’attend de confirmation.\n", "Nothing waits to be confirmed.\n"))
    } else {
      try Output.write(page.text(waiting, width: Output.width))
    }
    return .done
  }
}
