public import JalonCore

/// Why a gate stands where it stands, down to file and line.
public struct ExplanationPage: Sendable {
  private let explanation: Explanation
  private let figures: Figures

  /// The page of an explanation.
  public init(_ explanation: Explanation, in language: Language) {
    self.explanation = explanation
    figures = Figures(language)
  }

  // MARK: For programs

  /// The explanation for programs: the gate as `evaluate` prints it, and the rows behind it.
  public var json: JSONText {
    let project = explanation.plan.project
    return .object(
      [
        ("project", .string(project.id)), ("programme", .string(project.programme)),
        ("asOf", .text(explanation.asOf)), ("knownAt", .text(explanation.knownAt)),
        (
          "plan",
          .object([
            ("sha256", .string(explanation.version.sha256)),
            ("adoptedAt", .text(explanation.version.adoptedAt)),
          ])
        ),
        ("source", .text(explanation.plan.programme.source)),
        ("gate", EvaluationPage.gate(explanation.gate)),
        ("reasons", .array(explanation.gate.criteria.map(json))),
      ] + sections.json)
  }

  private func json(_ criterion: Criterion) -> JSONText {
    let page = CriterionPage(explanation.plan, in: figures.language)
    return .object([
      ("id", .string(criterion.id)), ("status", .string(criterion.status.rawValue)),
      ("message", .string(page.sentence(criterion))), ("rule", rules.json(criterion)),
      ("figures", .array(citations.json(criterion))),
    ])
  }

  private var rules: RulePage {
    RulePage(plan: explanation.plan, gate: explanation.gate, figures: figures)
  }

  private var citations: CitationPage {
    CitationPage(
      plan: explanation.plan, citations: explanation.citations, files: explanation.files,
      figures: figures)
  }

  private var sections: ExplanationSections {
    ExplanationSections(explanation: explanation, figures: figures)
  }

  // MARK: For people

  /// The explanation for a terminal.
  public func text(width: Int) -> String {
    var lines = heading + explanation.gate.criteria.flatMap(lines)
    for section in sections.sections {
      lines += ["", section.title] + section.lines.map { "- " + $0 }
    }
    return (lines + origin).map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  /// The explanation for a letter.
  public var markdown: String {
    let heading = heading.filter { !$0.isEmpty }.map(Markdown.plain)
    var lines = heading.prefix(1).map { "# " + $0 }
    for line in heading.dropFirst() { lines += ["", line] }
    if !explanation.gate.criteria.isEmpty {
      lines += ["", "## " + figures.say("Critères", "Criteria"), ""]
    }
    let page = CriterionPage(explanation.plan, in: figures.language)
    for criterion in explanation.gate.criteria {
      lines.append(
        "- **\(figures.word(criterion.status))** (\(figures.word(criterion.grounds))) — "
          + Markdown.plain(page.sentence(criterion)))
      lines += grounds(criterion).map { "  - " + Markdown.plain(String($0.drop { $0 == " " })) }
    }
    for section in sections.sections {
      lines += ["", "## " + section.title, ""]
      lines += section.lines.map { "- " + Markdown.plain($0) }
    }
    for line in origin where !line.isEmpty { lines += ["", Markdown.plain(line)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: [String] {
    let (gate, project) = (explanation.gate, explanation.plan.project)
    var verdict =
      figures.say("Avis", "Recommendation") + figures.colon
      + VerdictPage(plan: explanation.plan, gate: gate, figures: figures).letter
    if let decision = gate.decision {
      verdict += figures.say(
        " ; décision du \(figures.day(decision.on)) : ",
        "; decided on \(figures.day(decision.on)): ")
      verdict += figures.word(decision.verdict == .release ? Recommendation.release : .withhold)
    }
    if gate.ready {
      verdict += figures.say(
        " (tout est déjà rempli ; le passage n’est franchi qu’à sa date)",
        " (all is met already; a gate is crossed on its date at the earliest)")
    }
    let stake =
      figures.euros(gate.fundsAtStake)
      + (gate.nextPhase.map { " (\($0))" } ?? figures.say(" (solde)", " (balance)"))
    return [
      "\(project.id)  \(project.title)",
      figures.say(
        "Passage de la phase \(gate.phase) : \(figures.day(gate.date)), dernier délai "
          + "\(figures.day(gate.deadline)) ; en jeu : \(stake)",
        "Gate of phase \(gate.phase): \(figures.day(gate.date)), deadline "
          + "\(figures.day(gate.deadline)); at stake: \(stake)"),
      figures.say(
        "Jugé au \(figures.day(explanation.asOf)) avec ce qui était connu au "
          + "\(explanation.knownAt)",
        "Judged as of \(figures.day(explanation.asOf)) with what was known at "
          + "\(explanation.knownAt)"),
      verdict,
    ] + unjudged + (gate.criteria.isEmpty ? [] : [""])
  }

  /// Why a gate has no criteria yet, or none any more.
  private var unjudged: [String] {
    let (gate, plan) = (explanation.gate, explanation.plan)
    var lines: [String] = []
    if let holder = explanation.holder { lines.append(held(by: holder)) }
    if gate.recommendation == .notReached,
      let phase = plan.phases.first(where: { $0.id == gate.phase }), explanation.asOf < phase.from
    {
      lines.append(beginning(phase))
    }
    if let stop = plan.project.stopped, stop.on <= explanation.asOf,
      gate.recommendation == .stopped || explanation.holder?.recommendation == .stopped
    {
      lines.append(
        figures.say(
          "Projet arrêté depuis le \(figures.day(stop.on)) : ",
          "Project stopped since \(figures.day(stop.on)): ") + stop.reason)
    }
    return lines
  }

  private func held(by holder: GateJudgement) -> String {
    let plan = explanation.plan
    let state =
      holder.decision == nil
      ? VerdictPage(plan: plan, gate: holder, figures: figures).letter : figures.effective(holder)
    return figures.say(
      "Le passage de la phase \(holder.phase) retient celui-ci : ",
      "The gate of phase \(holder.phase) holds this one: ") + state
  }

  private func beginning(_ phase: Phase) -> String {
    figures.say(
      "La phase \(phase.id) commence le \(figures.day(phase.from)).",
      "Phase \(phase.id) begins on \(figures.day(phase.from)).")
  }

  private func lines(_ criterion: Criterion) -> [String] {
    let page = CriterionPage(explanation.plan, in: figures.language)
    return [
      "- [\(figures.word(criterion.status))] [\(figures.word(criterion.grounds))] "
        + page.sentence(criterion)
    ] + grounds(criterion)
  }

  /// What stands under a criterion: its rule, the rows behind it, where they are heading.
  private func grounds(_ criterion: Criterion) -> [String] {
    rule(criterion) + citations.lines(criterion)
      + explanation.warnings.filter { $0.criterion == criterion.id }.map {
        citations.margin + EarlyWarningPage(plan: explanation.plan, figures: figures).named($0)
      }
  }

  /// The rule behind what stands in the way, or would.
  private func rule(_ criterion: Criterion) -> [String] {
    switch criterion.status {
    case .unmet, .waived, .warning: [citations.margin + rules.line(criterion)]
    case .met, .pending: []
    }
  }

  private var origin: [String] {
    var lines = [
      "",
      figures.say("Plan adopté le ", "Plan adopted at ")
        + "\(explanation.version.adoptedAt) (SHA-256 \(explanation.version.sha256))",
    ]
    if let source = explanation.plan.programme.source {
      lines.append(figures.say("Règles : ", "Rules: ") + source)
    }
    return lines
  }
}
