import JalonCore

/// A team's file was refused; nothing of it counts.
struct RejectionNews: NewsPage {
  let context: NewsContext
  let plan: Plan
  let receipt: Receipt

  /// More errors than this are not mended from a letter: the receipt has them all.
  private static let most = 20

  private var figures: Figures { context.figures }
  private var file: String { receipt.file.shown(upTo: Limit.title) }

  private var count: String {
    figures.count(receipt.errors.count, ("erreur", "erreurs"), ("error", "errors"))
  }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.alarm, figures.say("Fichier refusé", "File rejected"))
  }

  var gist: Gist {
    Gist(
      head: figures.say("fichier refusé", "file rejected"),
      tail: receipt.file.shown(upTo: Limit.subjectTitle) + ", " + count)
  }

  private var received: String {
    figures.say("reçu le ", "received ") + figures.moment(receipt.receivedAt)
      + figures.say(", récépissé ", ", receipt ") + receipt.id
  }

  var lines: [LetterItem.Line] {
    let errors = receipt.errors
    var lines: [LetterItem.Line] = [
      .text(
        figures.say("Fichier « ", "File “") + file + figures.say(" », ", "”, ") + received + "."),
      .text(
        figures.say(
          "Rien de ce fichier n’est pris en compte, et rien n’est perdu : les chiffres d’avant "
            + "restent en vigueur. À corriger (\(count)) :",
          "Nothing of this file counts, and nothing is lost: the previous figures stand. "
            + "To correct (\(count)):")),
    ]
    // The message tells line, column and what stands there already.
    lines += errors.prefix(RejectionNews.most).map { .bullet($0.message) }
    if errors.count > RejectionNews.most {
      lines.append(
        .bullet(
          figures.others(errors.count - RejectionNews.most)
            + figures.say(", dans le récépissé", ", in the receipt")))
    }
    guard context.isForTeam else { return lines + [context.team(plan)].compactMap { $0 } }
    return lines + [
      .action(
        figures.say(
          "Corrigez ces points, puis déposez le fichier entier au même endroit. "
            + "Le récépissé complet est dans le dossier « recepisses », à côté du dépôt.",
          "Correct these points, then send the whole file to the same place. "
            + "The whole receipt is in the folder “recepisses”, beside the depot."))
    ]
  }

  var end: String {
    let name = receipt.file.shown(upTo: Limit.subjectTitle)
    return receipt.status == .accepted
      ? figures.say("fichier accepté, ", "file accepted, ") + name
      : figures.say("un fichier a été accepté après ", "a file was accepted after ") + name
  }

  var endLines: [LetterItem.Line] {
    guard receipt.status == .accepted else {
      return [
        .text(
          figures.say(
            "Un fichier a été accepté depuis : le refus de « \(file) » (récépissé \(receipt.id)) "
              + "est clos.",
            "A file has been accepted since: the rejection of “\(file)” (receipt \(receipt.id)) "
              + "is closed."))
      ]
    }
    let rows = figures.count(
      receipt.rows, ("ligne prise en compte", "lignes prises en compte"),
      ("row counted", "rows counted"))
    return [
      .text(
        figures.say("Un fichier a été accepté depuis : ", "A file has been accepted since: ")
          + file + ", " + received + "\(figures.colon)\(rows).")
    ]
  }
}
