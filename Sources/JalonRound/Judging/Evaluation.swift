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

/// Judges projects, and records what changed.
public struct Evaluation {
  let notebook: Notebook
  private let world: World
  private let portfolio: Portfolio
  let day: Day
  let knownAt: Instant
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
  private static let chunk = 256

  /// Judges every project, and hands them over some at a time, in the order of first adoption.
  ///
  /// Changes are recorded under the instant `recording`; `nil` records nothing.
  public func all(recording: Instant?, each: ([JudgedProject]) throws -> Void) throws {
    var last: Int64 = 0
    while true {
      var judged: [JudgedProject] = []
      // Read, judged and recorded in one transaction, so that nothing older than what another
      // process has just recorded is ever written over it.
      try transaction(recording) {
        let records = try notebook.submissions.nextProjects(
          last, Evaluation.chunk, isPresent ? nil : knownAt)
        last = records.last?.key ?? last
        judged = try judge(records)
        if let recording { try record(&judged, at: recording) }
      }
      guard !judged.isEmpty else { return }
      try each(judged)
    }
  }

  /// Judges some projects by id.
  ///
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``.
  public func projects(_ ids: [String], recording: Instant?) throws -> [JudgedProject] {
    var judged: [JudgedProject] = []
    try transaction(recording) { judged = try within(ids, recording: recording) }
    return judged
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

  private func transaction(_ recording: Instant?, _ body: () throws -> Void) throws {
    if recording == nil { try body() } else { try notebook.write(body) }
  }

  private func judge(_ records: [Notebook.ProjectRecord]) throws -> [JudgedProject] {
    let (portfolio, knownAt, day) = (portfolio, knownAt, day)
    let results = world.map(records) { record in
      Result { () throws(RoundError) in
        try Evaluation.judge(record, in: portfolio, asOf: day, knownAt: knownAt)
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
      version: record.version, plan: plan, knowledge: knowledge, gates: gates)
  }

  /// Records the gates whose state differs from the one recorded before.
  private func record(_ judged: inout [JudgedProject], at instant: Instant) throws {
    for index in judged.indices {
      guard let gates = try? judged[index].gates.get() else { continue }
      let id = judged[index].plan.project.id
      let changes = gates.map(RecordedGate.init).changes(from: try notebook.gates.latest(id))
      guard !changes.isEmpty else { continue }
      judged[index].changes = changes
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
      effective: now.effective, crossed: now.crossed, fundsAtStake: now.fundsAtStake)
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
