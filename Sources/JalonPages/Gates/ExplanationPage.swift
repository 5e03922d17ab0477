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
    return .object([
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
    ])
  }

  private func json(_ criterion: Criterion) -> JSONText {
    let page = CriterionPage(explanation.plan, in: figures.language)
    return .object([
      ("id", .string(criterion.id)), ("status", .string(criterion.status.rawValue)),
      ("message", .string(page.sentence(criterion))),
      ("figures", .array(citations.json(criterion))),
    ])
  }

  private var citations: CitationPage {
    CitationPage(
      plan: explanation.plan, citations: explanation.citations, files: explanation.files,
      figures: figures)
  }

  // MARK: For people

  /// The explanation for a terminal.
  public func text(width: Int) -> String {
    (heading + explanation.gate.criteria.flatMap(lines) + origin)
      .map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private var heading: [String] {
    let (gate, project) = (explanation.gate, explanation.plan.project)
    var verdict =
      figures.say("Avis", "Recommendation") + figures.colon
      + figures.word(gate.recommendation)
    if let crossed = gate.crossed {
      verdict += figures.say(
        ", passage franchi le \(figures.day(crossed))", ", crossed on \(figures.day(crossed))")
    }
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
    if gate.discretionary {
      verdict += figures.say(
        " (les règles publiées laissent le choix à l’équipe de suivi)",
        " (the published rules leave the choice to the follow-up team)")
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
      verdict, "",
    ]
  }

  private func lines(_ criterion: Criterion) -> [String] {
    let page = CriterionPage(explanation.plan, in: figures.language)
    return [
      "- [\(figures.word(criterion.status))] [\(figures.word(criterion.grounds))] "
        + page.sentence(criterion)
    ] + citations.lines(criterion)
  }

  private var origin: [String] {
    var lines = [
      "",
      figures.say("Plan adopté le ", "Plan adopted at ")
        + "\(explanation.version.adoptedAt) (SHA-256 \(explanation.version.sha256.prefix(16))…)",
    ]
    if let source = explanation.plan.programme.source {
      lines.append(figures.say("Règles : ", "Rules: ") + source)
    }
    return lines
  }
}
