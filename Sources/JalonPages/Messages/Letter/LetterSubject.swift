import JalonCore

/// A subject that says it all, or all that fits.
struct LetterSubject {
  let told: [ToldNews]
  let figures: Figures

  /// Such as `[Jalon] SNAP3-017 : suspendre 450 000 € (phase P2) — 2 critères non remplis`.
  var text: String { "[Jalon] \(words)".shown(upTo: Limit.subject) }

  private var words: String {
    // News come worst first; what is new leads all the same.
    guard let least = told.map(\.prominence).min(),
      let worst = told.first(where: { $0.prominence == least })
    else { return figures.say("rien à signaler", "nothing to tell") }
    let kind = worst.context.key.kind
    let group = told.filter { $0.prominence == least && $0.context.key.kind == kind }
    let others = told.reduce(0) { $0 + $1.count } - group.reduce(0) { $0 + $1.count }
    let opening = opening(worst)
    if group.count == 1 { return opening + single(worst, others) }
    return opening + sum(group, kind) + more(others)
  }

  private func opening(_ worst: ToldNews) -> String {
    if told.allSatisfy({ $0.silence != nil }) {
      return figures.say("Fin de silence · ", "Silence over · ")
    }
    return worst.context.decision.action == .repeat ? figures.say("Rappel · ", "Reminder · ") : ""
  }

  private func more(_ others: Int) -> String {
    guard others > 0 else { return "" }
    return figures.say(" — et ", " — and ")
      + figures.count(others, ("autre alerte", "autres alertes"), ("more alert", "more alerts"))
  }

  private func single(_ news: ToldNews, _ others: Int) -> String {
    let project = news.context.key.project
    let opening = project.isEmpty ? "" : project + figures.colon
    if news.isOver {
      return opening + figures.say("fin d’alerte — ", "alert over — ") + news.page.end
        + more(others)
    }
    let gist = news.page.gist
    guard others == 0, let tail = gist.tail else { return opening + gist.head + more(others) }
    return opening + gist.head + " — " + tail
  }

  /// Such as `3 passages à suspendre : 1 350 000 € — SNAP3-017, SNAP3-021, ITN3-004`.
  private func sum(_ group: [ToldNews], _ kind: AlertKind) -> String {
    let over = group.contains(where: \.isOver)
    let count = figures.count(group.reduce(0) { $0 + $1.count }, of: kind)
    let text = over ? figures.say("fin d’alerte — ", "alerts over — ") + count : count
    let funds = figures.euros(total: group.map(\.funds))
    let money = funds.map { figures.colon + $0 } ?? ""
    var projects: [String] = []
    for project in group.map(\.context.key.project) where !projects.contains(project) {
      projects.append(project)
    }
    projects.removeAll(where: \.isEmpty)
    guard !projects.isEmpty else { return text + money }
    let most = 5
    return text + money + " — " + projects.prefix(most).joined(separator: ", ")
      + (projects.count > most ? "…" : "")
  }
}

extension Figures {
  /// The sum of some amounts; `nil` for nothing.
  func euros(total amounts: [Quantity]) -> String? {
    let total = amounts.reduce(Fraction.zero) { sum, amount in
      (try? sum.adding(Fraction(amount))) ?? sum
    }
    return total > .zero ? measure(total, unit: "€") : nil
  }
}
