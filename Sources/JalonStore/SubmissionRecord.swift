public import JalonCore

/// One file that was received, whatever became of it.
public struct SubmissionRecord: Hashable, Sendable {
  /// Its number, never used again: later arrivals have greater ones.
  public var number: Int64
  /// The number of its project in the notebook, if the folder or the file told it.
  public var project: Int64?
  /// The file's name as people see it, escaped where it is not plain text.
  public var file: String
  /// The file's name, byte for byte.
  public var name: [UInt8]
  /// The SHA-256 of its bytes.
  public var sha256: Digest
  /// How many bytes.
  public var bytes: Int64
  /// When it was received, as the history counts it.
  public var receivedAt: Instant
  /// The real instant of its recording.
  public var recordedAt: Instant
  /// What became of it.
  public var status: ReceiptStatus
  /// The submission with the same bytes that was accepted.
  public var duplicateOf: Int64?
  /// How many rows counted.
  public var rows: Int64
  /// The door it came through, where its receipt goes; none from the shell.
  public var door: String?
  /// The file in the depot.
  public var identity: FileIdentity?
  /// Whether its receipts are still to be written or the file is still to leave the depot.
  public var pending: Bool
  /// The receipt, in JSON as written.
  public var receipt: String
  /// Whether the archive was given its bytes.
  public var isArchived: Bool

  /// A received file.
  public init(
    number: Int64, project: Int64?, file: String, name: [UInt8], sha256: Digest, bytes: Int64,
    receivedAt: Instant, recordedAt: Instant, status: ReceiptStatus, duplicateOf: Int64? = nil,
    rows: Int64 = 0, door: String? = nil, identity: FileIdentity? = nil, pending: Bool = true,
    receipt: String, isArchived: Bool = true
  ) {
    self.number = number
    self.project = project
    self.file = file
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.receivedAt = receivedAt
    self.recordedAt = recordedAt
    self.status = status
    self.duplicateOf = duplicateOf
    self.rows = rows
    self.door = door
    self.identity = identity
    self.pending = pending
    self.receipt = receipt
    self.isArchived = isArchived
  }
}
