public import JalonCore

/// What an adoption did, or would do.
public struct AdoptionReport: Sendable {
  /// Paths of files never adopted before.
  public var added: [String] = []
  /// Paths of files that differ from their adopted version.
  public var changed: [String] = []
  /// How many files are as adopted.
  public var unchanged = 0
  /// Ids adopted once whose file has gone; they stay in force.
  public var gone: [String] = []
  /// Paths of files that were refused.
  public var refused: [String] = []
  /// Why they were.
  public var errors: [PortfolioProblem] = []
  /// What is doubtful in the adopted ones.
  public var warnings: [PortfolioProblem] = []
  /// What of adopted projects does not fit a changed programme, and does not hold it up.
  public var unfit: [UnfitProject] = []
  /// Gates whose recommendation changes.
  public var changes: [RecommendationChange] = []

  /// Nothing done.
  public init() {}
}

/// What an adoption did, for programs and for people.
public struct AdoptionPage: Sendable {
  private let report: AdoptionReport
  private let isDryRun: Bool
  private let figures: Figures

  /// The page of an adoption.
  public init(_ report: AdoptionReport, isDryRun: Bool, in language: Language) {
    self.report = report
    self.isDryRun = isDryRun
    figures = Figures(language)
  }

  /// The adoption for programs.
  public var json: JSONText {
    .object([
      ("dryRun", .bool(isDryRun)), ("added", .texts(report.added)),
      ("changed", .texts(report.changed)), ("unchanged", .int(report.unchanged)),
      ("gone", .texts(report.gone)), ("refused", .texts(report.refused)),
      ("errors", ProblemsPage.array(report.errors, in: figures.language)),
      ("warnings", ProblemsPage.array(report.warnings, in: figures.language)),
      ("unfit", .array(report.unfit.map { $0.json(in: figures.language) })),
      ("recommendations", .array(report.changes.map(json))),
    ])
  }

  private func json(_ change: RecommendationChange) -> JSONText {
    .object([
      ("project", .string(change.project)), ("phase", .string(change.phase)),
      ("before", .text(change.before?.rawValue)), ("now", .string(change.now.rawValue)),
      ("fundsAtStake", .text(change.fundsAtStake)),
    ])
  }

  /// The adoption for a terminal.
  public var text: String {
    var lines: [String] = []
    let adopted =
      (isDryRun ? figures.say("à adopter", "to adopt") : figures.say("adopté", "adopted"))
      + figures.colon
    lines += report.added.map { adopted + $0 + figures.say(" (nouveau)", " (new)") }
    lines += report.changed.map { adopted + $0 + figures.say(" (modifié)", " (changed)") }
    lines += report.refused.map { figures.say("refusé : ", "refused: ") + $0 }
    lines += report.gone.map {
      figures.say(
        "fichier disparu : \($0) (sa version adoptée reste en vigueur ; « stopped » arrête un projet)",
        "file gone: \($0) (its adopted version stays in force; “stopped” ends a project)")
    }
    lines += report.unfit.map { $0.sentence(figures) }
    lines.append(
      figures.count(
        report.unchanged, ("fichier inchangé", "fichiers inchangés"),
        ("file unchanged", "files unchanged")))
    lines += report.changes.map { $0.line(figures) }
    return lines.joined(separator: "\n") + "\n"
  }
}
