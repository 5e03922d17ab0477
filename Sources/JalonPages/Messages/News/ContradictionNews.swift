import JalonCore

/// A correction turned the recommendation under a decision.
struct ContradictionNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let gate: GateJudgement
  let then: Recommendation

  private var figures: Figures { context.figures }

  /// What is recommended now for the day of the decision, where it is not what is recommended today.
  private var corrected: Recommendation? {
    gate.reconsidered.flatMap { $0 == gate.recommendation ? nil : $0 }
  }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.alarm, figures.say("Décision contredite", "Decision contradicted"))
  }

  var gist: Gist {
    Gist(
      head: figures.say("décision contredite, ", "decision contradicted, ")
        + figures.funds(of: gate),
      tail: decided + turn)
  }

  /// The recommendation that is held against it.
  private var turn: String {
    if isSameAgain, let corrected {
      return figures.say(
        ", l’avis de ce jour-là est devenu « \(figures.word(corrected)) »",
        ", now recommended for that day: \(figures.word(corrected))")
    }
    return figures.say(
      ", l’avis est maintenant « \(figures.word(gate.recommendation)) »",
      ", now recommended: \(figures.word(gate.recommendation))")
  }

  /// Whether today's recommendation tells of no contradiction: it is what stood, or what was decided.
  private var isSameAgain: Bool {
    gate.recommendation == then || gate.recommendation.rawValue == gate.decision?.verdict.rawValue
  }

  /// Such as `débloquer (décidé)`.
  private var decided: String {
    let verdict = gate.decision?.verdict == .withhold ? Recommendation.withhold : .release
    return figures.word(verdict) + figures.say(" (décidé)", " (decided)")
  }

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
        change + letter + "."
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

  /// What leads up to today's recommendation.
  private var change: String {
    guard let corrected else {
      return figures.say("L’avis a changé depuis : ", "The recommendation has changed since: ")
    }
    let word = figures.word(corrected)
    return figures.say(
      "Avec ce que l’on sait maintenant, il aurait été « \(word) ». Avis du jour : ",
      "With what is known now it would have been “\(word)”. Recommended today: ")
  }

  var end: String {
    figures.say("passage \(gate.phase)", "gate \(gate.phase)") + figures.colon
      + figures.say(
        "plus rien ne contredit la décision", "nothing contradicts the decision any more")
  }

  var endLines: [LetterItem.Line] {
    [
      .text(
        figures.say(
          "Passage de la phase \(gate.phase) : plus aucune correction ne contredit la décision. "
            + "Maintenant : \(figures.effective(gate)).",
          "Gate of phase \(gate.phase): no correction contradicts the decision any more. "
            + "Now: \(figures.effective(gate))."))
    ]
  }
}
