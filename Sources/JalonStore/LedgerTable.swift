public import JalonCore

/// The append-only ledger.
public struct LedgerTable {
  static let schema =
    """
    CREATE TABLE ledger(
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      body TEXT NOT NULL,
      previous BLOB NOT NULL CHECK (length(previous) = 32),
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
    ) STRICT;
    """ + Schema.appendOnly("ledger")

  /// How many entries one read transaction checks.
  private static let stride = 1_000

  let connection: Connection

  /// Adds an entry, inside the same `write` as the fact it tells.
  @discardableResult
  public func append(
    kind: String, subject: String, body: String, at: Instant
  ) throws(StoreError) -> LedgerHead {
    connection.requireWriting()
    let last = try head()
    let sequence = last.sequence + 1
    let digest = LedgerEntry.digest(
      previous: last.sha256, sequence: sequence, at: at, kind: kind, subject: subject, body: body)
    var statement = try connection.statement(
      """
      INSERT INTO ledger(sequence, at, kind, subject, body, previous, sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, "writing the ledger")
    statement.bind(sequence)
    statement.bind(at.microseconds)
    statement.bind(kind)
    statement.bind(subject)
    statement.bind(body)
    statement.bind(last.sha256.bytes)
    statement.bind(digest.bytes)
    try statement.run()
    return LedgerHead(sequence: sequence, sha256: digest)
  }

  /// The end of the chain.
  public func head() throws(StoreError) -> LedgerHead {
    var statement = try connection.statement(
      "SELECT sequence, sha256 FROM ledger ORDER BY sequence DESC LIMIT 1", "reading the ledger")
    let last = try statement.first { row throws(StoreError) in
      LedgerHead(sequence: row.integer(0), sha256: try row.digest(1))
    }
    return last ?? .none
  }

  /// Entries in order, from one on, at most so many.
  public func entries(from sequence: Int64 = 1, limit: Int) throws(StoreError) -> [LedgerEntry] {
    var statement = try connection.statement(
      """
      SELECT sequence, at, kind, subject, body, previous, sha256 FROM ledger
      WHERE sequence >= ? ORDER BY sequence LIMIT ?
      """, "reading the ledger")
    statement.bind(sequence)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row throws(StoreError) in
      LedgerEntry(
        sequence: row.integer(0), at: row.instant(1), kind: row.text(2), subject: row.text(3),
        body: row.text(4), previous: try row.digest(5), sha256: try row.digest(6))
    }
  }
}

extension LedgerTable {
  /// Walks the chain, and gives the first entry that does not fit, or none.
  ///
  /// Where entries are missing, that is the one after the gap. An end that was cut off leaves a
  /// chain that fits: compare ``head()`` with one kept elsewhere.
  public func firstMisfit() throws(StoreError) -> LedgerEntry? {
    var head = LedgerHead.none
    var next = Int64.min
    while true {
      let entries = try entries(from: next, limit: Self.stride)
      for entry in entries {
        guard entry.follows(head) else { return entry }
        head = LedgerHead(sequence: entry.sequence, sha256: entry.sha256)
      }
      guard entries.count == Self.stride else { return nil }
      next = head.sequence + 1
    }
  }
}

extension Connection {
  /// The ledger.
  public var ledger: LedgerTable { LedgerTable(connection: self) }
}
