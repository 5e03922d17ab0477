import JalonCore
import JalonPages
import JalonRound

/// `jalon status`: where things stand.
struct StatusCommand: Command {
  static let help = CommandHelp(
    name: "status",
    summary: "Show where projects stand; one project whole; or a programme and its envelope.",
    synopsis: "[PROJECT | PROGRAMME] [--plans] [--as-of D] [--known-at T] [--json]",
    words: 0...1,
    options: [
      .init(
        "--plans", nil, "the project's adopted versions, what each changed, and the deviation"),
      .init("--as-of", "DATE", "the day to judge (default: today)"),
      .init("--known-at", "INSTANT", "with what had been received by then (default: now)"),
      .init("--json", nil, "print JSON"),
    ],
    example: "jalon status SNAP3-017")

  /// How many received files of one project are listed.
  private static let listed = 20

  private let subject: String?
  private let asOf: Day?
  private let knownAt: Instant?
  private let isJSON: Bool
  private let asksPlans: Bool

  init(_ arguments: Arguments) throws(Failure) {
    subject = arguments.words.first
    asOf = try arguments.day("--as-of")
    knownAt = try arguments.instant("--known-at")
    isJSON = arguments.has("--json")
    asksPlans = arguments.has("--plans")
    guard subject != nil || !asksPlans else {
      throw Failure(.usage, "--plans is about one project (\(Self.help.usageLine))")
    }
  }

  func run(_ program: Program) throws -> ExitStatus {
    let question = program.question(asOf, knownAt)
    let notebook = try program.notebook()
    try notebook.requireAdopted()
    let evaluation = try program.evaluation(question)
    if asksPlans, let subject {
      return try showPlans(of: subject, evaluation, question, program.language)
    }
    let page = StatusPage(asOf: question.asOf, knownAt: question.knownAt, in: program.language)
    var statuses: [ProjectStatus] = []
    let programme = try programme(notebook, question)
    if let subject, programme == nil {
      statuses = try evaluation.projects([subject], recording: nil).map {
        StatusCommand.status($0, warnings: $0.earlyWarnings(asOf: question.asOf))
      }
    } else {
      try evaluation.all(recording: nil) { judged in
        statuses += judged.filter { programme == nil || $0.plan.programme.id == programme?.id }
          .map { StatusCommand.status($0) }
      }
      statuses.sort { $0.plan.project.id < $1.plan.project.id }
    }
    let envelope = programme.map {
      EnvelopePage($0, grants: statuses.map(\.plan.project.grant), in: program.language)
    }
    if isJSON {
      try show(statuses, envelope, page)
    } else if let status = statuses.first, subject != nil, programme == nil {
      let received = try notebook.submissions.recent(status.plan.project.id, StatusCommand.listed)
        .filter { $0.receivedAt <= question.knownAt }.map(ReceivedLine.init)
      try Output.write(page.whole(status, received: received, width: Output.width))
      let acts = try notebook.acts.about(status.plan.project.id)
        .filter { $0.signature.at <= question.knownAt }
      if !acts.isEmpty {
        let text = ActsPage(in: program.language).text(acts, width: Output.width)
        try Output.write("\n" + text)
      }
    } else {
      try Output.write(envelope.map { $0.text + "\n" } ?? "")
      try Output.write(page.overview(statuses, width: Output.width))
    }
    let overflowed = statuses.filter { $0.gates == nil }.map(\.plan.project.id)
    return overflowed.isEmpty ? .done : Output.complainOfOverflow(overflowed)
  }

  /// The programme that is asked about; a project of the same id comes first.
  private func programme(_ notebook: Notebook, _ question: Program.Question) throws -> Programme? {
    guard let subject, try notebook.versions.inForce(.project, subject, nil) == nil else {
      return nil
    }
    let instant = question.knowsAll ? nil : question.knownAt
    return try Portfolio(notebook, at: instant).programmes[subject]
  }

  private func show(
    _ statuses: [ProjectStatus], _ envelope: EnvelopePage?, _ page: StatusPage
  ) throws {
    try Output.write(page.opening)
    for (index, status) in statuses.enumerated() {
      try Output.write((index > 0 ? Array(",\n".utf8) : [0x0A]) + page.json(status).compact)
    }
    try Output.write("\n]")
    if let envelope { try Output.write(Array(",\"programme\":".utf8) + envelope.json.compact) }
    try Output.write("}\n")
  }

  /// The plan's versions, and how far the project strays from the first and the last.
  private func showPlans(
    of project: String, _ evaluation: Evaluation, _ question: Program.Question,
    _ language: Language
  ) throws -> ExitStatus {
    let versions = try evaluation.planVersions(project)
    let page = PlansPage(
      versions, deviations: try evaluation.planDeviations(project, versions),
      asOf: question.asOf, knownAt: question.knownAt, in: language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
    return .done
  }

  static func status(
    _ judged: JudgedProject, warnings: [(phase: String, warning: EarlyWarning)]? = nil
  ) -> ProjectStatus {
    ProjectStatus(
      plan: judged.plan, gates: try? judged.gates.get(),
      missing: judged.plan.allMissing(knowing: judged.knowledge), warnings: warnings)
  }
}

extension ReceivedLine {
  init(_ summary: SubmissionSummary) {
    self.init(
      receivedAt: summary.receivedAt, receipt: Receipt.id(number: summary.number),
      file: summary.file, status: summary.status, rows: summary.rows)
  }
}
