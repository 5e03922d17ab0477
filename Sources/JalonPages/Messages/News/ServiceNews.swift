import JalonCore

/// No evaluation for days: somebody has to look at the machine.
struct EvaluationMissedNews: NewsPage {
  let context: NewsContext
  let last: Instant?

  private var figures: Figures { context.figures }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.alarm, figures.say("Pas d’évaluation", "No evaluation"))
  }

  private var since: String {
    last.map { figures.say("depuis le ", "since ") + figures.moment($0) }
      ?? figures.say("depuis l’installation", "since the installation")
  }

  var gist: Gist {
    Gist(head: figures.say("aucune évaluation ", "no evaluation ") + since)
  }

  var lines: [LetterItem.Line] {
    [
      .text(
        figures.say(
          "Les passages de phase n’ont pas été évalués \(since). Les avis et les alertes peuvent "
            + "donc dater : ne vous y fiez pas.",
          "Gates have not been evaluated \(since). Recommendations and alerts may be out of date: "
            + "do not rely on them.")),
      .action(
        figures.say(
          "À vérifier sur la machine par qui l’administre, puis à relancer :",
          "To be looked into by whoever runs the machine, then started again:")),
      .command("systemctl status jalon-evaluate.timer jalon-evaluate.service"),
      .command("jalon evaluate"),
    ]
  }

  var end: String { figures.say("évaluation reprise", "evaluation resumed") }
  var endLines: [LetterItem.Line] {
    [
      .text(
        figures.say("Les passages ont de nouveau été évalués", "Gates have been evaluated again")
          + (last.map { figures.say(", le ", ", ") + figures.moment($0) } ?? "") + ".")
    ]
  }
}

/// An address that no message reaches.
struct UndeliverableNews: NewsPage {
  let context: NewsContext
  let message: FailedMessage

  private var figures: Figures { context.figures }
  private var address: String { message.address.shown(upTo: Limit.title) }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.alarm, figures.say("Non distribué", "Not delivered"))
  }

  var gist: Gist {
    Gist(
      head: figures.say("message non distribué à ", "message not delivered to ")
        + message.address.shown(upTo: Limit.subjectTitle))
  }

  var lines: [LetterItem.Line] {
    [
      .text(
        figures.say(
          "Un message pour \(address) n’arrivera pas : personne n’y a lu ce qu’il disait.",
          "A message for \(address) will not arrive: nobody there has read what it said.")),
      .bullet(figures.say("Objet : ", "Subject: ") + message.subject.shown(upTo: Limit.title)),
      .bullet(figures.say("Écrit le ", "Written ") + figures.moment(message.queuedAt)),
      .bullet(
        figures.say("Réponse du serveur : ", "The server’s answer: ")
          + message.reply.shown(upTo: 400)),
      .action(
        figures.say(
          "Si l’adresse est fausse, corrigez-la dans le fichier du projet ou du programme, puis "
            + "adoptez-le. Si elle est juste, renvoyez le message :",
          "If the address is wrong, correct it in the project’s or the programme’s file, then "
            + "adopt it. If it is right, send the message again:")),
      .command("jalon mail --retry \(message.number)"),
    ]
  }

  var end: String {
    figures.say("messages à nouveau distribués à ", "messages delivered again to ")
      + message.address.shown(upTo: Limit.subjectTitle)
  }
  var endLines: [LetterItem.Line] {
    [
      .text(
        figures.say(
          "Les messages pour \(address) n’échouent plus.",
          "Messages for \(address) fail no longer."))
    ]
  }
}
