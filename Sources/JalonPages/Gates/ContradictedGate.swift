public import JalonCore

/// A decision whose recommendation a later correction has turned.
public struct ContradictedGate: Sendable {
  let project: String
  let phase: String
  private let decision: Decision
  private let then: Recommendation
  /// What is recommended now for the day of the decision.
  private let corrected: Recommendation
  private let now: Recommendation
  private let funds: Quantity

  /// `nil` where nothing contradicts what was decided.
  public init?(_ project: String, _ gate: GateJudgement) {
    guard let decision = gate.decision, let then = gate.contradicted else { return nil }
    self.project = project
    phase = gate.phase
    self.decision = decision
    self.then = then
    corrected = gate.reconsidered ?? gate.recommendation
    now = gate.recommendation
    funds = gate.fundsAtStake
  }

  /// For programs.
  var json: JSONText {
    .object([
      ("project", .string(project)), ("phase", .string(phase)),
      ("decision", .string(decision.verdict.rawValue)), ("on", .text(decision.on)),
      ("recommendedThen", .string(then.rawValue)), ("corrected", .string(corrected.rawValue)),
      ("recommendedNow", .string(now.rawValue)),
      ("fundsAtStake", .text(funds)),
    ])
  }

  /// For a person.
  func sentence(_ figures: Figures) -> String {
    let verdict = figures.word(decision.verdict == .release ? Recommendation.release : .withhold)
    let day = figures.day(decision.on)
    return "\(project) \(phase)\(figures.colon)"
      + figures.say(
        "« \(verdict) » décidé le \(day) sur l’avis « \(figures.word(then)) »",
        "“\(verdict)” decided on \(day) when “\(figures.word(then))” was recommended")
      + correction(figures)
      + figures.say(
        "l’avis est maintenant « \(figures.word(now)) »", "now it is “\(figures.word(now))”")
      + " (\(figures.euros(funds)))"
  }

  /// What a correction makes of that day's recommendation, where today's is yet another one.
  private func correction(_ figures: Figures) -> String {
    guard corrected != now else { return figures.say(" ; ", "; ") }
    let word = figures.word(corrected)
    return figures.say(
      " ; une correction fait de cet avis « \(word) », et ",
      "; a correction makes that “\(word)”, and ")
  }
}
