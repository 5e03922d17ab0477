import JalonCore

/// A milestone is late beyond grace.
struct MilestoneNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let id: String
  let criterion: Criterion?

  private var figures: Figures { context.figures }
  private var milestone: Milestone? { plan.milestones.first { $0.id == id } }
  private var title: String { milestone?.title ?? id }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.warning, figures.say("Jalon en retard", "Milestone overdue"))
  }

  var gist: Gist {
    let due = milestone.map { figures.say(", échéance ", ", due ") + figures.day($0.due) } ?? ""
    return Gist(
      head: figures.say("jalon en retard", "milestone overdue"),
      tail: title.shown(upTo: Limit.subjectTitle) + due)
  }

  private var sentence: String {
    if let criterion { return CriterionPage(plan, in: figures.language).sentence(criterion) }
    return figures.say("Jalon ", "Milestone ") + "\(id) (\(title))"
  }

  var lines: [LetterItem.Line] {
    let opening = LetterItem.Line.text(sentence + ", " + lateSince + ".")
    guard context.isForTeam else {
      return [
        opening, context.team(plan),
        .action(
          figures.say(
            "Prenez contact avec l’équipe. Où en est le projet :",
            "Get in touch with the team. Where the project stands:")),
        .command("jalon status \(plan.project.id)"),
      ].compactMap { $0 }
    }
    return [
      opening,
      .action(
        figures.say(
          "S’il est atteint, déposez un fichier qui le dit \(context.whereToSend) : une ligne avec \(id) dans la "
            + "colonne « jalon » et le jour dans la colonne « date ». Sinon, dites à votre équipe "
            + "de suivi quand il le sera.",
          "If it is reached, send a file that says so \(context.whereToSend): a row with \(id) in the column "
            + "“milestone” and the day in the column “date”. If it is not, tell your follow-up team "
            + "when it will be.")),
    ]
  }

  private var lateSince: String { figures.say("en retard ", "late ") + context.since }

  var end: String {
    let name = figures.say("jalon ", "milestone ") + title.shown(upTo: Limit.subjectTitle)
    guard criterion == nil else { return name }
    return name + figures.say(", plus attendu", ", no longer expected")
  }

  var endLines: [LetterItem.Line] {
    guard criterion == nil else { return [.text(sentence + ".")] }
    return [
      .text(
        sentence
          + figures.say(
            " : n’est plus attendu, le projet est arrêté ou son plan a changé.",
            ": no longer expected; the project has stopped, or its plan has changed."))
    ]
  }
}
