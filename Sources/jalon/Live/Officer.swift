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

  private let author: Author
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    author = Author(
      name: try arguments.needed("--by", for: "who is kept for good"), user: Program.user,
      reason: try arguments.needed("--reason", for: "why is kept for good"))
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
