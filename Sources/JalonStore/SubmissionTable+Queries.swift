public import JalonCore

extension SubmissionTable {
  private static let columns =
    """
    number, project, file, name, sha256, bytes, received_at, recorded_at, status, duplicate_of, \
    rows, door, device, inode, size, modified, pending, receipt, archived
    """

  /// One submission.
  public func submission(_ number: Int64) throws(StoreError) -> SubmissionRecord? {
    var statement = try select("number = ?")
    statement.bind(number)
    return try statement.first(Self.record)
  }

  /// The projects of the submissions with these bytes, by their numbers, in order of arrival.
  public func projects(with sha256: Digest) throws(StoreError) -> [Int64] {
    var statement = try connection.statement(
      "SELECT project FROM submission WHERE sha256 = ? AND project IS NOT NULL ORDER BY number",
      "looking for a file")
    statement.bind(sha256.bytes)
    return try statement.all { $0.integer(0) }
  }

  /// Submissions still to be finished, oldest first, after a number, at most so many.
  public func pending(
    after number: Int64 = 0, limit: Int
  ) throws(StoreError) -> [SubmissionRecord] {
    var statement = try select("pending = 1 AND number > ? ORDER BY number LIMIT ?")
    statement.bind(number)
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  /// Submissions of one project, latest first, at most so many, those before a number.
  public func submissions(
    of project: Int64, before number: Int64 = .max, limit: Int
  ) throws(StoreError) -> [SubmissionRecord] {
    var statement = try select(
      "project = ? AND number < ? ORDER BY received_at DESC, number DESC LIMIT ?")
    statement.bind(project)
    statement.bind(number)
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  /// The submission of a project that was accepted with these bytes.
  public func accepted(
    _ project: Int64, _ sha256: Digest
  ) throws(StoreError) -> SubmissionRecord? {
    var statement = try select("project = ? AND sha256 = ? AND status = 'accepted'")
    statement.bind(project)
    statement.bind(sha256.bytes)
    return try statement.first(Self.record)
  }

  /// The latest submission that came through a door under a name.
  public func latest(
    door: String, name: [UInt8]
  ) throws(StoreError) -> SubmissionRecord? {
    var statement = try select("door = ? AND name = ? ORDER BY number DESC LIMIT 1")
    statement.bind(door)
    statement.bind(name)
    return try statement.first(Self.record)
  }

  /// When a project's latest file was received, whatever became of it.
  public func latestReceipt(of project: Int64) throws(StoreError) -> Instant? {
    var statement = try connection.statement(
      "SELECT max(received_at) FROM submission WHERE project = ?", "reading an instant of receipt")
    statement.bind(project)
    let latest = try statement.first { $0.optionalInteger(0) }
    return (latest ?? nil).map(Instant.init(microseconds:))
  }

  /// How many submissions there are of each status.
  public func counts() throws(StoreError) -> [ReceiptStatus: Int] {
    var statement = try connection.statement(
      "SELECT status, count(*) FROM submission GROUP BY status", "counting submissions")
    let counts = try statement.all { row throws(StoreError) in
      (try row.word(0, ReceiptStatus.self), Int(row.integer(1)))
    }
    return Dictionary(counts) { first, _ in first }
  }

  private func select(_ condition: String) throws(StoreError) -> Statement {
    try connection.statement(
      "SELECT \(Self.columns) FROM submission WHERE \(condition)", "reading submissions")
  }

  private static func record(_ row: borrowing Statement) throws(StoreError) -> SubmissionRecord {
    SubmissionRecord(
      number: row.integer(0), project: row.optionalInteger(1), file: row.text(2),
      name: row.blob(3), sha256: try row.digest(4), bytes: row.integer(5),
      receivedAt: row.instant(6), recordedAt: row.instant(7), status: try row.word(8),
      duplicateOf: row.optionalInteger(9), rows: row.integer(10), door: row.optionalText(11),
      identity: identity(row), pending: row.integer(16) != 0, receipt: row.text(17),
      isArchived: row.integer(18) != 0)
  }

  private static func identity(_ row: borrowing Statement) -> FileIdentity? {
    guard !row.isNull(12) else { return nil }
    return FileIdentity(
      device: UInt64(bitPattern: row.integer(12)), inode: UInt64(bitPattern: row.integer(13)),
      size: row.integer(14), modified: row.integer(15))
  }
}
