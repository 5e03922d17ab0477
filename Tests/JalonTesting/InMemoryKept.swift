public import JalonCore
public import JalonPages
import JalonRound
import Synchronization

/// What a world in memory keeps, as rows that a test may tamper with before it is verified.
public final class InMemoryKept {
  /// The ledger.
  public var entries: [LedgerEntry] = []
  /// The received files, by number.
  public var submissions: [KeptSubmission] = []
  /// The digests of their rows.
  public var facts: [Int64: Digest] = [:]
  /// Submissions that rows name without right.
  public var strayFacts: [Int64] = []
  /// The adopted versions.
  public var versions: [KeptVersion] = []
  /// The recorded recommendations.
  public var recommendations: [KeptRecommendation] = []
  /// What officers did.
  public var acts: [KeptAct] = []
  /// What second persons said of it.
  public var confirmations: [(act: Int64, word: KeptAct.Word)] = []
  /// What the archive has under each digest.
  public var archived: [Digest: [UInt8]] = [:]

  private let world: InMemoryWorld

  /// What a world keeps.
  public init(_ world: InMemoryWorld) {
    self.world = world
    let notebook = world.notebook
    for entry in notebook.ledger {
      append(kind: entry.kind, subject: entry.subject, body: entry.body, at: entry.at)
    }
    for (number, filed) in notebook.state.filed { keep(number, filed) }
    versions = notebook.versions.enumerated().map { offset, kept in
      KeptVersion(
        key: Int64(offset) + 1, kind: kept.version.kind.rawValue, object: kept.version.id,
        path: kept.version.path, sha256: kept.version.digest.hexadecimal,
        adoptedAt: kept.version.at.microseconds, adoptedBy: kept.author.name,
        user: kept.author.user, reason: kept.author.reason,
        content: SHA256.hash(kept.version.bytes))
    }
    recommendations = notebook.state.changes.enumerated().map { offset, change in
      KeptRecommendation(
        key: Int64(offset) + 1, project: change.project, phase: change.now.phase,
        recordedAt: change.at.microseconds, asOf: Int64(change.day.number),
        knownAt: change.at.microseconds, recommendation: change.now.recommendation.rawValue,
        effective: change.now.effective, crossed: change.now.crossed.map { Int64($0.number) },
        discretionary: change.now.discretionary ? 1 : 0, flagged: change.now.flagged ? 1 : 0,
        funds: change.now.fundsAtStake.micros, since: Int64(change.day.number))
    }
    archived = world.archived
  }

  private func keep(_ number: Int64, _ filed: FiledSubmission) {
    let receipt = filed.receipt
    let project = receipt.project.flatMap { id in
      world.notebook.state.projectIDs.contains(id) ? id : nil
    }
    submissions.append(
      KeptSubmission(
        number: number, project: project, file: receipt.file, sha256: receipt.sha256,
        bytes: Int64(receipt.bytes), receivedAt: receipt.receivedAt.microseconds,
        recordedAt: filed.recordedAt.microseconds, status: receipt.status.rawValue,
        duplicateOf: filed.duplicateOf, rows: Int64(receipt.rows),
        record: RecordDigest.of(
          project: project, name: filed.name, door: filed.door, identity: filed.identity,
          receipt: filed.receiptJSON),
        wasTooLarge: receipt.errors.contains { $0.code == ProblemCode.tooLarge.rawValue },
        archived: filed.isArchived ? 1 : 0))
    facts[number] = FactsDigest.of(filed.units, filed.milestones)
  }

  /// Appends an entry, chained to the last one.
  public func append(kind: String, subject: String, body: String, at: Instant) {
    let previous = entries.last?.sha256 ?? LedgerEntry.origin
    let sequence = (entries.last?.sequence ?? 0) + 1
    let digest = LedgerEntry.digest(
      previous: previous, sequence: sequence, at: at, kind: kind, subject: subject, body: body)
    entries.append(
      LedgerEntry(
        sequence: sequence, at: at, kind: kind, subject: subject, body: body, previous: previous,
        sha256: digest))
  }

