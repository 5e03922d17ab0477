import JalonCore

/// The end of every message: why it came, where to ask, and what it rests on.
struct LetterNotes {
  let frame: MessageFrame
  let figures: Figures

  /// For news.
  func notes(_ told: [ToldNews]) -> [LetterBody.Note] {
    let rests = told.contains {
      $0.context.key.kind.isGate || $0.context.key.kind == .decisionContradicted
    }
    return [.text(reason(told))] + common + (rests ? ledger : [])
  }

  /// For a message that is no news.
  func notes(because reason: String, restsOnLedger: Bool = false) -> [LetterBody.Note] {
    [.text(reason)] + common + (restsOnLedger ? ledger : [])
  }

  private var common: [LetterBody.Note] {
    var notes: [LetterBody.Note] = [
      .text(
        figures.say(
          "Message automatique de Jalon, le ",
          "Automatic message from Jalon, ")
          + figures.moment(frame.now) + "."),
      .mail(
        figures.say("Une question ? Écrivez à", "A question? Write to"),
        MailAddress(frame.from).address),
    ]
    if let site = frame.site?.shown(upTo: 300),
      site.hasPrefix("https://") || site.hasPrefix("http://")
    {
      notes.append(.link(figures.say("Le suivi en ligne :", "The pages:"), site))
    }
    return notes
  }

  /// A mark to be held against `verify` years later.
  private var ledger: [LetterBody.Note] {
    guard let head = frame.ledgerHead else { return [] }
    return [
      .text(
        figures.say("Registre n° ", "Ledger no. ") + "\(head.sequence) · "
          + head.digits.shown(upTo: 64))
    ]
  }

  private func reason(_ told: [ToldNews]) -> String {
    let team = names(told.filter { $0.context.isForTeam }.map(\.context.key.project))
    let followed = names(
      told.filter { !$0.context.isForTeam }.map(\.context.decision.alert.alert.programme))
    var reasons: [String] = []
    if let team {
      reasons.append(
        figures.say("votre adresse est parmi les contacts ", "your address is among the contacts ")
          + (team.isOne ? figures.say("du projet ", "of ") : figures.say("des projets ", "of "))
          + team.text)
    }
    if followed != nil || team == nil {
      let programmes = followed.map { names in
        (names.isOne
          ? figures.say(" (programme ", " (programme ")
          : figures.say(" (programmes ", " (programmes ")) + names.text + ")"
      }
      reasons.append(
        figures.say(
          "votre adresse est celle d’une équipe de suivi", "your address is a follow-up team’s")
          + (programmes ?? ""))
    }
    return figures.say("Vous recevez ce message parce que ", "You receive this message because ")
      + reasons.joined(separator: figures.say(" et que ", " and ")) + "."
  }

  /// A few names, or `nil` for none.
  private func names(_ all: [String]) -> (text: String, isOne: Bool)? {
    let most = 5
    let names = Set(all).subtracting([""]).sorted()
    guard !names.isEmpty else { return nil }
    let text = names.prefix(most).joined(separator: ", ") + (names.count > most ? "…" : "")
    return (text, names.count == 1)
  }
}
