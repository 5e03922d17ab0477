import JalonCore
import JalonFormats
import JalonPages
import JalonRound

/// An officer at the shell: what the commands that record an act have in common.
struct Officer {
  static let options: [CommandHelp.Option] = [
    .init("--by", "WHO", "who, as a label; the user of the operating system is kept beside it"),
    .init("--reason", "WHY", "why: kept for good"),
    .init("--json", nil, "print JSON"),
  ]

  /// Those of a second person, who has nothing to add to why it was asked for.
  static let secondOptions: [CommandHelp.Option] = [
    options[0], .init("--reason", "WHY", "a word on it, if there is one: kept for good"),
    options[2],
  ]

  private let author: Author
  private let isJSON: Bool

  init(_ arguments: Arguments, isSecond: Bool = false) throws(Failure) {
    let name = try arguments.needed("--by", for: "who is kept for good")
    let reason =
      isSecond
      ? try arguments.one("--reason") ?? ""
      : try arguments.needed("--reason", for: "why is kept for good")
    author = Author(name: name, user: Program.user, reason: reason)
    isJSON = arguments.has("--json")
  }

  /// Records an act about a project, and shows it.
  func perform(
    _ deed: OfficerAct.Deed, about project: String, anyway: Bool = false, in program: Program
  ) throws -> OfficerAct {
    let act = try deciding(program).perform(
      deed, about: project, by: author, way: .shell, anyway: anyway)
    try show([act], program)
    return act
  }

  /// Confirms an act, and shows it.
  func confirm(_ number: Int64, in program: Program) throws -> OfficerAct {
    let act = try deciding(program).confirm(number, by: author, way: .shell)
    try show([act], program)
    return act
  }

  private func deciding(_ program: Program) throws -> Deciding {
    Deciding(try program.notebook(), program.world, program.terms, now: Clock.now)
  }

  private func show(_ acts: [OfficerAct], _ program: Program) throws {
    let page = ActsPage(in: program.language)
    if isJSON {
      try Output.write(page.json(acts).indented)
    } else {
      try Output.write(page.text(acts, width: Output.width))
    }
  }
}
