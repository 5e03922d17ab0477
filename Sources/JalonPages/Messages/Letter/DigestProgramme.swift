import JalonCore

/// A project on a Monday morning.
struct DigestProject {
  let id: String
  let title: String
  let programme: String
  let programmeTitle: String
  let flagged: [GateJudgement]
  let atRisk: [GateJudgement]
  let overdue: Int
  let isJudged: Bool

  init(entry: DigestLetter.Entry, figures: Figures) {
    let project = entry.plan.project
    id = project.id
    title = project.title.shown(upTo: Limit.subjectTitle)
    programme = project.programme
    programmeTitle = entry.plan.programme.title
    flagged = (entry.gates ?? []).filter(\.isFlagged)
    atRisk = (entry.gates ?? []).filter { $0.effective == Recommendation.atRisk.rawValue }
    overdue = entry.overdue
    isJudged = entry.gates != nil
  }
}

/// A programme on a Monday morning: a few short lists.
struct DigestProgramme {
  let id: String
  let projects: [DigestProject]
  let digest: DigestLetter
  let figures: Figures
  let most: Int

  var title: String {
    projects.first.map { "\(id) — \($0.programmeTitle.shown(upTo: Limit.title))" } ?? id
  }

  /// The most money at stake first, then by name.
  static func worstFirst(_ left: DigestProgramme, _ right: DigestProgramme) -> Bool {
    let (one, other) = (left.funds, right.funds)
    return one != other ? one > other : left.id < right.id
  }

  private var funds: Fraction {
    projects.flatMap(\.flagged).reduce(Fraction.zero) { sum, gate in
      (try? sum.adding(Fraction(gate.fundsAtStake))) ?? sum
    }
  }

  /// What there is to tell; empty lists are left out.
  var items: [LetterItem] {
    [flagged, atRisk, overdue, unjudged, changed, due].compactMap { $0 }
  }

  private func item(
    _ tone: LetterItem.Tone, _ label: String, _ title: String, _ lines: [String]
  ) -> LetterItem? {
    guard !lines.isEmpty else { return nil }
    let shown = lines.prefix(most).map { LetterItem.Line.bullet($0) }
    let rest = lines.count - shown.count
    return LetterItem(
      tone: tone, label: label, title: title,
      lines: shown + (rest > 0 ? [.bullet(figures.others(rest))] : []))
  }

  private typealias Standing = (project: DigestProject, gate: GateJudgement)

  /// The most money first, then the oldest, then by id.
  private func sorted(_ standings: [Standing]) -> [Standing] {
    standings.sorted { left, right in
      if left.gate.fundsAtStake != right.gate.fundsAtStake {
        return left.gate.fundsAtStake > right.gate.fundsAtStake
      }
      if left.gate.deadline != right.gate.deadline {
        return left.gate.deadline < right.gate.deadline
      }
      return (left.project.id, left.gate.phase) < (right.project.id, right.gate.phase)
    }
  }

  private func count(_ standings: [Standing], _ kind: AlertKind) -> String {
    let count = figures.count(standings.count, of: kind)
    let money = figures.euros(total: standings.map(\.gate.fundsAtStake))
    return money.map { count + figures.colon + $0 } ?? count
  }

  private var flagged: LetterItem? {
    let all = sorted(projects.flatMap { project in project.flagged.map { (project, $0) } })
    return item(
      .alarm, figures.say("Suspendre", "Withhold"), count(all, .gateWithhold),
      all.map { project, gate in
        let since = gate.decision?.on ?? gate.deadline.adding(days: 1)
        return "\(project.id)\(figures.colon)\(figures.funds(of: gate))"
          + figures.say(", depuis le ", ", since ") + figures.day(since) + " — " + project.title
      })
  }

  private var atRisk: LetterItem? {
    let all = sorted(projects.flatMap { project in project.atRisk.map { (project, $0) } })
    return item(
      .warning, figures.say("À risque", "At risk"), count(all, .gateAtRisk),
      all.map { project, gate in
        "\(project.id)\(figures.colon)\(figures.funds(of: gate))"
          + figures.say(", dernier jour le ", ", last day ") + figures.day(gate.deadline) + " — "
          + project.title
      })
  }

  private var overdue: LetterItem? {
    let late = projects.filter { $0.overdue > 0 }.sorted {
      $0.overdue != $1.overdue ? $0.overdue > $1.overdue : $0.id < $1.id
    }
    let total = late.reduce(0) { $0 + $1.overdue }
    return item(
      .warning, figures.say("En retard", "Overdue"), figures.count(total, of: .reportOverdue),
      late.map { "\($0.id)\(figures.colon)\(figures.whole($0.overdue)) — \($0.title)" })
  }

  private var unjudged: LetterItem? {
    item(
      .alarm, figures.say("Non jugé", "Not judged"),
      figures.say(
        "Un chiffre calculé est trop grand pour être exact",
        "A computed figure is too large to be exact"),
      projects.filter { !$0.isJudged }.map { "\($0.id) — \($0.title)" }.sorted())
  }

  private var ids: Set<String> { Set(projects.map(\.id)) }

  private var changed: LetterItem? {
    let ids = ids
    let changes = digest.changes.filter { ids.contains($0.project) }.sorted { left, right in
      left.fundsAtStake != right.fundsAtStake
        ? left.fundsAtStake > right.fundsAtStake
        : (left.project, left.phase) < (right.project, right.phase)
    }
    return item(
      .plain, figures.say("A changé", "Changed"),
      figures.count(
        changes.count, ("avis a changé en sept jours", "avis ont changé en sept jours"),
        ("recommendation changed in seven days", "recommendations changed in seven days")),
      changes.map { change in
        let line = RecommendationChange(
          project: change.project, phase: change.phase, before: change.before, now: change.now,
          fundsAtStake: change.fundsAtStake
        ).line(figures)
        return line + figures.say(", le ", ", ") + figures.day(change.on)
      })
  }

  private var due: LetterItem? {
    let ids = ids
    let deadlines = digest.deadlines.filter { ids.contains($0.project) }
    return item(
      .plain, figures.say("À venir", "To come"),
      figures.dueInThirtyDays(deadlines.count),
      deadlines.map { deadline in
        let page = DeadlinePage(deadline: deadline, figures: figures)
        return "\(figures.day(deadline.day))\(figures.colon)\(deadline.project), \(page.what)"
      })
  }
}

extension Figures {
  /// `2 échéances dans les 30 jours`.
  func dueInThirtyDays(_ number: Int) -> String {
    count(
      number, ("échéance dans les 30 jours", "échéances dans les 30 jours"),
      ("deadline in 30 days", "deadlines in 30 days"))
  }
}
