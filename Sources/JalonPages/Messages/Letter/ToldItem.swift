import JalonCore

extension ToldNews {
  /// The news as a letter shows it.
  var item: LetterItem {
    let mark = page.mark
    var lines = isOver ? page.endLines : page.lines
    if let why { lines.insert(.text(why), at: 0) }
    return LetterItem(
      tone: isOver ? .good : mark.tone, label: label(mark.label), title: title, lines: lines)
  }

  private var figures: Figures { context.figures }

  private func label(_ word: String) -> String {
    if isOver { return figures.say("Fin d’alerte", "Alert over") }
    return switch context.decision.action {
    case .repeat: figures.say("Rappel · ", "Reminder · ") + word
    case .mention: figures.say("Pour mémoire · ", "For the record · ") + word
    default: word
    }
  }

  /// Such as `SNAP3-017 — Postes de travail`.
  private var title: String {
    let key = context.key
    guard let plan else {
      return [key.project, key.subject].first { !$0.isEmpty } ?? "Jalon"
    }
    return plan.project.id + " — " + plan.project.title
  }

  /// The day on which it began.
  private var first: Day? { Day(context.decision.alert.beganAt.description.prefix(10)) }

  /// Why it is told now, where that is not plain.
  private var why: String? {
    switch context.decision.reason {
    case .stillHolds:
      return first.map {
        figures.say(
          "Rappel : signalé pour la première fois le \(figures.day($0)).",
          "Reminder: first flagged on \(figures.day($0)).")
      }
    case .alongside:
      return first.map {
        figures.say(
          "Pour mémoire : signalé pour la première fois le \(figures.day($0)), et toujours en cours.",
          "For the record: first flagged on \(figures.day($0)), and still so.")
      }
    case .lasted(let days):
      return figures.say(
        "En retard depuis \(figures.days(days)) : vous êtes prévenus à votre tour.",
        "Late for \(figures.days(days)): now you are told as well.")
    case .endedUntold:
      return figures.say(
        "Cette alerte a commencé et pris fin sans que vous en ayez été prévenus.",
        "This alert began and ended without your being told.")
    case .silenceEnded:
      return isOver
        ? figures.say("Elle a pris fin pendant le silence.", "It ended during the silence.")
        : figures.say("Elle dure encore à la fin du silence.", "It still holds after the silence.")
    default: return nil
    }
  }
}
