public import JalonCore

/// What changed a gate's verdict between two instants (`explain --diff`).
public struct ComparisonPage: Sendable {
  private let comparison: GateComparison
  private let figures: Figures

  /// The page of a comparison.
  public init(_ comparison: GateComparison, in language: Language) {
    self.comparison = comparison
    figures = Figures(language)
  }

  /// The comparison for programs.
  public var json: JSONText {
    .object(
      [
        ("project", .string(comparison.plan.project.id)), ("phase", .string(comparison.phase)),
      ] + ComparisonJSON(comparison: comparison).members)
  }

  /// The comparison for a terminal.
  public func text(width: Int) -> String {
    var lines = [title, ""] + verdicts.map { "- " + $0 }
    for section in sections.sections {
      lines += ["", section.title] + section.lines.map { "- " + $0 }
    }
    return (lines + closing).map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  /// The comparison for a letter.
  public var markdown: String {
    var lines = ["# " + Markdown.plain(title), ""] + verdicts.map { "- " + Markdown.plain($0) }
    for section in sections.sections {
      lines += ["", "## " + section.title, ""]
      lines += section.lines.map { "- " + Markdown.plain($0) }
    }
    return (lines + closing).joined(separator: "\n") + "\n"
  }

  private var sections: ComparisonSections {
    ComparisonSections(comparison: comparison, figures: figures)
  }

  private var title: String {
    let project = comparison.plan.project
    return figures.say(
      "\(project.id)  \(project.title), passage de la phase \(comparison.phase) : ce qui a changé",
      "\(project.id)  \(project.title), gate of phase \(comparison.phase): what changed")
  }

  private var verdicts: [String] {
    [
      verdict(comparison.before, comparison.questions.before),
      verdict(comparison.after, comparison.questions.after),
    ]
  }

  private func verdict(
    _ gate: GateJudgement?, _ question: GateComparison.Question
  ) -> String {
    let said = sections.verdict(gate)
    return figures.say(
      "jugé au \(figures.day(question.asOf)), connu au \(question.knownAt) : \(said)",
      "as of \(figures.day(question.asOf)), known at \(question.knownAt): \(said)")
  }

  private var closing: [String] {
    guard comparison.difference.criteria.isEmpty else { return [] }
    return [
      "", figures.say("Aucun critère ne change.", "No criterion changes."),
    ]
  }
}
