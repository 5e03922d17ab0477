import JalonCore

/// Monday's letter: what changed, what is flagged, what comes; to be read in a minute.
struct DigestBody {
  let digest: DigestLetter
  let day: Day
  let figures: Figures

  /// A list longer than this is not read on a Monday morning; `status` has the rest.
  private static let most = 10

  /// Such as `[Jalon] Semaine du 19/07/2021 : 3 passages à suspendre, 1 350 000 € en jeu — 5
  /// changements`.
  var subject: String {
    let monday = figures.day(day.monday)
    return "[Jalon] " + figures.say("Semaine du \(monday) : ", "Week of \(monday): ") + standing
      + " — " + changes(digest.changes.count)
  }

  /// Why the reader gets it.
  var reason: String {
    figures.say(
      "Vous recevez ce point chaque lundi parce que votre adresse est celle d’une équipe de suivi.",
      "You receive this every Monday because your address is a follow-up team’s.")
  }

  private var standing: String {
    let flags = projects.flatMap(\.flagged)
    guard !flags.isEmpty else { return figures.say("rien à suspendre", "nothing to withhold") }
    let count = figures.count(flags.count, of: .gateWithhold)
    guard let money = figures.euros(total: flags.map(\.fundsAtStake)) else { return count }
    return count + ", " + money + figures.say(" en jeu", " at stake")
  }

  private func changes(_ number: Int) -> String {
    number == 0
      ? figures.say("aucun changement", "no change")
      : figures.count(number, ("changement", "changements"), ("change", "changes"))
  }

  private var projects: [DigestProject] {
    digest.entries.map { DigestProject(entry: $0, figures: figures) }
  }

  /// The letter's parts.
  var parts: [LetterBody.Part] {
    let groups = Dictionary(grouping: projects, by: \.programme).map { programme, projects in
      DigestProgramme(
        id: programme, projects: projects, digest: digest, figures: figures, most: DigestBody.most)
    }.sorted(by: DigestProgramme.worstFirst)
    var parts: [LetterBody.Part] = [.paragraph(summary)]
    for group in groups {
      parts.append(.heading(group.title))
      parts += group.items.map { .item($0) }
      if group.items.isEmpty {
        parts.append(
          .paragraph(
            figures.say("Rien à signaler cette semaine.", "Nothing to tell this week.")))
      }
    }
    return parts + silences
  }

  /// The week in one paragraph.
  private var summary: String {
    let risks = projects.reduce(0) { $0 + $1.atRisk.count }
    let overdue = digest.entries.reduce(0) { $0 + $1.overdue }
    let due = digest.deadlines.count
    let sum = [
      standing, risks > 0 ? figures.count(risks, of: .gateAtRisk) : nil,
      overdue > 0 ? figures.count(overdue, of: .reportOverdue) : nil,
      due > 0 ? figures.dueInThirtyDays(due) : nil,
      changes(digest.changes.count) + figures.say(" depuis sept jours", " in seven days"),
    ].compactMap { $0 }.joined(separator: ", ")
    let count = figures.count(
      digest.entries.count, ("projet suivi", "projets suivis"),
      ("project followed", "projects followed"))
    return figures.say("Au ", "As of ") + figures.day(day) + ", " + count + figures.colon + sum
      + "."
  }

  private var silences: [LetterBody.Part] {
    guard !digest.silences.isEmpty else { return [] }
    let most = DigestBody.most
    var lines = digest.silences.prefix(most).map { silence in
      LetterItem.Line.bullet(
        figures.say("n° ", "no. ") + "\(silence.number) · " + figures.words(silence))
    }
    if digest.silences.count > most {
      lines.append(
        .bullet(figures.others(digest.silences.count - most) + figures.colon + "jalon silences"))
    }
    return [
      .heading(figures.say("Silences en cours", "Running silences")),
      .item(
        LetterItem(
          tone: .plain, label: figures.say("Silence", "Silence"),
          title: figures.say("Ces alertes ne sont pas envoyées", "These alerts are not sent"),
          lines: lines)),
    ]
  }
}
