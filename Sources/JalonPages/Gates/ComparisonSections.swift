import JalonCore

/// What came between two judgements of a gate, and what it changed, section by section.
struct ComparisonSections {
  let comparison: GateComparison
  let figures: Figures
  /// Whether the earlier instant is named above: the titles then say that this came after it.
  var isSince = false

  /// A title and what stands under it, a sentence each.
  typealias Section = (title: String, lines: [String])

  /// How many lines of a section are shown to a person; programs are given all.
  static let shown = 100

  /// The sections that have something to say.
  var sections: [Section] {
    let all: [Section] = [
      (figures.say("Fichiers reçus", "Files received"), comparison.arrivals.map(line)),
      (figures.say("Plans adoptés", "Plans adopted"), comparison.versions.flatMap(lines)),
      (
        figures.say(
          "Décisions, dérogations, contestations", "Decisions, waivers, contests"),
        comparison.deeds.map(line)
      ),
      (
        figures.say("Critères changés", "Criteria changed"),
        comparison.difference.criteria.map(line)
      ),
      (
        figures.say("Chiffres changés", "Figures changed"),
        comparison.difference.milestones.map(line) + comparison.difference.figures.map(line)
      ),
    ]
    return all.filter { !$0.lines.isEmpty }.map {
      ($0.title + (isSince ? figures.say(" depuis", " since") : ""), cut($0.lines))
    }
  }

  private func cut(_ lines: [String]) -> [String] {
    guard lines.count > Self.shown else { return lines }
    let rest = lines.count - Self.shown
    return lines.prefix(Self.shown) + [
      figures.say("… et \(rest) de plus", "… and \(rest) more")
    ]
  }

  /// What held, or holds: the decision, and what was recommended.
  func verdict(_ gate: GateJudgement?) -> String {
    guard let gate else { return figures.say("pas de telle phase", "no such phase") }
    var text = figures.word(gate.recommendation)
    if let day = gate.crossed {
      text += figures.say(" (franchi le \(figures.day(day)))", " (crossed on \(figures.day(day)))")
    }
    guard gate.decision != nil else { return text }
    return figures.effective(gate) + figures.say(", avis : ", ", recommendation: ") + text
  }

  private func line(_ arrival: GateComparison.Arrival) -> String {
    let file = arrival.file
    let rows = figures.count(arrival.rows, ("ligne", "lignes"), ("row", "rows"))
    return "\(file.receivedAt)\(figures.colon)\(file.file), \(rows), \(file.receipt), "
      + "SHA-256 \(file.sha256)"
  }

  private func lines(_ version: PlanVersion) -> [String] {
    let page = PlanVersionPage(version: version, figures: figures)
    return [page.heading] + page.sentences
  }

  private func line(_ done: SignedDeed) -> String {
    let text = "\(done.at)\(figures.colon)" + said(done.deed)
    guard let signature = done.signature else { return text }
    let second =
      done.confirmation.map {
        figures.say(
          ", confirmé par \($0.name) (\($0.user))", ", confirmed by \($0.name) (\($0.user))")
      } ?? ""
    return text + ", \(signature.name) (\(signature.user))" + second + figures.colon
      + signature.reason
  }

  private func said(_ deed: OfficerAct.Deed) -> String {
    switch deed {
    case .decide(let phase, .release?):
      figures.say("phase \(phase), décision de débloquer", "phase \(phase), decided to release")
    case .decide(let phase, .withhold?):
      figures.say("phase \(phase), décision de suspendre", "phase \(phase), decided to withhold")
    case .decide(let phase, nil):
      figures.say("phase \(phase), décision reprise", "phase \(phase), decision taken back")
    case .waive(let phase, let criterion, let isTakenBack):
      isTakenBack
        ? figures.say(
          "phase \(phase), dérogation reprise pour \(criterion)",
          "phase \(phase), waiver of \(criterion) taken back")
        : figures.say(
          "phase \(phase), dérogation pour \(criterion)", "phase \(phase), \(criterion) waived")
    case .contest(let indicator, let period, let isTakenBack):
      isTakenBack
        ? figures.say(
          "contestation reprise, \(indicator) \(period)",
          "contest taken back, \(indicator) \(period)")
        : figures.say(
          "chiffre contesté, \(indicator) \(period)", "figure contested, \(indicator) \(period)")
    case .expunge(let digest):
      figures.say("fichier effacé, \(digest)", "file expunged, \(digest)")
    }
  }

  private func line(_ change: GateDifference.CriterionChange) -> String {
    let page = CriterionPage(comparison.plan, in: figures.language)
    let before = change.before.map { "[\(figures.word($0.status))] " + page.sentence($0) }
    let after = change.after.map { "[\(figures.word($0.status))] " + page.sentence($0) }
    switch (before, after) {
    case (let before?, let after?): return "\(before) → \(after)"
    case (nil, let after?): return figures.say("nouveau — ", "new — ") + after
    case (let before, nil):
      return figures.say("n’est plus jugé — ", "no longer judged — ") + (before ?? change.id)
    }
  }

  private func line(_ change: GateDifference.MilestoneChange) -> String {
    func reached(_ reach: MilestoneReach?) -> String {
      guard let reach else { return "—" }
      let day = reach.reached.map(figures.day) ?? figures.say("retiré", "withdrawn")
      return "\(day) (\(place(reach.source)))"
    }
    return figures.say("Jalon \(change.id) : ", "Milestone \(change.id): ")
      + "\(reached(change.before)) → \(reached(change.after))"
  }

  private func line(_ change: GateDifference.FigureChange) -> String {
    let unit = comparison.plan.indicator(change.indicator)?.unit ?? ""
    func figure(_ figure: GateDifference.Figure?) -> String {
      guard let figure else { return "—" }
      let row = figure.observation
      let value =
        row.value.map { figures.measure(Fraction($0), unit: unit) }
        ?? figures.say("sans objet", "not applicable")
      return "\(value), \(figures.word(row.evidence)) (\(place(figure.source)))"
    }
    let profile = change.profile.map { " (\($0))" } ?? ""
    let contested = change.isContested ? figures.say(", contesté", ", contested") : ""
    return "\(change.indicator) \(change.period)\(profile)\(figures.colon)"
      + "\(figure(change.before)) → \(figure(change.after))\(contested)"
  }

  private func place(_ source: Source) -> String {
    guard let file = comparison.files[source.submission] else { return "—" }
    return "\(file.file), " + figures.say("ligne", "line") + "\u{A0}\(source.line), "
      + file.receipt
  }
}
