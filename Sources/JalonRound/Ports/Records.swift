public import JalonCore

/// A file of the portfolio as it was adopted.
public struct AdoptedVersion: Sendable {
  /// Its number in the notebook: later adoptions have greater ones.
  public var key: Int64
  /// Programme or project.
  public var kind: PortfolioKind
  /// The object's id.
  public var id: String
  /// Where the file was, relative to the portfolio's folder.
  public var path: String
  /// The file's bytes.
  public var bytes: [UInt8]
  /// Their digest.
  public var digest: Digest
  /// When it was adopted.
  public var at: Instant

  /// A version.
  public init(
    key: Int64, kind: PortfolioKind, id: String, path: String, bytes: [UInt8], digest: Digest,
    at: Instant
  ) {
    self.key = key
    self.kind = kind
    self.id = id
    self.path = path
    self.bytes = bytes
    self.digest = digest
    self.at = at
  }
}

/// Who did something, and why.
public struct Author: Sendable {
  /// The label given with `--by`.
  public var name: String
  /// The operating-system user.
  public var user: String
  /// Why.
  public var reason: String

  /// An author.
  public init(name: String, user: String, reason: String) {
    self.name = name
    self.user = user
    self.reason = reason
  }
}

/// A version and who adopted it.
public struct SignedVersion: Sendable {
  /// The version.
  public var version: AdoptedVersion
  /// Who adopted it, and why.
  public var author: Author

  /// A version.
  public init(version: AdoptedVersion, author: Author) {
    self.version = version
    self.author = author
  }
}

/// A gate's state as an evaluation recorded it.
public struct GateRecord: Sendable {
  /// The state.
  public var gate: RecordedGate
  /// When it was recorded.
  public var at: Instant
  /// The day that was judged.
  public var asOf: Day
  /// What was known.
  public var knownAt: Instant

  /// A record.
  public init(gate: RecordedGate, at: Instant, asOf: Day, knownAt: Instant) {
    self.gate = gate
    self.at = at
    self.asOf = asOf
    self.knownAt = knownAt
  }
}

/// A file as it is entered in the notebook.
public struct FiledSubmission: Sendable {
  /// Its answer.
  public var receipt: Receipt
  /// The receipt's JSON, kept as it was first written.
  public var receiptJSON: String
  /// The digest of its bytes.
  public var digest: Digest
  /// Whom it came from, where the folder or the file told it.
  public var holder: DoorHolder?
  /// The submission with the same bytes that was accepted.
  public var duplicateOf: Int64?
  /// The file's name as it was, byte for byte.
  public var name: [UInt8]
  /// The real instant of the entry, beside the instant of receipt.
  public var recordedAt: Instant
  /// The depot it stands in until its receipt is written, or `nil` when it came by the shell.
  public var door: String?
  /// The file's identity in that depot.
  public var identity: FileIdentity?
  /// Whether the archive was given its bytes.
  public var isArchived: Bool
  /// What it reports, when accepted.
  public var units: [(indicator: String, unit: ReportedUnit)]
  /// Its milestone rows, when accepted.
  public var milestones: [MilestoneReach]
}

/// A gate's recommendation as it was last recorded.
public struct RecordedGate: Hashable, Sendable {
  /// The phase that the gate ends.
  public var phase: String
  /// What the rules said.
  public var recommendation: Recommendation
  /// What held: the decision, or the recommendation.
  public var effective: String
  /// The day it was crossed.
  public var crossed: Day?
  /// Whether the published rules left the choice to the follow-up team.
  public var discretionary: Bool
  /// Whether it was flagged.
  public var flagged: Bool
  /// The next phase's funding, in euros.
  public var fundsAtStake: Quantity

  /// A gate's state, without its criteria.
  public init(_ gate: GateJudgement) {
    phase = gate.phase
    recommendation = gate.recommendation
    effective = gate.effective
    crossed = gate.crossed
    discretionary = gate.discretionary
    flagged = gate.isFlagged
    fundsAtStake = gate.fundsAtStake
  }

  /// A gate's state as recorded.
  public init(
    phase: String, recommendation: Recommendation, effective: String, crossed: Day?,
    discretionary: Bool, flagged: Bool, fundsAtStake: Quantity
  ) {
    self.phase = phase
    self.recommendation = recommendation
    self.effective = effective
    self.crossed = crossed
    self.discretionary = discretionary
    self.flagged = flagged
    self.fundsAtStake = fundsAtStake
  }
}

/// A submission as listed to a person.
public struct SubmissionSummary: Sendable {
  /// Its number in the notebook.
  public var number: Int64
  /// The file's name, escaped.
  public var file: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public var sha256: String
  /// When it was received.
  public var receivedAt: Instant
  /// What became of it.
  public var status: ReceiptStatus
  /// How many rows counted.
  public var rows: Int

  /// A summary.
  public init(
    number: Int64, file: String, sha256: String, receivedAt: Instant, status: ReceiptStatus,
    rows: Int
  ) {
    self.number = number
    self.file = file
    self.sha256 = sha256
    self.receivedAt = receivedAt
    self.status = status
    self.rows = rows
  }
}

/// A submission whose receipt may not be on disk, or whose file may not have left its depot.
public struct PendingSubmission: Sendable {
  /// Its number in the notebook.
  public var number: Int64
  /// The receipt's JSON as it was first written.
  public var receiptJSON: String
  /// The depot.
  public var door: String
  /// The file's name there.
  public var name: [UInt8]
  /// The file's identity there; `nil` for what was not a file to be read.
  public var identity: FileIdentity?

  /// A pending submission.
  public init(
    number: Int64, receiptJSON: String, door: String, name: [UInt8], identity: FileIdentity?
  ) {
    self.number = number
    self.receiptJSON = receiptJSON
    self.door = door
    self.name = name
    self.identity = identity
  }
}
