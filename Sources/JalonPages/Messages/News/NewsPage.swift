import JalonCore

/// What one piece of news says: in a subject, and in a letter.
protocol NewsPage {
  /// How grave it is, and one or two words for it.
  var mark: (tone: LetterItem.Tone, label: String) { get }
  /// What it says in a subject, after its project.
  var gist: Gist { get }
  /// What it says in a letter.
  var lines: [LetterItem.Line] { get }
  /// What is so now that it is over: a few words for a subject, without a full stop.
  var end: String { get }
  /// The same for a letter.
  var endLines: [LetterItem.Line] { get }
}

/// A subject's words about one piece of news.
struct Gist {
  /// Such as `suspendre 450 000 € (phase P2)`.
  var head: String
  /// Such as `2 critères non remplis`; left out where there is more to say.
  var tail: String?
}

/// What the pages of news have in common.
struct NewsContext {
  let decision: AlertDecision
  let day: Day
  let figures: Figures
  /// Whether the file to fill in travels with the letter.
  let hasTemplate: Bool

  var key: AlertKey { decision.alert.alert.key }
  var isForTeam: Bool { key.audience == .team }

  /// Such as `depuis le 16/07/2021 (4 jours)`.
  var since: String {
    let since = decision.alert.alert.since
    let text = figures.say("depuis le ", "since ") + figures.day(since)
    let days = Int(day.number) - Int(since.number)
    return days > 0 ? text + " (\(figures.days(days)))" : text
  }

  /// Whom the follow-up team can ask.
  func team(_ plan: Plan) -> LetterItem.Line? {
    guard !isForTeam else { return nil }
    let contacts = plan.project.contacts
    guard !contacts.isEmpty else {
      return .text(
        figures.say(
          "Aucune adresse d’équipe n’est connue pour ce projet : personne d’autre n’est prévenu.",
          "No address of the team is known for this project: nobody else is told."))
    }
    return .text(
      figures.say("Équipe : ", "Team: ") + contacts.prefix(3).joined(separator: ", ")
        + (contacts.count > 3 ? "…" : ""))
  }

  /// Why a file is all it takes, for whoever has it at hand.
  var whereToSend: String {
    figures.say("dans le dépôt habituel du projet", "to the project’s usual depot")
  }
}

extension Figures {
  /// `1 jour`, `4 jours`, never parted by a line end.
  func days(_ number: Int) -> String {
    let nouns = language == .french ? ("jour", "jours") : ("day", "days")
    let isOne = language == .french ? number < 2 : number == 1
    return whole(number) + "\u{A0}" + (isOne ? nouns.0 : nouns.1)
  }

  /// `phase P2`, or `solde` at the last gate.
  func release(of gate: GateJudgement) -> String {
    gate.nextPhase.map { "phase \($0)" } ?? say("solde", "balance")
  }

  /// Such as `450 000 € (phase P2)`.
  func funds(of gate: GateJudgement) -> String {
    euros(gate.fundsAtStake) + " (\(release(of: gate)))"
  }

  /// What is missing, an indicator a line.
  func bullets(
    _ missing: [(indicator: String, expected: ExpectedPeriod)], of plan: Plan
  ) -> [LetterItem.Line] {
    let most = 20
    var periods: [String: [Period]] = [:]
    var order: [String] = []
    for (indicator, expected) in missing {
      if periods[indicator] == nil { order.append(indicator) }
      periods[indicator, default: []].append(expected.period)
    }
    var lines = order.prefix(most).map { id -> LetterItem.Line in
      let shown = (periods[id] ?? []).prefix(6).map(\.description).joined(separator: ", ")
      let more = (periods[id] ?? []).count > 6 ? "…" : ""
      return .bullet((plan.indicator(id)?.title ?? id) + colon + shown + more)
    }
    if order.count > most { lines.append(.bullet(others(order.count - most))) }
    return lines
  }

  /// `… et 3 autres`.
  func others(_ number: Int) -> String {
    say("… et ", "… and ") + count(number, ("autre", "autres"), ("more", "more"))
  }
}
