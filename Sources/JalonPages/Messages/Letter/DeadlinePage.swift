import JalonCore

/// A deadline in words.
struct DeadlinePage {
  let deadline: Deadline
  let figures: Figures

  /// Such as `SNAP3-017 : dernier jour pour envoyer la remontée`.
  var summary: String { deadline.project + figures.colon + what }

  /// Such as `dernier jour pour envoyer la remontée : Postes équipés`.
  var what: String {
    let title = deadline.title.shown(upTo: Limit.title)
    return switch deadline.matter {
    case .report:
      figures.say("dernier jour pour la remontée", "last day for the report")
    case .milestone(let id):
      figures.say("jalon \(id)", "milestone \(id)") + " (\(title))"
    case .gate(let phase):
      figures.say("passage de la phase \(phase)", "gate of phase \(phase)") + " (\(title))"
    case .verdict(let phase):
      figures.say(
        "dernier délai du passage de la phase \(phase)", "deadline of the gate of phase \(phase)")
        + " (\(title))"
    }
  }

  /// What else there is to know, a line each.
  var description: [String] {
    var lines = [deadline.project + " — " + deadline.projectTitle.shown(upTo: Limit.title)]
    switch deadline.matter {
    case .report(let due):
      lines.append(
        figures.say("Remontée due le ", "Report due on ") + figures.day(due)
          + figures.say(
            ", dernier jour du délai de grâce : ", ", last day of grace: ")
          + figures.day(deadline.day))
      lines.append(figures.say("Indicateurs : ", "Indicators: ") + deadline.title)
    case .milestone:
      lines.append(
        figures.say(
          "Une fois le jalon atteint, envoyez sa date comme une remontée.",
          "Once the milestone is reached, send its date as you send a report."))
    case .gate, .verdict:
      break
    }
    if case .verdict = deadline.matter {
      lines.append(
        figures.say(
          "Après ce jour, ce qui manque encore fait suspendre le financement.",
          "After this day, what is still missing has the money withheld."))
    }
    if let funds = deadline.fundsAtStake, funds > .zero {
      lines.append(figures.say("En jeu : ", "At stake: ") + figures.euros(funds))
    }
    return lines
  }
}
