public import JalonCore
import JalonPages
public import JalonRound

/// A notebook that keeps everything in memory, transactions included, and counts what it is asked.
public final class InMemoryNotebook {
  /// An entry of the ledger.
  public struct LedgerEntry: Hashable, Sendable {
    /// What happened.
    public let kind: String
    /// To what.
    public let subject: String
    /// The facts, as JSON.
    public let body: String
    /// When.
    public let at: Instant
  }

  /// Something the notebook was told to fail at.
  public struct Refusal: Error, Hashable, Sendable {
    /// What was being done.
    public let doing: String
  }

  struct State {
    var versions: [(version: AdoptedVersion, author: Author)] = []
    var filed: [(number: Int64, submission: FiledSubmission)] = []
    var finished: Set<Int64> = []
    var gates: [String: [RecordedGate]] = [:]
    var ledger: [LedgerEntry] = []
    var evaluations: [Instant] = []
    var changes:
      [(
        at: Instant, day: Day, knownAt: Instant, project: String, before: RecordedGate?,
        now: RecordedGate
      )] = []
    var alerts: [OpenAlert] = []
    var silences: [Silence] = []
    var queued: [OutgoingMessage] = []
    var failed: [FailedDelivery] = []
    var digests: [Day] = []
    var decisions: [String: [Decision]] = [:]
    var acts: [OfficerAct] = []
    /// Every adopted project, in the order first adopted; its place, from 1, is its key.
    var projectIDs: [String] = []
  }

  var state = State()
  private var isWriting = false
  /// What was asked, by the port's name, since the last time this was emptied.
  public var asked: [String: Int] = [:]
  /// The kind of ledger entry that cannot be written.
  public var refusesLedger: String?

  /// An empty notebook.
  public init() {}

  /// The ledger.
  public var ledger: [LedgerEntry] { state.ledger }
  /// Everything filed, in order.
  public var filed: [FiledSubmission] { state.filed.map(\.submission) }
  /// Every version of every file, in order of adoption, with who adopted it.
  public var versions: [(version: AdoptedVersion, author: Author)] { state.versions }
  /// How many evaluations were recorded.
  public var evaluations: Int { state.evaluations.count }

  /// The round's port.
  public var port: Notebook {
    Notebook(
      write: { try self.write($0) }, versions: versionsPort, submissions: submissionsPort,
      gates: gatesPort, alerts: alertsPort, outbox: outboxPort, acts: actsPort,
      appendToLedger: { kind, subject, body, at in
        self.needsTransaction()
        if kind == self.refusesLedger { throw Refusal(doing: "ledger") }
        self.state.ledger.append(
          LedgerEntry(kind: kind, subject: subject, body: body, at: at))
      })
  }

  private func write(_ body: () throws -> Void) throws {
    precondition(!isWriting, "a transaction inside a transaction")
    let before = state
    isWriting = true
    defer { isWriting = false }
    do {
      try body()
    } catch {
      state = before
      throw error
    }
  }

  /// Writes belong inside a transaction: the real notebook would commit each on its own.
  func needsTransaction() { precondition(isWriting, "a write outside a transaction") }

  func count(_ question: String) { asked[question, default: 0] += 1 }

  private var gatesPort: Notebook.Gates {
    Notebook.Gates(
      latest: { self.state.gates[$0] ?? [] },
      record: { id, gates, at, day, knownAt in
        self.needsTransaction()
        for gate in gates {
          let before = self.state.gates[id]?.first { $0.phase == gate.phase }
          self.state.changes.append((at, day, knownAt, id, before, gate))
          self.state.gates[id, default: []].removeAll { $0.phase == gate.phase }
          self.state.gates[id, default: []].append(gate)
        }
      },
      recordEvaluation: { at, _, _, _ in
        self.needsTransaction()
        self.state.evaluations.append(at)
      },
      latestEvaluation: { self.state.evaluations.last },
      changes: { self.changes(since: $0) },
      all: { id in
        self.state.changes.filter { $0.project == id }.map {
          GateRecord(gate: $0.now, at: $0.at, asOf: $0.day, knownAt: $0.knownAt)
        }
      })
  }

  private func changes(since instant: Instant) -> [DigestLetter.Change] {
    var found: [String: DigestLetter.Change] = [:]
    for change in state.changes where change.at > instant {
      let before = found[change.project + " " + change.now.phase]
      found[change.project + " " + change.now.phase] = DigestLetter.Change(
        project: change.project, phase: change.now.phase,
        before: before?.before ?? change.before?.recommendation,
        now: change.now.recommendation, on: change.day, fundsAtStake: change.now.fundsAtStake)
    }
    return found.values.sorted { ($0.project, $0.phase) < ($1.project, $1.phase) }
  }
}
