import JalonCore

/// Where a gate stands.
struct GateNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let gate: GateJudgement

  private var figures: Figures { context.figures }
  private var unmet: [Criterion] { gate.criteria.filter { $0.status == .unmet } }
  private var letter: String { VerdictPage(plan: plan, gate: gate, figures: figures).letter }

  var mark: (tone: LetterItem.Tone, label: String) {
    switch context.key.kind {
    case .gateAtRisk: (.warning, figures.say("À risque", "At risk"))
    case .gateReleased: (.good, figures.say("Débloquer", "Release"))
    default:
      gate.discretionary
        ? (.alarm, figures.say("Suspension possible", "May be withheld"))
        : (.alarm, figures.say("Suspendre", "Withhold"))
    }
  }

  var gist: Gist {
    let funds = figures.funds(of: gate)
    let count = figures.count(
      unmet.count, ("critère non rempli", "critères non remplis"),
      ("criterion unmet", "criteria unmet"))
    switch context.key.kind {
    case .gateAtRisk:
      let last = figures.day(gate.deadline)
      return Gist(
        head: figures.say("à risque avant le \(last), ", "at risk by \(last), ") + funds,
        tail: count)
    case .gateReleased:
      let crossed = figures.day(gate.crossed ?? gate.date)
      return Gist(
        head: figures.say("débloquer ", "release ") + funds,
        tail: figures.say("passage franchi le ", "gate crossed on ") + crossed)
    default:
      let head =
        gate.discretionary
        ? figures.say("suspension possible de ", "may withhold ")
        : figures.say("suspendre ", "withhold ")
      return Gist(head: head + funds, tail: count)
    }
  }

  var lines: [LetterItem.Line] {
    [.text(place), .text(standing)] + criteria + next
  }

  /// Such as `Passage de la phase P1 (Essai), le 30/06/2021 ; en jeu : 450 000 € (phase P2)`.
  private var place: String {
    gateName(figures.say("Passage", "Gate")) + figures.say(", le ", ", ") + figures.day(gate.date)
      + figures.say(". En jeu : ", ". At stake: ") + figures.funds(of: gate) + "."
  }

  private func gateName(_ opening: String) -> String {
    let title = plan.phases.first { $0.id == gate.phase }?.title
    let name = title.map { "\(gate.phase) (\($0))" } ?? gate.phase
    return opening + figures.say(" de la phase ", " of phase ") + name
  }

  private var standing: String {
    let verdict = figures.say("Avis : ", "Recommendation: ") + letter
    switch context.key.kind {
    case .gateReleased: return verdict + "."
    case .gateAtRisk:
      let last = figures.day(gate.deadline)
      let left = Int(gate.deadline.number) - Int(context.day.number)
      let days = left > 0 ? figures.say(" (dans ", " (in ") + figures.days(left) + ")" : ""
      return verdict + ", \(context.since). "
        + figures.say(
          "Sans changement, ce sera « suspendre » après le \(last)",
          "Unless something changes, it will be “withhold” after \(last)") + days + "."
    default: return verdict + ", \(context.since)."
    }
  }

  private var criteria: [LetterItem.Line] {
    guard context.key.kind != .gateReleased else { return [] }
    let page = CriterionPage(plan, in: figures.language)
    let most = 20
    let lines = unmet.prefix(most).map { LetterItem.Line.bullet(page.sentence($0)) }
    return lines + (unmet.count > most ? [.bullet(figures.others(unmet.count - most))] : [])
  }

  private var next: [LetterItem.Line] {
    let last = figures.day(gate.deadline)
    if context.isForTeam {
      return [
        .action(
          figures.say(
            "Déposez ce qui manque \(context.whereToSend) : l’avis est revu à chaque remontée.",
            "Send what is missing \(context.whereToSend): each report is judged anew."))
      ]
    }
    let action =
      switch context.key.kind {
      case .gateAtRisk:
        figures.say(
          "L’équipe a jusqu’au \(last) ; un mot de vous peut suffire. Tout le détail :",
          "The team has until \(last); a word from you may be enough. In full:")
      default:
        figures.say(
          "La décision vous revient. Tout le détail, jusqu’au fichier et à la ligne :",
          "The decision is yours. In full, down to file and line:")
      }
    return [context.team(plan), .action(action), .command(explain)].compactMap { $0 }
  }

  private var explain: String { "jalon explain \(plan.project.id) \(gate.phase)" }

  // MARK: Once it is over

  var end: String {
    figures.say("passage \(gate.phase)", "gate \(gate.phase)") + figures.colon + standingNow
  }

  private var standingNow: String { figures.effective(gate) }

  var endLines: [LetterItem.Line] {
    let what =
      context.key.kind == .gateAtRisk
      ? figures.say("n’est plus à risque", "is no longer at risk")
      : figures.say("n’est plus à suspendre", "is no longer to be withheld")
    var lines: [LetterItem.Line] = [
      .text(
        "\(gateName(figures.say("Le passage", "The gate"))) \(what). "
          + figures.say("Maintenant : ", "Now: ") + standingNow + ".")
    ]
    if let decision = gate.decision {
      lines.append(
        .text(figures.say("Décision du ", "Decision of ") + figures.day(decision.on) + "."))
    }
    guard !context.isForTeam else { return lines }
    return lines + [.action(figures.say("Tout le détail :", "In full:")), .command(explain)]
  }
}
