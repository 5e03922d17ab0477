public import JalonCore

/// What an evaluation found, in a few lines for a terminal.
public struct EvaluationSummaryPage: Sendable {
  private let day: Day
  private let knownAt: Instant
  private let figures: Figures

  /// A page about an evaluation as of a day.
  public init(asOf day: Day, knownAt: Instant, in language: Language) {
    self.day = day
    self.knownAt = knownAt
    figures = Figures(language)
  }

  /// The summary: counts by recommendation, then each change.
  public func text(
    projects: Int, flagged: Int, counts: [Recommendation: Int], changes: [RecommendationChange]
  ) -> String {
    let gates = Recommendation.allCases.compactMap { recommendation in
      counts[recommendation].map { figures.word(recommendation) + " " + figures.whole($0) }
    }
    var lines = [
      figures.say("Au \(figures.day(day)) : ", "As of \(figures.day(day)): ")
        + figures.count(projects, ("projet", "projets"), ("project", "projects")) + ", "
        + figures.count(
          flagged, ("financement à suspendre", "financements à suspendre"),
          ("payment to withhold", "payments to withhold")) + ".",
      figures.say("Passages : ", "Gates: ") + gates.joined(separator: ", ") + ".",
    ]
    lines += changes.map { $0.line(figures) }
    return lines.joined(separator: "\n") + "\n"
  }
}
