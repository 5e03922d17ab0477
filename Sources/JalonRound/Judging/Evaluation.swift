public import JalonCore
import JalonPages

/// A project judged as of a day with what was known at an instant.
public struct JudgedProject: Sendable {
  /// The version of its file that was in force.
  public var version: AdoptedVersion
  /// Its plan, as in force at that instant.
  public var plan: Plan
  /// What was known of it.
  public var knowledge: Knowledge
  /// The instant up to which that reaches: never before what was received or done, where it is the
  /// present that is judged, although the clock may have been set back since.
  public var knownAt: Instant
  /// Its gates, or the overflow that made judging it impossible.
  public var gates: Result<[GateJudgement], ComputedOverflow>
  /// The gates whose recorded state this judgement changed.
  public var changes: [GateChange] = []
}

/// A gate whose state differs from the one recorded before.
public struct GateChange: Hashable, Sendable {
  /// The state before; `nil` when none was recorded.
  public var before: RecordedGate?
  /// The state now.
  public var now: RecordedGate
}

/// What recording needs to know.
public struct Recording {
  /// Gives the instant under which changes are recorded.
  var at: () -> Instant
  /// How people are told; `nil`: they are not.
  public var telling: TellingSettings?

  /// A recording; `at` is asked once the transaction has begun, so that instants follow the order in
  /// which processes write: what was printed for an instant stays what was known then.
  public init(at: @autoclosure @escaping () -> Instant, telling: TellingSettings?) {
    self.at = at
    self.telling = telling
  }
}

/// Judges projects, records what changed, and tells those who should know.
public struct Evaluation {
  let notebook: Notebook
  let world: World
  private let portfolio: Portfolio
  /// The day that is judged.
  public let day: Day
  /// What had been received and adopted by then is known.
  public let knownAt: Instant
  private let isPresent: Bool

  /// Prepares to judge as of a day with what had been received and adopted at `knownAt`.
  ///
  /// `isPresent` says that `knownAt` is now, so that the latest versions are the ones in force.
  public init(
    _ notebook: Notebook, _ world: World, asOf day: Day, knownAt: Instant, isPresent: Bool
  ) throws {
    self.notebook = notebook
    self.world = world
    self.day = day
    self.knownAt = knownAt
    self.isPresent = isPresent
    portfolio = try Portfolio(notebook, at: isPresent ? nil : knownAt)
  }

  /// How many projects are held in memory at once.
  static let chunk = 256

  /// Judges every project, and hands them over some at a time, in the order of first adoption.
  ///
  /// `nil` records nothing. Recorded, it is one transaction, so that nothing older than what another
  /// process has just recorded is ever written over it, and a letter is queued with its facts: the
  /// others wait, some seconds a day for ten thousand projects.
  ///
  /// - Returns: the evaluation as it was made: one that is recorded is of the instant at which its
  ///   transaction began.
  @discardableResult
  public func all(
    recording: Recording?, each: ([JudgedProject]) throws -> Void
  ) throws -> Evaluation {
    guard let recording else {
      try walk(recording: nil, each: each)
      return self
    }
    var made = self
    try notebook.write {
      let at = recording.at()
      made = try moved(to: at)
      let run = try recording.telling.map { try WholeRun(made, $0, at: at) }
      var (projects, changes) = (0, 0)
      try made.walk(recording: at) { judged in
        projects += judged.count
        changes += judged.reduce(0) { $0 + $1.changes.count }
        try run?.take(judged)
        try each(judged)
      }
      try notebook.gates.recordEvaluation(at, made.day, projects, changes)
      try run?.finish()
    }
    return made
  }

  /// The same about a later instant, inside a transaction; an evaluation of its own day goes on to
  /// that instant's.
  private func moved(to instant: Instant) throws -> Evaluation {
    guard instant > knownAt else { return self }
    let isOfToday = world.day(knownAt) == day
    return try Evaluation(
      notebook, world, asOf: isOfToday ? world.day(instant) : day, knownAt: instant,
      isPresent: isPresent)
  }

  private func walk(recording: Instant?, each: ([JudgedProject]) throws -> Void) throws {
    var last: Int64 = 0
    while true {
      let records = try notebook.submissions.nextProjects(
        last, Evaluation.chunk, isPresent ? nil : knownAt)
      guard let reached = records.last else { return }
      last = reached.key
      var judged = try judge(records)
      if let recording { try record(&judged, at: recording) }
      try each(judged)
    }
  }

