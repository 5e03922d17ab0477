import JalonCore

/// A measure strays strongly from its forecast.
struct DeviationNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let id: String
  let criterion: Criterion?

  private var figures: Figures { context.figures }
  private var title: String { plan.indicator(id)?.title ?? id }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.warning, figures.say("Écart fort", "Strong deviation"))
  }

  var gist: Gist {
    Gist(
      head: figures.say("écart fort avec la prévision", "strong deviation from the forecast"),
      tail: title.shown(upTo: Limit.subjectTitle))
  }

  private var sentence: String {
    criterion.map { CriterionPage(plan, in: figures.language).sentence($0) } ?? title
  }

  var lines: [LetterItem.Line] {
    let opening = LetterItem.Line.text(sentence + ", \(context.since).")
    guard context.isForTeam else {
      return [
        opening, context.team(plan),
        .action(
          figures.say(
            "Demandez à l’équipe ce qui l’explique. Où en est le projet :",
            "Ask the team what explains it. Where the project stands:")),
        .command("jalon status \(plan.project.id)"),
      ].compactMap { $0 }
    }
    return [
      opening,
      .action(
        figures.say(
          "Le chiffre est faux ? Déposez un fichier corrigé \(context.whereToSend). Il est juste ? "
            + "Dites à votre équipe de suivi ce qui explique l’écart.",
          "Is the figure wrong? Send a corrected file \(context.whereToSend). Is it right? "
            + "Tell your follow-up team what explains the deviation.")),
    ]
  }

  var end: String {
    title.shown(upTo: Limit.subjectTitle)
      + figures.say(" : plus d’écart fort", ": no strong deviation any more")
  }

  var endLines: [LetterItem.Line] {
    let now = criterion == nil ? "" : figures.say(" Maintenant : ", " Now: ") + sentence + "."
    return [
      .text(
        title + figures.colon
          + figures.say(
            "plus d’écart fort avec la prévision.",
            "no strong deviation from the forecast any more."
          ) + now)
    ]
  }
}
