import JalonCore

/// A report is late beyond grace.
struct ReportNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let due: Day
  let missing: [(indicator: String, expected: ExpectedPeriod)]

  private var figures: Figures { context.figures }
  private var dueDay: String { figures.say("échéance ", "due ") + figures.day(due) }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.warning, figures.say("En retard", "Overdue"))
  }

  var gist: Gist {
    Gist(head: figures.say("remontée en retard", "report overdue"), tail: dueDay)
  }

  var lines: [LetterItem.Line] {
    let last = figures.day(due.adding(days: plan.graceDays))
    let count = figures.count(
      missing.count, ("chiffre manque", "chiffres manquent"),
      ("figure is missing", "figures are missing"))
    let opening = LetterItem.Line.text(
      figures.say(
        "Remontée due le \(figures.day(due)), dernier jour le \(last) ; ",
        "Report due on \(figures.day(due)), last day \(last); ")
        + count + ", \(context.since).")
    return [opening] + figures.bullets(missing, of: plan) + next
  }

  private var next: [LetterItem.Line] {
    guard context.isForTeam else {
      return [
        context.team(plan),
        .action(
          figures.say(
            "Prenez contact avec l’équipe. Où en est le projet :",
            "Get in touch with the team. Where the project stands:")),
        .command("jalon status \(plan.project.id)"),
      ].compactMap { $0 }
    }
    let template =
      context.hasTemplate
      ? figures.say(
        "Complétez le modèle joint et déposez-le \(context.whereToSend), dès que possible.",
        "Fill in the file attached and send it \(context.whereToSend), as soon as you can.")
      : figures.say(
        "Déposez un fichier avec ces chiffres \(context.whereToSend), dès que possible.",
        "Send a file with these figures \(context.whereToSend), as soon as you can.")
    return [
      .action(template),
      .text(
        figures.say(
          "Un chiffre ne s’applique pas à vous ? Écrivez « sans objet » à sa place.",
          "A figure does not apply to you? Write “n/a” in its place.")),
    ]
  }

  var end: String { figures.say("remontée à jour, ", "report up to date, ") + dueDay }

  var endLines: [LetterItem.Line] {
    [
      .text(
        figures.say(
          "Rien ne manque plus de la remontée due le \(figures.day(due)).",
          "Nothing is missing any more of the report due on \(figures.day(due))."))
    ]
  }
}
