public import JalonCore

/// A gate whose recommendation changes.
public struct RecommendationChange: Sendable {
  let project: String
  let phase: String
  let before: Recommendation?
  let now: Recommendation
  let fundsAtStake: Quantity

  /// A change; nothing stood before a gate's first judgement.
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

  /// Such as `SNAP3-017 P1 : en attente → suspendre (450 000 €)`.
  func line(_ figures: Figures) -> String {
    let before = before.map(figures.word) ?? "—"
    return "\(project) \(phase)\(figures.colon)\(before) → \(figures.word(now)) "
      + "(\(figures.euros(fundsAtStake)))"
  }
}
