public import JalonCore

/// What an evaluation found, in a few lines for a terminal.
public struct EvaluationSummaryPage: Sendable {
  /// A change of recommendation.
  public struct Change: Sendable {
    let project: String
    let phase: String
    let before: Recommendation?
    let now: Recommendation
    let fundsAtStake: Quantity

    /// A change.
    public init(
      project: String, phase: String, before: Recommendation?, now: Recommendation,
      fundsAtStake: Quantity
    ) {
      self.project = project
      self.phase = phase
      self.before = before
      self.now = now
      self.fundsAtStake = fundsAtStake
    }
  }

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
    projects: Int, flagged: Int, counts: [Recommendation: Int], changes: [Change]
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
    lines += changes.map { change in
      let before = change.before.map(figures.word) ?? "—"
      return
        "\(change.project) \(change.phase)\(figures.colon)\(before) → \(figures.word(change.now)) "
        + "(\(figures.euros(change.fundsAtStake)))"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
