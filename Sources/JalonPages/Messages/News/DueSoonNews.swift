import JalonCore

/// A friendly word to the team, ten days ahead.
struct DueSoonNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let last: Day
  let missing: [(indicator: String, expected: ExpectedPeriod)]
  let milestones: [Milestone]

  private var figures: Figures { context.figures }
  private var lastDay: String { figures.day(last) }

  private var left: String {
    let days = Int(last.number) - Int(context.day.number)
    return days > 0 ? figures.say(", dans ", ", in ") + figures.days(days) : ""
  }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.plain, figures.say("Bientôt", "Soon"))
  }

  var gist: Gist {
    let titles = milestones.map { $0.title.shown(upTo: Limit.subjectTitle) }
    guard !missing.isEmpty else {
      return Gist(
        head: figures.say("jalon attendu le \(lastDay)", "milestone due on \(lastDay)"),
        tail: titles.first.map { titles.count > 1 ? $0 + "…" : $0 })
    }
    return Gist(
      head: figures.say("à envoyer au plus tard le \(lastDay)", "to be sent by \(lastDay)"),
      tail: figures.count(
        missing.count, ("chiffre attendu", "chiffres attendus"),
        ("figure expected", "figures expected")))
  }

  var lines: [LetterItem.Line] {
    var lines: [LetterItem.Line] = []
    if !missing.isEmpty {
      lines.append(
        .text(
          figures.say(
            "À envoyer le \(lastDay) au plus tard\(left) :", "To be sent by \(lastDay)\(left):")))
      lines += figures.bullets(missing, of: plan)
    }
    if !milestones.isEmpty {
      lines.append(
        .text(
          figures.say(
            "À atteindre le \(lastDay) au plus tard\(left) :", "To be reached by \(lastDay)\(left):"
          )))
      lines += milestones.prefix(20).map { .bullet("\($0.id) — \($0.title)") }
    }
    return lines + [
      .action(action),
      .text(
        figures.say(
          "Si c’est déjà fait, tout va bien : il n’y a rien d’autre à faire.",
          "If you have done so already, all is well: there is nothing else to do.")),
    ]
  }

  private var action: String {
    guard !missing.isEmpty else {
      return figures.say(
        "Une fois le jalon atteint, déposez un fichier qui le dit \(context.whereToSend).",
        "Once the milestone is reached, send a file that says so \(context.whereToSend).")
    }
    return context.hasTemplate
      ? figures.say(
        "Complétez le modèle joint et déposez-le \(context.whereToSend).",
        "Fill in the file attached and send it \(context.whereToSend).")
      : figures.say(
        "Déposez un fichier \(context.whereToSend).", "Send a file \(context.whereToSend).")
  }

  var end: String { figures.say("échéance du \(lastDay)", "due on \(lastDay)") }
  var endLines: [LetterItem.Line] {
    [.text(figures.say("Plus rien n’est attendu.", "Nothing is expected any more."))]
  }
}
