import JalonCore
import JalonFormats
import JalonPages
import JalonStore

/// `jalon help`: texts about the program, which need neither configuration nor state.
///
/// No ``Command``: a broken configuration must not stand between a person and the help.
enum HelpCommand {
  static let help = CommandHelp(
    name: "help", summary: "Show the commands, or one of them; print the manual and completions.",
    synopsis: "[COMMAND] | --man PAGE | --completion SHELL | --names KIND", words: 0...1,
    options: [
      .init(
        "--man", Manual.pages.map(\.file).joined(separator: "|"), "print a manual page, as roff"),
      .init(
        "--completion", Shell.allCases.map(\.rawValue).joined(separator: "|"),
        "print what makes a shell complete commands, options and ids"),
      .init("--names", "projects|programmes", "print the ids adopted, for completions"),
    ],
    details:
      "The package installs all of them; after a build of your own, this is how to get them.",
    example: "jalon help --man jalon.json.5 | man -l -")

  static func run(_ arguments: Arguments, configuration: String?) throws -> ExitStatus {
    if let file = try arguments.one("--man") {
      guard let page = Manual.pages.first(where: { $0.file == file })?.page else {
        throw HelpCommand.unknown(file, of: "--man", among: Manual.pages.map(\.file))
      }
      try Output.write(page().roff)
    } else if let name = try arguments.one("--completion") {
      guard let shell = Shell(rawValue: name) else {
        throw HelpCommand.unknown(
          name, of: "--completion", among: Shell.allCases.map(\.rawValue))
      }
      try Output.write(shell.completion)
    } else if let kind = try arguments.one("--names") {
      let kinds: [String: PortfolioKind] = ["projects": .project, "programmes": .programme]
      guard let kind = kinds[kind] else {
        throw HelpCommand.unknown(kind, of: "--names", among: kinds.keys.sorted())
      }
      try writeNames(kind, try Program(configurationFile: configuration))
    } else if let name = arguments.words.first {
      guard let help = everyHelp.first(where: { $0.name == name }) else {
        throw Failure.unknownCommand(name)
      }
      try Output.write(help.text)
    } else {
      try Output.write(overview)
    }
    return .done
  }

  /// The ids adopted: nothing is created, and nobody is waited for, while somebody types.
  private static func writeNames(_ kind: PortfolioKind, _ program: Program) throws {
    let notebook = try Connection(
      path: program.configuration.state + "/jalon.sqlite", readOnly: true, patience: 500)
    let names = try notebook.versions.latest(of: kind).map(\.object).sorted()
    try Output.write(names.map { $0 + "\n" }.joined())
  }

  private static func unknown(_ name: String, of option: String, among known: [String]) -> Failure {
    Failure(.usage, "\(option) '\(name)' is none of \(known.joined(separator: ", "))")
  }

  /// The whole text of `jalon --help`.
  static var overview: String {
    let width = everyHelp.map { $0.name.count }.max() ?? 0
    let list = everyHelp.map { help in
      let name = help.name
      return "  " + name + String(repeating: " ", count: width - name.count + 2) + help.summary
    }
    return """
      Jalon checks the reports of publicly funded projects against the gates between their phases,
      and flags the projects whose next-phase funding should be withheld.

      usage: jalon [--config FILE] COMMAND …

      commands:
      \(list.joined(separator: "\n"))

      'jalon COMMAND --help' tells more, with an example; so does jalon(1), where it is installed.

      """
  }
}

/// What every command says of itself, in the order of the overview.
let everyHelp = commands.map { $0.help } + [HelpCommand.help]

extension Failure {
  /// No command of that name, with what comes nearest.
  static func unknownCommand(_ name: String) -> Failure {
    let near = nearestName(to: name, among: everyHelp.map(\.name))
    let hint = near.map { "; did you mean '\($0)'?" } ?? ""
    return Failure(.usage, "no command '\(name)'\(hint) (see 'jalon --help')")
  }
}
