import JalonCore

/// A correction turned the recommendation under a decision.
struct ContradictionNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let gate: GateJudgement
  let then: Recommendation

  private var figures: Figures { context.figures }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.alarm, figures.say("Décision contredite", "Decision contradicted"))
  }

  var gist: Gist {
    Gist(
      head: figures.say("décision contredite, ", "decision contradicted, ")
        + figures.funds(of: gate),
      tail: decided
        + figures.say(
          ", l’avis est maintenant « \(figures.word(gate.recommendation)) »",
          ", now recommended: \(figures.word(gate.recommendation))"))
  }

  /// Such as `débloquer (décidé)`.
  private var decided: String { figures.effective(gate) }

  /// Such as `Décision du 02/07/2021 au passage de la phase P1 : débloquer`.
  private var decision: String {
    let day = gate.decision.map { figures.say(" du ", " of ") + figures.day($0.on) } ?? ""
    let verdict = gate.decision?.verdict == .withhold ? Recommendation.withhold : .release
    return figures.say("Décision", "Decision") + day
      + figures.say(
        " au passage de la phase \(gate.phase) : ", " at the gate of phase \(gate.phase): ")
      + figures.word(verdict)
  }

  var lines: [LetterItem.Line] {
    let page = CriterionPage(plan, in: figures.language)
    let letter = VerdictPage(plan: plan, gate: gate, figures: figures).letter
    let unmet = gate.criteria.filter { $0.status == .unmet }.prefix(20)
    let lines: [LetterItem.Line] = [
      .text(
        decision
          + figures.say(
            " ; l’avis était alors « \(figures.word(then)) ».",
            "; the recommendation then was “\(figures.word(then))”.")),
      .text(
        figures.say("L’avis a changé depuis : ", "The recommendation has changed since: ") + letter
          + "."
          + figures.say(" En jeu : ", " At stake: ") + figures.funds(of: gate) + "."),
    ]
    return lines + unmet.map { .bullet(page.sentence($0)) } + [
      .action(
        figures.say(
          "Votre décision reste en vigueur tant que vous n’en prenez pas une autre. "
            + "Ce qui a changé, jusqu’au fichier et à la ligne :",
          "Your decision stands until you take another one. "
            + "What has changed, down to file and line:")),
      .command("jalon explain \(plan.project.id) \(gate.phase)"),
    ]
  }

  var end: String {
    figures.say("passage \(gate.phase)", "gate \(gate.phase)") + figures.colon
      + figures.say("avis et décision concordent", "recommendation and decision agree")
  }

  var endLines: [LetterItem.Line] {
    [
      .text(
        figures.say(
          "Passage de la phase \(gate.phase) : l’avis ne contredit plus la décision. "
            + "Maintenant : \(figures.effective(gate)).",
          "Gate of phase \(gate.phase): the recommendation no longer contradicts the decision. "
            + "Now: \(figures.effective(gate))."))
    ]
  }
}
