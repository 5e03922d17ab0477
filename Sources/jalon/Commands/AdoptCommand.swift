import JalonFormats
import JalonPages
import JalonRound

/// `jalon adopt`: makes the portfolio's folder count.
struct AdoptCommand: Command {
  static let help = CommandHelp(
    name: "adopt", summary: "Make the portfolio folder count: keep each changed file as a version.",
    synopsis: "--by WHO --reason WHY [--dry-run] [PROJECT…]", words: 0...10_000,
    options: [
      .init("--by", "WHO", "who adopts"), .init("--reason", "WHY", "why"),
      .init("--dry-run", nil, "only print what would change"),
      .init("--json", nil, "print JSON"),
    ],
    details: "A file that does not pass is refused by name, and its last adopted version stands.\n"
      + "Exit status 1 when a file was refused.",
    example: "jalon adopt --by 'C. Roux' --reason 'avenant n° 2' SNAP3-017")

  private let author: Author?
  private let only: [String]
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    let isDryRun = arguments.has("--dry-run")
    author =
      isDryRun
      ? nil
      : Author(
        name: try arguments.needed("--by", for: "who adopts is kept for good"),
        user: Program.user,
        reason: try arguments.needed("--reason", for: "why is kept for good"))
    only = arguments.words
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let adoption = Adoption(
      try program.notebook(), program.world,
      files: try PortfolioFolder.read(program.configuration.portfolio), now: Clock.now)
    let report = try adoption.run(author: author, only: only)
    let page = AdoptionPage(report, isDryRun: author == nil, in: program.language)
    for problem in report.errors + report.warnings {
      Output.complain(ProblemsPage.line(problem, in: program.language))
    }
    if isJSON { try Output.write(page.json.indented) } else { try Output.write(page.text) }
    return report.refused.isEmpty ? .done : .finding
  }
}
