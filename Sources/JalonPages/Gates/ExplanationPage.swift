public import JalonCore

/// A file that a figure comes from, as it is cited.
public struct CitedFile: Hashable, Sendable {
  /// Its receipt.
  public let receipt: String
  /// Its name, escaped.
  public let file: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public let sha256: String
  /// When it was received.
  public let receivedAt: Instant

  /// A file.
  public init(receipt: String, file: String, sha256: String, receivedAt: Instant) {
    self.receipt = receipt
    self.file = file
    self.sha256 = sha256
    self.receivedAt = receivedAt
  }
}

/// A gate's judgement with the file and line behind every figure.
public struct Explanation: Sendable {
  /// The plan in force.
  public var plan: Plan
  /// The judged gate.
  public var gate: GateJudgement
  /// The rows behind each criterion, by its id.
  public var citations: [String: [Citation]]
  /// The files cited, by number.
  public var files: [Int64: CitedFile]
  /// The day judged.
  public var asOf: Day
  /// What was known.
  public var knownAt: Instant
  /// The digest of the project's file as adopted, and when it was.
  public var version: (sha256: String, adoptedAt: Instant)

  /// An explanation.
  public init(
    plan: Plan, gate: GateJudgement, citations: [String: [Citation]], files: [Int64: CitedFile],
    asOf: Day, knownAt: Instant, version: (sha256: String, adoptedAt: Instant)
  ) {
    self.plan = plan
    self.gate = gate
    self.citations = citations
    self.files = files
    self.asOf = asOf
    self.knownAt = knownAt
    self.version = version
  }
}

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
    var rows = (explanation.citations[criterion.id] ?? []).map(json)
    if case .milestone(_, _, let reach?) = criterion.finding {
      rows.append(
        .object(
          [("milestone", .string(reach.milestone)), ("reached", .text(reach.reached))]
            + place(reach.source)))
    }
    return .object([
      ("id", .string(criterion.id)), ("status", .string(criterion.status.rawValue)),
      ("message", .string(page.sentence(criterion))), ("figures", .array(rows)),
    ])
  }

  private func json(_ citation: Citation) -> JSONText {
    .object(
      [
        ("indicator", .string(citation.indicator)), ("period", .text(citation.period)),
        ("profile", .text(citation.observation.profile)),
        ("value", .text(citation.observation.value)),
        ("weight", .text(citation.observation.weight)),
        ("evidence", .string(citation.observation.evidence.word)),
      ] + place(citation.source))
  }

  private func place(_ source: Source) -> [(String, JSONText)] {
    let file = explanation.files[source.submission]
    return [
      ("file", .text(file?.file)), ("line", .int(Int(source.line))),
      ("receipt", .text(file?.receipt)), ("sha256", .text(file?.sha256)),
      ("receivedAt", .text(file?.receivedAt)),
    ]
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
      figures.say("Avis", "Recommendation") + figures.say("\u{A0}: ", ": ")
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
        "Jugé au \(figures.day(explanation.asOf)) avec ce qui était reçu le "
          + "\(explanation.knownAt)",
        "Judged as of \(figures.day(explanation.asOf)) with what was received by "
          + "\(explanation.knownAt)"),
      verdict, "",
    ]
  }

  private func lines(_ criterion: Criterion) -> [String] {
    let page = CriterionPage(explanation.plan, in: figures.language)
    var lines = [
      "- [\(figures.word(criterion.status))] [\(figures.word(criterion.grounds))] "
        + page.sentence(criterion)
    ]
    if case .milestone(_, _, let reach?) = criterion.finding {
      lines.append("      " + cite(reach.source))
    }
    lines += (explanation.citations[criterion.id] ?? []).map(line)
    return lines
  }

  private func line(_ citation: Citation) -> String {
    let row = citation.observation
    let unit = explanation.plan.indicator(citation.indicator)?.unit ?? ""
    let profile = row.profile.map { " (\($0))" } ?? ""
    let value =
      row.value.map { figures.measure(Fraction($0), unit: unit) }
      ?? figures.say("sans objet", "not applicable")
    return "      \(citation.period)\(profile)  \(value), \(figures.word(row.evidence))  —  "
      + cite(citation.source)
  }

  private func cite(_ source: Source) -> String {
    guard let file = explanation.files[source.submission] else { return "" }
    let line = figures.say("ligne", "line") + " \(source.line)"
    return "\(file.file), \(line), \(file.receipt), \(file.receivedAt)"
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
