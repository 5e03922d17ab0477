public import JalonCore

/// Where one project stands, for the overview.
public struct ProjectStatus: Sendable {
  /// Its plan.
  public let plan: Plan
  /// Its gates, or `nil` when a figure of it overflows.
  public let gates: [GateJudgement]?
  /// Expected periods without a report, of every indicator, in order.
  public let missing: [(indicator: String, expected: ExpectedPeriod)]
  /// Where the measures behind the open gates are heading, by phase; `nil` when not asked for.
  public let warnings: [(phase: String, warning: EarlyWarning)]?

  /// A project's status.
  public init(
    plan: Plan, gates: [GateJudgement]?,
    missing: [(indicator: String, expected: ExpectedPeriod)],
    warnings: [(phase: String, warning: EarlyWarning)]? = nil
  ) {
    self.warnings = warnings
    self.plan = plan
    self.gates = gates
    self.missing = missing
  }

  /// The first gate that is not settled by a release, or the last one.
  var current: GateJudgement? { gates?.first { $0.effective != "release" } ?? gates?.last }

  /// The expected periods that are overdue at a day.
  func overdue(_ day: Day) -> [(indicator: String, expected: ExpectedPeriod)] {
    missing.filter { day > $0.expected.due.adding(days: plan.graceDays) }
  }

  /// The expected periods that have ended by a day and are not overdue yet.
  func awaited(_ day: Day) -> [(indicator: String, expected: ExpectedPeriod)] {
    missing.filter {
      $0.expected.end <= day && day <= $0.expected.due.adding(days: plan.graceDays)
    }
  }
}

/// Where projects stand: one line each, or one project whole.
public struct StatusPage: Sendable {
  private let day: Day
  private let knownAt: Instant
  private let figures: Figures

  /// A page as of a day.
  public init(asOf day: Day, knownAt: Instant, in language: Language) {
    self.day = day
    self.knownAt = knownAt
    figures = Figures(language)
  }

  // MARK: For programs

  /// The opening of the whole answer; projects follow, then `]}`.
  public var opening: String { EvaluationPage.opening(asOf: day, knownAt: knownAt) }

  /// One project for programs.
  public func json(_ status: ProjectStatus) -> JSONText {
    let project = status.plan.project
    return .object([
      ("project", .string(project.id)), ("programme", .string(project.programme)),
      ("title", .string(project.title)), ("lead", .string(project.lead)),
      ("gates", status.gates.map { .array($0.map(EvaluationPage.gate)) } ?? .null),
      ("overdue", .array(status.overdue(day).map(json))),
      ("awaited", .array(status.awaited(day).map(json))),
      ("earlyWarnings", earlyWarnings(status)),
    ])
  }

  private func earlyWarnings(_ status: ProjectStatus) -> JSONText {
    let page = EarlyWarningPage(plan: status.plan, figures: figures)
    return status.warnings.map { warnings in
      .array(
        warnings.map { phase, warning in
          .object([("phase", .string(phase)), ("warning", page.json(warning))])
        })
    } ?? .null
  }

  private func json(_ missing: (indicator: String, expected: ExpectedPeriod)) -> JSONText {
    .object([
      ("indicator", .string(missing.indicator)), ("period", .text(missing.expected.period)),
      ("due", .text(missing.expected.due)),
    ])
  }

  // MARK: For people

  /// One line for each project.
  public func overview(_ statuses: [ProjectStatus], width: Int) -> String {
    var table = Table([
      (figures.say("projet", "project"), .left), (figures.say("phase", "phase"), .left),
      (figures.say("passage", "gate"), .left), (figures.say("avis", "recommendation"), .left),
      (figures.say("en jeu", "at stake"), .right),
      (figures.say("retards", "overdue"), .right), (figures.say("titre", "title"), .left),
    ])
    for status in statuses {
      let gate = status.current
      table.add([
        status.plan.project.id, gate?.phase ?? "—", gate.map { figures.day($0.date) } ?? "—",
        gate.map { figures.effective($0) } ?? figures.say("erreur de calcul", "overflow"),
        gate.map { figures.euros($0.fundsAtStake) } ?? "—", String(status.overdue(day).count),
        status.plan.project.title,
      ])
    }
    return table.text(width: width)
  }

