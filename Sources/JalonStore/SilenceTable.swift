public import JalonCore

/// How a silence was ended before its time.
public struct SilenceEnd: Hashable, Sendable {
  /// When.
  public var at: Instant
  /// Who, as they called themselves.
  public var by: String
  /// Who, as the operating system knows them.
  public var user: String
  /// Why.
  public var reason: String

  /// An early end.
  public init(at: Instant, by: String, user: String, reason: String) {
    self.at = at
    self.by = by
    self.user = user
    self.reason = reason
  }
}

/// A silence, and its early end if it had one.
public struct SilenceRecord: Hashable, Sendable {
  /// The silence.
  public var silence: Silence
  /// How it was ended before its last day.
  public var end: SilenceEnd?

  /// A silence as the notebook keeps it.
  public init(silence: Silence, end: SilenceEnd? = nil) {
    self.silence = silence
    self.end = end
  }

  /// Whether it still silences anything on a day.
  public func isRunning(on day: Day) -> Bool { end == nil && day <= silence.until }
}

/// The silences that were asked for; of each, only the early end is ever filled in, once.
public struct SilenceTable {
  static let schema =
    """
    CREATE TABLE silence(
      number INTEGER PRIMARY KEY CHECK (number > 0),
      project TEXT CHECK (project <> ''),
      programme TEXT CHECK (programme <> ''),
      kind TEXT CHECK (kind <> ''),
      until INTEGER NOT NULL,
      reason TEXT NOT NULL,
      asked_by TEXT NOT NULL,
      user TEXT NOT NULL,
      asked_at INTEGER NOT NULL,
      ended_at INTEGER,
      ended_by TEXT CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
      ended_user TEXT CHECK ((ended_at IS NULL) = (ended_user IS NULL)),
      ended_reason TEXT CHECK ((ended_at IS NULL) = (ended_reason IS NULL))
    ) STRICT;
    CREATE INDEX silence_running ON silence(until) WHERE ended_at IS NULL;
    CREATE TRIGGER silence_keeps_rows BEFORE DELETE ON silence
    BEGIN SELECT RAISE(ABORT, 'silence only grows'); END;
    CREATE TRIGGER silence_keeps_facts BEFORE UPDATE ON silence
    WHEN old.ended_at IS NOT NULL OR
      (new.number, new.project, new.programme, new.kind, new.until, new.reason, new.asked_by,
        new.user, new.asked_at) IS NOT
      (old.number, old.project, old.programme, old.kind, old.until, old.reason, old.asked_by,
        old.user, old.asked_at)
    BEGIN SELECT RAISE(ABORT, 'a silence only ends, once'); END;
    """

  private static let columns =
    """
    number, project, programme, kind, until, reason, asked_by, user, asked_at, \
    ended_at, ended_by, ended_user, ended_reason
    """

  let connection: Connection

  /// Records a silence, inside `write`, and gives its number; the one it comes with does not count.
  @discardableResult
  public func add(_ silence: Silence) throws(StoreError) -> Int64 {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO silence(project, programme, kind, until, reason, asked_by, user, asked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, "recording a silence")
    statement.bind(silence.project)
    statement.bind(silence.programme)
    statement.bind(silence.kind?.rawValue)
    statement.bind(Int64(silence.until.number))
    statement.bind(silence.reason)
    statement.bind(silence.by)
    statement.bind(silence.user)
    statement.bind(silence.at.microseconds)
    try statement.run()
    return connection.lastInsertedKey
  }

  /// Ends a silence before its time, inside `write`, and tells whether it was still running on that
  /// civil day.
  public func end(
    _ number: Int64, _ end: SilenceEnd, on day: Day
  ) throws(StoreError) -> Bool {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      UPDATE silence SET ended_at = ?, ended_by = ?, ended_user = ?, ended_reason = ?
      WHERE number = ? AND ended_at IS NULL AND until >= ?
      """, "ending a silence")
    statement.bind(end.at.microseconds)
    statement.bind(end.by)
    statement.bind(end.user)
    statement.bind(end.reason)
    statement.bind(number)
    statement.bind(Int64(day.number))
    try statement.run()
    return connection.changedRows > 0
  }

  /// The silences that hide something on a day, oldest first.
  public func running(on day: Day) throws(StoreError) -> [Silence] {
    var statement = try select("ended_at IS NULL AND until >= ? ORDER BY number")
    statement.bind(Int64(day.number))
    return try statement.all(Self.record).map(\.silence)
  }

  /// Every silence there was, latest first, at most so many.
  public func all(limit: Int) throws(StoreError) -> [SilenceRecord] {
    var statement = try select("true ORDER BY number DESC LIMIT ?")
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  /// One silence.
  public func silence(_ number: Int64) throws(StoreError) -> SilenceRecord? {
    var statement = try select("number = ?")
    statement.bind(number)
    return try statement.first(Self.record)
  }

  private func select(_ condition: String) throws(StoreError) -> Statement {
    try connection.statement(
      "SELECT \(Self.columns) FROM silence WHERE \(condition)", "reading silences")
  }

  private static func record(_ row: borrowing Statement) throws(StoreError) -> SilenceRecord {
    let silence = Silence(
      number: row.integer(0), project: row.optionalText(1), programme: row.optionalText(2),
      kind: row.isNull(3) ? nil : try row.word(3), until: row.day(4), reason: row.text(5),
      by: row.text(6), user: row.text(7), at: row.instant(8))
    guard let endedAt = row.optionalInstant(9) else { return SilenceRecord(silence: silence) }
    let end = SilenceEnd(
      at: endedAt, by: row.text(10), user: row.text(11), reason: row.text(12))
    return SilenceRecord(silence: silence, end: end)
  }
}

extension Connection {
  /// The silences.
  public var silences: SilenceTable { SilenceTable(connection: self) }
}