  /// Judges some projects by id.
  ///
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``.
  public func projects(_ ids: [String], recording: Recording?) throws -> [JudgedProject] {
    var all: [JudgedProject] = []
    try some(ids, recording: recording) { all = $0 }
    return all
  }

  /// Judges some projects by id, and hands them over.
  ///
  /// - Returns: the evaluation as it was made, as ``all(recording:each:)`` does.
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``.
  @discardableResult
  public func some(
    _ ids: [String], recording: Recording?, each: ([JudgedProject]) throws -> Void
  ) throws -> Evaluation {
    guard let recording else {
      try each(within(ids, recording: nil))
      return self
    }
    var made = self
    var judged: [JudgedProject] = []
    try notebook.write {
      let at = recording.at()
      made = try moved(to: at)
      judged = try made.within(ids, recording: at)
      guard let settings = recording.telling else { return }
      let telling = try Telling(notebook, world, settings, projects: ids, at: at)
      try telling.take(judged)
      _ = try telling.finish()
    }
    try each(judged)
    return made
  }

  /// Judges some projects inside a transaction that the caller has begun.
  func within(_ ids: [String], recording: Instant?) throws -> [JudgedProject] {
    let records = try ids.map { id in
      guard let record = try notebook.submissions.project(id, isPresent ? nil : knownAt) else {
        throw try notebook.unknownProject(id)
      }
      return record
    }
    var judged = try judge(records)
    if let recording { try record(&judged, at: recording) }
    return judged
  }

  private func judge(_ records: [Notebook.ProjectRecord]) throws -> [JudgedProject] {
    let (portfolio, knownAt, day, isPresent) = (portfolio, knownAt, day, isPresent)
    let results = world.map(records) { record in
      Result { () throws(RoundError) in
        try Evaluation.judge(
          record, in: portfolio, asOf: day,
          knownAt: isPresent ? record.history.present(at: knownAt) : knownAt)
      }
    }
    return try results.map { try $0.get() }
  }

  /// Judges one project.
  static func judge(
    _ record: Notebook.ProjectRecord, in portfolio: Portfolio, asOf day: Day, knownAt: Instant
  ) throws(RoundError) -> JudgedProject {
    let plan = try portfolio.plan(record.version)
    let knowledge = Knowledge(record.history, at: knownAt)
    let gates = Result { () throws(ComputedOverflow) in
      try Judge(plan, knowing: knowledge).gates(asOf: day)
    }
    return JudgedProject(
      version: record.version, plan: plan, knowledge: knowledge, knownAt: knownAt, gates: gates)
  }

  /// Records the gates whose state differs from the one recorded before.
  private func record(_ judged: inout [JudgedProject], at instant: Instant) throws {
    for index in judged.indices {
      guard let gates = try? judged[index].gates.get() else { continue }
      let id = judged[index].plan.project.id
      let changes = gates.map(RecordedGate.init).changes(from: try notebook.gates.latest(id))
      guard !changes.isEmpty else { continue }
      judged[index].changes = changes
      let knownAt = judged[index].knownAt
      try notebook.gates.record(id, changes.map(\.now), instant, day, knownAt)
      try notebook.appendToLedger(
        "recommendation", id,
        LedgerPage.recommendation(changes.map(\.entry), asOf: day, knownAt: knownAt),
        instant)
    }
  }
}

extension GateChange {
  /// The change as the ledger tells it.
  fileprivate var entry: LedgerPage.GateEntry {
    LedgerPage.GateEntry(
      phase: now.phase, before: before?.recommendation, now: now.recommendation,
      effective: now.effective, crossed: now.crossed, isDiscretionary: now.discretionary,
      isFlagged: now.flagged, fundsAtStake: now.fundsAtStake)
  }
}

extension [RecordedGate] {
  /// The gates that differ from those recorded; a gate not reached yet is no news.
  func changes(from recorded: [RecordedGate]) -> [GateChange] {
    let before = Dictionary(recorded.map { ($0.phase, $0) }, uniquingKeysWith: { _, last in last })
    return compactMap { gate in
      guard before[gate.phase] != gate else { return nil }
      if before[gate.phase] == nil && gate.recommendation == .notReached { return nil }
      return GateChange(before: before[gate.phase], now: gate)
    }
  }
}

extension Notebook {
  /// The error for an id that names no adopted project.
  public func unknownProject(_ id: String) throws -> RoundError {
    let known = try versions.latestDigests(.project).keys.sorted()
    return known.isEmpty
      ? .nothingAdopted : .unknownProject(id, nearest: nearestName(to: id, among: known))
  }
}