  /// Enters an act, as the program would, in row and ledger, with a second person's word.
  public func enter(_ act: OfficerAct) {
    let number = Int64(acts.count) + 1
    var entered = act
    entered.number = number
    let columns = Self.columns(of: act.deed)
    acts.append(
      KeptAct(
        number: number, project: act.project, deed: columns.deed, phase: columns.phase,
        criterion: columns.criterion, indicator: columns.indicator, period: columns.period,
        verdict: columns.verdict, sha256: columns.sha256, takesBack: columns.takesBack ? 1 : 0,
        stood: act.stood?.rawValue, version: act.version.hexadecimal, rules: Int64(act.rules),
        needsSecond: act.needsSecond ? 1 : 0, word: Self.word(act.signature)))
    append(
      kind: columns.deed, subject: act.project, body: LedgerPage.act(entered),
      at: act.signature.at)
    guard let word = act.confirmation else { return }
    confirmations.append((number, Self.word(word)))
    append(
      kind: "confirm", subject: act.project, body: LedgerPage.confirmation(of: number, word),
      at: word.at)
  }

  private static func word(_ signature: Signature) -> KeptAct.Word {
    KeptAct.Word(
      by: signature.name, user: signature.user, way: signature.way.rawValue,
      reason: signature.reason, at: signature.at.microseconds, day: Int64(signature.on.number))
  }

  private struct Columns {
    var deed: String
    var phase: String?
    var criterion: String?
    var indicator: String?
    var period: String?
    var verdict: String?
    var sha256: String?
    var takesBack = false
  }

  private static func columns(of deed: OfficerAct.Deed) -> Columns {
    switch deed {
    case .decide(let phase, let verdict):
      Columns(
        deed: "decide", phase: phase, verdict: verdict?.rawValue, takesBack: verdict == nil)
    case .waive(let phase, let criterion, let isTakenBack):
      Columns(deed: "waive", phase: phase, criterion: criterion, takesBack: isTakenBack)
    case .contest(let indicator, let period, let isTakenBack):
      Columns(
        deed: "contest", indicator: indicator, period: period.description,
        takesBack: isTakenBack)
    case .expunge(let digest): Columns(deed: "expunge", sha256: digest.hexadecimal)
    }
  }

  /// Writes the whole ledger anew with other bodies, as somebody who can change everything would.
  public func rewrite(_ body: (LedgerEntry) -> String) {
    let old = entries
    entries = []
    for entry in old {
      append(kind: entry.kind, subject: entry.subject, body: body(entry), at: entry.at)
    }
  }

  /// The end of the ledger.
  public var head: LedgerHead {
    entries.last.map { LedgerHead(sequence: $0.sequence, sha256: $0.sha256) } ?? .none
  }

  /// Verifies it.
  public func verify(_ heads: [KeptHead] = []) throws -> VerificationReport {
    try Verification(notebook, archive, world.world).run(heads)
  }

  private var notebook: KeptNotebook {
    KeptNotebook(
      extent: {
        KeptExtent(
          head: self.head, submission: self.submissions.map(\.number).max() ?? 0,
          version: self.versions.map(\.key).max() ?? 0,
          recommendation: self.recommendations.map(\.key).max() ?? 0)
      },
      entries: { from, limit in
        Array(self.entries.filter { $0.sequence >= from }.prefix(limit))
      },
      submissions: { numbers in
        Dictionary(
          self.submissions.filter { numbers.contains($0.number) }.map { ($0.number, $0) },
          uniquingKeysWith: { first, _ in first })
      },
      facts: { numbers in self.facts.filter { numbers.contains($0.key) } },
      submissionNumbers: { after, limit in
        Array(self.submissions.map(\.number).filter { $0 > after }.sorted().prefix(limit))
      },
      versions: { after, limit in
        Array(self.versions.filter { $0.key > after }.prefix(limit))
      },
      recommendations: { after, limit in
        Array(self.recommendations.filter { $0.key > after }.prefix(limit))
      },
      acts: { after, limit in Array(self.acts.filter { $0.number > after }.prefix(limit)) },
      confirmations: { after, limit in
        Array(self.confirmations.filter { $0.act > after }.prefix(limit))
      },
      strayFacts: { try $0(self.strayFacts) })
  }

  private var archive: KeptArchive {
    let archived = archived
    return KeptArchive(
      digest: { archived[$0].map { SHA256.hash($0) } },
      names: { byte in
        archived.keys.filter { $0.bytes.first == byte }.map(\.hexadecimal)
      })
  }
}
