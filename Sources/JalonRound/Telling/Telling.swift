import JalonCore
import JalonFormats
import JalonPages

/// Tells people what one run has found: decides about every alert, keeps its state, and queues one
/// letter a reader, all in the transaction of the facts.
///
/// A class, because a run over a portfolio hands its projects over some at a time.
final class Telling {
  /// How far ahead a letter's dates go.
  private static let daysAhead = 90
  /// How many letters are held rendered at once.
  private static let renderedAtOnce = 256

  let notebook: Notebook
  let world: World
  let settings: TellingSettings
  let moment: AlertRules.Moment
  private let rules: AlertRules
  /// What is open, by project.
  let open: [String: [OpenAlert]]
  private let lastTold: [AlertRules.Line: Instant]
  let silences: [Silence]
  private var ended: [Int64: Silence] = [:]
  private var letters = Letters()

  /// Begins to tell of some projects (empty id: Jalon itself), or of all (`nil`).
  init(
    _ notebook: Notebook, _ world: World, _ settings: TellingSettings, projects: [String]?,
    at now: Instant
  ) throws {
    self.notebook = notebook
    self.world = world
    self.settings = settings
    moment = AlertRules.Moment(now: now, day: world.day(now))
    rules = AlertRules(repeatDays: settings.repeatDays)
    open = Dictionary(grouping: try notebook.alerts.open(projects)) { $0.alert.key.project }
    lastTold = try notebook.alerts.lastTold(projects)
    silences = try notebook.alerts.silences(moment.day)
  }

  // MARK: Projects

  /// Decides about the alerts of judged projects.
  func take(_ judged: [JudgedProject]) throws {
    for project in judged {
      // What could not be judged has neither begun nor ended anything.
      guard let gates = try? project.gates.get() else { continue }
      try take(project, gates)
    }
  }

  private func take(_ project: JudgedProject, _ gates: [GateJudgement]) throws {
    let plan = project.plan
    let open = open[plan.project.id] ?? []
    let facts = AlertFacts(
      plan, knowing: project.knowledge, gates: gates, asOf: moment.day, on: settings.terms)
    // Only a file that comes in ends a refusal.
    let refusals = open.filter { $0.alert.key.kind == .fileRejected && $0.endedOn == nil }
    let told = try decide(
      open,
      holding: facts.holding.filter { !plan.readers($0.key.audience).isEmpty }
        + refusals.map(\.alert))
    guard !told.isEmpty else { return }
    try tell(
      told,
      ProjectMatters(
        plan: plan, knowledge: project.knowledge, gates: gates, receipt: receipt))
  }

  /// Decides, and keeps what changes.
  ///
  /// - Returns: what is told.
  func decide(_ open: [OpenAlert], holding: [Alert]) throws -> [AlertDecision] {
    let decisions = rules.decide(
      open: open, holding: holding, lastTold: lastTold, silences: silences, at: moment)
    let before = Set(open)
    return try decisions.compactMap { decision in
      var decision = decision
      if !before.contains(decision.alert) {
        decision.alert.number = try notebook.alerts.put(decision.alert, moment.now)
      }
      return decision.isTold ? decision : nil
    }
  }

  /// Tells a project's readers what was decided.
  func tell(_ told: [AlertDecision], _ matters: ProjectMatters) throws {
    let plan = matters.plan
    let day = moment.day
    for audience in Audience.allCases {
      let some = told.filter { $0.alert.alert.key.audience == audience }
      guard !some.isEmpty else { continue }
      let news = try some.map { AlertNews($0, try matters.matter(of: $0.alert.alert.key)) }
      let deadlines = plan.deadlines(
        in: day...day.adding(days: Telling.daysAhead), knowing: matters.knowledge,
        gates: matters.gates
      ).filter { $0.matters(to: audience) }
      let wantsTemplate = some.contains {
        $0.action != .resolve && $0.alert.alert.key.wantsTemplate
      }
      letters.tell(
        plan.readers(audience), news, silences: try silencesEnded(some), deadlines: deadlines,
        attachment: wantsTemplate ? matters.template(on: day, in: world.language) : nil)
    }
  }

  /// Tells readers what concerns no project.
  func tell(_ readers: [String], _ news: AlertNews) throws {
    letters.tell(readers, [news], silences: try silencesEnded([news.decision]))
  }

  /// The silences whose end some news sum up.
  private func silencesEnded(_ told: [AlertDecision]) throws -> [Silence] {
    try told.compactMap { decision in
      guard case .silenceEnded(let number) = decision.reason else { return nil }
      if ended[number] == nil { ended[number] = try notebook.alerts.silence(number) }
      return ended[number]
    }
  }

  func receipt(_ number: Int64) throws -> Receipt? {
    try notebook.submissions.receipt(number).flatMap(readReceipt)
  }

  // MARK: Letters

  /// Queues the letters.
  ///
  /// - Returns: how many.
  func finish() throws -> Int {
    guard !letters.isEmpty else { return 0 }
    let page = try page()
    let all = letters.all()
    // Some at a time: ten thousand messages are a quarter of a gigabyte.
    for start in stride(from: 0, to: all.count, by: Telling.renderedAtOnce) {
      let some = Array(all[start..<min(start + Telling.renderedAtOnce, all.count)])
      for (letter, message) in zip(some, world.map(some) { page.letter($0) }) {
        try queue(letter, message)
      }
    }
    return all.count
  }

  private func queue(_ letter: AlertLetter, _ message: RenderedMessage) throws {
    let projects = Set(letter.news.map(\.decision.alert.alert.key.project))
    try notebook.outbox.queue(
      OutgoingMessage(
        kind: .alert, rendered: message,
        project: projects.count == 1 ? projects.first ?? "" : "",
        decisions: letter.news.map(\.decision), at: moment.now))
  }

  /// The page of this run's letters, with the end of the ledger as it stands.
  func page() throws -> LetterPage {
    let head = try notebook.outbox.ledgerHead()
    return LetterPage(
      MessageFrame(
        from: settings.from, now: moment.now, day: moment.day, language: world.language,
        site: settings.site,
        ledgerHead: head.map { ($0.sequence, String($0.digest.prefix(16))) }))
  }
}

extension Plan {
  /// The addresses of those who are told.
  func readers(_ audience: Audience) -> [String] {
    switch audience {
    case .team: project.contacts
    case .followUp: programme.followUp
    }
  }
}