  /// One project whole.
  public func whole(_ status: ProjectStatus, received: [ReceivedLine], width: Int) -> String {
    let project = status.plan.project
    var text = "\(project.id)  \(project.title)\n\(project.lead)\n\n"
    var gates = Table([
      (figures.say("phase", "phase"), .left), (figures.say("passage", "gate"), .left),
      (figures.say("avis", "recommendation"), .left),
      (figures.say("franchi", "crossed"), .left), (figures.say("en jeu", "at stake"), .right),
    ])
    for gate in status.gates ?? [] {
      gates.add([
        gate.phase, figures.day(gate.date), figures.effective(gate),
        gate.crossed.map(figures.day) ?? "—", figures.euros(gate.fundsAtStake),
      ])
    }
    text +=
      status.gates == nil
      ? figures.say(
        "Un chiffre calculé est trop grand pour être exact : ce projet n’est pas jugé.\n",
        "A computed figure is too large to be exact: this project is not judged.\n")
      : gates.text(width: width)
    text += trends(status, width: width)
    text += "\n" + missing(status, width: width)
    return text + files(received, width: width)
  }

  /// Where the measures behind the open gates are heading.
  private func trends(_ status: ProjectStatus, width: Int) -> String {
    guard let warnings = status.warnings, !warnings.isEmpty else { return "" }
    let page = EarlyWarningPage(plan: status.plan, figures: figures)
    return "\n"
      + warnings.map { phase, warning in
        let subject = warning.criterion.split(separator: ":", maxSplits: 1).last ?? ""
        return Table.wrap("- \(phase), \(subject)\(figures.colon)" + page.line(warning), to: width)
          + "\n"
      }.joined()
  }

  private func missing(_ status: ProjectStatus, width: Int) -> String {
    let overdue = status.overdue(day).map { ($0, figures.say("en retard", "overdue")) }
    let awaited = status.awaited(day).map { ($0, figures.say("attendue", "awaited")) }
    guard !overdue.isEmpty || !awaited.isEmpty else {
      return figures.say("Remontées à jour.\n", "Reports up to date.\n")
    }
    var table = Table([
      (figures.say("remontée", "report"), .left), (figures.say("période", "period"), .left),
      (figures.say("échéance", "due"), .left), (figures.say("état", "state"), .left),
    ])
    for (missing, state) in overdue + awaited {
      table.add([
        missing.indicator, missing.expected.period.description,
        figures.day(missing.expected.due), state,
      ])
    }
    return table.text(width: width)
  }

  private func files(_ received: [ReceivedLine], width: Int) -> String {
    guard !received.isEmpty else {
      return figures.say("\nAucun fichier reçu.\n", "\nNo file received.\n")
    }
    var table = Table([
      (figures.say("reçu", "received"), .left), (figures.say("récépissé", "receipt"), .left),
      (figures.say("fichier", "file"), .left), (figures.say("état", "state"), .left),
      (figures.say("lignes", "rows"), .right),
    ])
    for line in received {
      table.add([
        figures.moment(line.receivedAt), line.receipt, line.file, figures.word(line.status),
        String(line.rows),
      ])
    }
    return "\n" + table.text(width: width)
  }
}

/// A received file as `status` lists it.
public struct ReceivedLine: Sendable {
  let receivedAt: Instant
  let receipt: String
  let file: String
  let status: ReceiptStatus
  let rows: Int

  /// A line.
  public init(
    receivedAt: Instant, receipt: String, file: String, status: ReceiptStatus, rows: Int
  ) {
    self.receivedAt = receivedAt
    self.receipt = receipt
    self.file = file
    self.status = status
    self.rows = rows
  }
}

extension Figures {
  /// What holds at a gate: the decision, else the recommendation.
  func effective(_ gate: GateJudgement) -> String {
    guard let decision = gate.decision else { return word(gate.recommendation) }
    let verdict = word(decision.verdict == .release ? Recommendation.release : .withhold)
    guard gate.contradicted != nil else { return verdict + say(" (décidé)", " (decided)") }
    return verdict + say(" (décidé, contredit depuis)", " (decided, contradicted since)")
  }
}
