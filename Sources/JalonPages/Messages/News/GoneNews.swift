import JalonCore

/// An alert about something that is no longer there: only its key is known.
struct GoneNews: NewsPage {
  let context: NewsContext

  private var figures: Figures { context.figures }
  private var name: String {
    figures.name(context.key.kind, count: 1) + " (\(context.key.subject.shown(upTo: 80)))"
  }

  var mark: (tone: LetterItem.Tone, label: String) {
    (.plain, figures.say("À voir", "To be seen"))
  }

  var gist: Gist { Gist(head: name) }
  var lines: [LetterItem.Line] { [.text(name + ", \(context.since).")] }
  var end: String { name }

  var endLines: [LetterItem.Line] {
    if context.key.kind == .mailUndeliverable {
      let address = context.key.subject.shown(upTo: Limit.title)
      return [
        .text(
          figures.say(
            "Plus aucun message n’échoue pour \(address), ou plus aucun ne lui est adressé.",
            "No message fails for \(address) any more, or none is sent there any more."))
      ]
    }
    return [
      .text(
        figures.say("Alerte close : ", "Alert closed: ") + name
          + figures.say(
            ". Ce dont elle parlait n’est plus suivi.",
            ". What it was about is no longer followed."))
    ]
  }
}

extension Figures {
  /// What alerts of a kind are called: `passage à suspendre`, `passages à suspendre`.
  func name(_ kind: AlertKind, count number: Int) -> String {
    let (french, english) = Figures.names(kind)
    return language == .french
      ? (number < 2 ? french.0 : french.1) : (number == 1 ? english.0 : english.1)
  }

  /// Such as `3 passages à suspendre`.
  func count(_ number: Int, of kind: AlertKind) -> String {
    let (french, english) = Figures.names(kind)
    return count(number, french, english)
  }

  private typealias Noun = (String, String)

  private static func names(_ kind: AlertKind) -> (french: Noun, english: Noun) {
    switch kind {
    case .gateWithhold:
      (
        ("passage à suspendre", "passages à suspendre"),
        ("payment to withhold", "payments to withhold")
      )
    case .gateAtRisk:
      (("passage à risque", "passages à risque"), ("gate at risk", "gates at risk"))
    case .gateReleased:
      (("passage franchi", "passages franchis"), ("gate crossed", "gates crossed"))
    case .decisionContradicted:
      (
        ("décision contredite", "décisions contredites"),
        ("decision contradicted", "decisions contradicted")
      )
    case .reportOverdue:
      (("remontée en retard", "remontées en retard"), ("report overdue", "reports overdue"))
    case .milestoneOverdue:
      (("jalon en retard", "jalons en retard"), ("milestone overdue", "milestones overdue"))
    case .deviationStrong:
      (("écart fort", "écarts forts"), ("strong deviation", "strong deviations"))
    case .fileRejected:
      (("fichier refusé", "fichiers refusés"), ("file rejected", "files rejected"))
    case .evaluationMissed:
      (("évaluation manquée", "évaluations manquées"), ("evaluation missed", "evaluations missed"))
    case .mailUndeliverable:
      (
        ("message non distribué", "messages non distribués"),
        ("message not delivered", "messages not delivered")
      )
    case .dueSoon:
      (("échéance proche", "échéances proches"), ("due soon", "due soon"))
    }
  }
}
