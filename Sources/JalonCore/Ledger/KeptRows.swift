/// A row of `submission` as it stands, whoever wrote it: nothing about it is taken for granted.
public struct KeptSubmission: Hashable, Sendable {
  /// Its number.
  public var number: Int64
  /// The project it names; `nil` where it names none.
  public var project: String?
  /// The file's name as people see it.
  public var file: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public var sha256: String
  /// How many bytes.
  public var bytes: Int64
  /// When it was received, in microseconds.
  public var receivedAt: Int64
  /// When it was recorded, in microseconds.
  public var recordedAt: Int64
  /// What became of it.
  public var status: String
  /// The submission that it repeats.
  public var duplicateOf: Int64?
  /// How many rows counted.
  public var rows: Int64
  /// The digest of its other columns.
  public var record: Digest
  /// Whether the receipt says that the file was too large to keep.
  public var wasTooLarge: Bool
  /// 1 where the archive was given its bytes.
  public var archived: Int64

  /// A row.
  public init(
    number: Int64, project: String?, file: String, sha256: String, bytes: Int64,
    receivedAt: Int64, recordedAt: Int64, status: String, duplicateOf: Int64?, rows: Int64,
    record: Digest, wasTooLarge: Bool, archived: Int64
  ) {
    self.number = number
    self.project = project
    self.file = file
    self.sha256 = sha256
    self.bytes = bytes
    self.receivedAt = receivedAt
    self.recordedAt = recordedAt
    self.status = status
    self.duplicateOf = duplicateOf
    self.rows = rows
    self.record = record
    self.wasTooLarge = wasTooLarge
    self.archived = archived
  }
}

/// A row of `version` as it stands.
public struct KeptVersion: Hashable, Sendable {
  /// Its number.
  public var key: Int64
  /// Programme or project.
  public var kind: String
  /// The id.
  public var object: String
  /// The file.
  public var path: String
  /// The SHA-256 that the row gives, in hexadecimal.
  public var sha256: String
  /// When it was adopted, in microseconds.
  public var adoptedAt: Int64
  /// The label beside the user.
  public var adoptedBy: String
  /// The operating-system user.
  public var user: String
  /// Why.
  public var reason: String
  /// The SHA-256 of the bytes that are there.
  public var content: Digest

  /// A row.
  public init(
    key: Int64, kind: String, object: String, path: String, sha256: String, adoptedAt: Int64,
    adoptedBy: String, user: String, reason: String, content: Digest
  ) {
    self.key = key
    self.kind = kind
    self.object = object
    self.path = path
    self.sha256 = sha256
    self.adoptedAt = adoptedAt
    self.adoptedBy = adoptedBy
    self.user = user
    self.reason = reason
    self.content = content
  }
}

/// A row of `recommendation` as it stands; days by their number, instants in microseconds.
public struct KeptRecommendation: Hashable, Sendable {
  /// Its number.
  public var key: Int64
  /// The project's id; `nil` where there is no such project.
  public var project: String?
  /// The phase whose gate it is.
  public var phase: String
  /// When it was recorded.
  public var recordedAt: Int64
  /// The day that was judged.
  public var asOf: Int64
  /// What had been received by then counted.
  public var knownAt: Int64
  /// What the rules said.
  public var recommendation: String
  /// What held.
  public var effective: String
  /// The day the gate was crossed.
  public var crossed: Int64?
  /// 1 where the rules left the choice to the follow-up team.
  public var discretionary: Int64
  /// 1 where the gate was flagged.
  public var flagged: Int64
  /// The money at stake, in millionths of a euro.
  public var funds: Int64
  /// The day since which what held has held.
  public var since: Int64

  /// A row.
  public init(
    key: Int64, project: String?, phase: String, recordedAt: Int64, asOf: Int64, knownAt: Int64,
    recommendation: String, effective: String, crossed: Int64?, discretionary: Int64,
    flagged: Int64, funds: Int64, since: Int64
  ) {
    self.key = key
    self.project = project
    self.phase = phase
    self.recordedAt = recordedAt
    self.asOf = asOf
    self.knownAt = knownAt
    self.recommendation = recommendation
    self.effective = effective
    self.crossed = crossed
    self.discretionary = discretionary
    self.flagged = flagged
    self.funds = funds
    self.since = since
  }
}

/// How far the notebook reached at one moment.
public struct KeptExtent: Hashable, Sendable {
  /// The end of the ledger.
  public var head: LedgerHead
  /// The last submission's number.
  public var submission: Int64
  /// The last version's number.
  public var version: Int64
  /// The last recommendation's number.
  public var recommendation: Int64

  /// An extent.
  public init(head: LedgerHead, submission: Int64, version: Int64, recommendation: Int64) {
    self.head = head
    self.submission = submission
    self.version = version
    self.recommendation = recommendation
  }
}
