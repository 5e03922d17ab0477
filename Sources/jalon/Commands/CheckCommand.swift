import JalonFormats
import JalonPages
import JalonRound

/// `jalon check`: what is wrong, or doubtful, in the portfolio's folder.
struct CheckCommand: Command {
  static let help = CommandHelp(
    name: "check", summary: "Check the portfolio folder; changes nothing.",
    synopsis: "[--strict] [--json]",
    words: 0...0,
    options: [
      .init("--strict", nil, "take broken funding rules for errors, not warnings"),
      .init("--json", nil, "print JSON"),
    ],
    details: "Every error is reported at once. Exit status 1 when there are errors.",
    example: "jalon check --strict")

  private let isStrict: Bool
  private let isJSON: Bool

  init(_ arguments: Arguments) {
    isStrict = arguments.has("--strict")
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let files = try PortfolioFolder.read(program.configuration.portfolio)
    let result = Draft(files: files.map { ($0.path, $0.bytes) }, strict: isStrict).result
    if isJSON {
      let page = ProblemsPage.json(
        errors: result.errors, warnings: result.warnings, in: program.language)
      try Output.write(page.indented)
    } else {
      try Output.write(
        ProblemsPage.text(
          errors: result.errors, warnings: result.warnings, files: files.count,
          in: program.language))
    }
    return result.errors.isEmpty ? .done : .finding
  }
}
