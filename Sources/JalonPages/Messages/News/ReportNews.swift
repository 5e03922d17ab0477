import JalonCore

/// Reports are late beyond grace.
struct ReportNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  /// In order; one at least.
  let dues: [Day]
  let missing: [(indicator: String, expected: ExpectedPeriod)]

  private var figures: Figures { context.figures }
  private var dueDay: String {
    guard dues.count > 1 else { return figures.say("échéance ", "due ") + first }
    return figures.say("échéances du \(first) au \(last)", "due from \(first) to \(last)")
  }
  private var first: String { figures.day(dues[0]) }
  private var last: String { figures.day(dues[dues.count - 1]) }
  private var count: String {
    figures.count(
      dues.count, ("remontée en retard", "remontées en retard"),
      ("report overdue", "reports overdue"))
  }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.warning, figures.say("En retard", "Overdue"))
  }

  var gist: Gist {
    let head = figures.say("remontée en retard", "report overdue")
    return Gist(head: dues.count > 1 ? count : head, tail: dueDay)
  }

  var lines: [LetterItem.Line] {
    let inTime = figures.day(dues[0].adding(days: plan.graceDays))
    let figuresMissing = figures.count(
      missing.count, ("chiffre manque", "chiffres manquent"),
      ("figure is missing", "figures are missing"))
    let report =
      dues.count > 1
      ? count
        + figures.say(
          ", la première due le \(first), dernier jour le \(inTime) ; ",
          ", the first due on \(first), last day \(inTime); ")
      : figures.say(
        "Remontée due le \(first), dernier jour le \(inTime) ; ",
        "Report due on \(first), last day \(inTime); ")
    let opening = LetterItem.Line.text(report + figuresMissing + ", \(context.since).")
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

  /// A report may be over without having come: its project has stopped, or its gate is released.
  private var isMoot: Bool { !missing.isEmpty }

  var end: String {
    isMoot
      ? figures.say("remontée plus attendue, ", "report no longer expected, ") + dueDay
      : figures.say("remontée à jour, ", "report up to date, ") + dueDay
  }

  var endLines: [LetterItem.Line] { [.text(isMoot ? moot : complete)] }

  private var complete: String {
    dues.count > 1
      ? figures.say(
        "Rien ne manque plus des \(dues.count) remontées dues du \(first) au \(last).",
        "Nothing is missing any more of the \(dues.count) reports due from \(first) to \(last).")
      : figures.say(
        "Rien ne manque plus de la remontée due le \(first).",
        "Nothing is missing any more of the report due on \(first).")
  }

  private var moot: String {
    figures.say(
      "Cette remontée, due le \(first), n’est plus attendue : le projet est arrêté, ou le passage "
        + "de sa phase est débloqué.",
      "This report, due on \(first), is no longer expected: the project has stopped, or the gate "
        + "of its phase is released.")
  }
}
