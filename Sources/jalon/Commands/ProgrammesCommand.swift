import JalonCore
import JalonFormats
import JalonPages
import JalonRound

/// `jalon programmes`: the funding schemes, and what is enforced of each.
struct ProgrammesCommand: Command {
  static let help = CommandHelp(
    name: "programmes", summary: "Show the programmes: facts, rules enforced, and their source.",
    synopsis: "[--format text|markdown]", words: 0...0,
    options: [.init("--format", "text|markdown", "text (default), or markdown for documentation")],
    details: "The adopted programmes; those of the portfolio folder where none is adopted yet.",
    example: "jalon programmes --format markdown > programmes.md")

  private let isMarkdown: Bool

  init(_ arguments: Arguments) throws(Failure) {
    let format = try arguments.one("--format") ?? "text"
    guard ["text", "markdown"].contains(format) else {
      throw Failure(.usage, "--format '\(format)' is not known: use text or markdown")
    }
    isMarkdown = format == "markdown"
  }

  func run(_ program: Program) throws -> ExitStatus {
    var programmes = Array(try Schemes.adopted(program).values)
    if programmes.isEmpty {
      let files = try PortfolioFolder.read(program.configuration.portfolio)
        .filter { $0.kind == .programme }
      let draft = Draft(files: files.map { ($0.path, $0.bytes) })
      guard draft.result.errors.isEmpty else {
        for problem in draft.result.errors {
          Output.complain(ProblemsPage.line(problem, in: program.language))
        }
        return .finding
      }
      programmes = draft.programmes.compactMap(\.value)
    }
    let page = ProgrammesPage(programmes, in: program.language)
    try Output.write(isMarkdown ? page.markdown : page.text(width: Output.width))
    return .done
  }
}
