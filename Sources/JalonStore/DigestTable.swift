public import JalonCore

/// A week's digest of the portfolio, queued.
public struct DigestRecord: Hashable, Sendable {
  /// The Monday of its week.
  public var monday: Day
  /// When it was queued.
  public var at: Instant

  /// A week's digest.
  public init(monday: Day, at: Instant) {
    self.monday = monday
    self.at = at
  }
}

/// The weeks of which the digest was queued: each once.
public struct DigestTable {
  /// Day 4 was a Monday.
  static let schema =
    """
    CREATE TABLE digest(
      week_day INTEGER PRIMARY KEY CHECK ((week_day - 4) % 7 = 0),
      at INTEGER NOT NULL
    ) STRICT;
    """ + Schema.appendOnly("digest")

  let connection: Connection

  /// Records, inside the `write` that queues them, that a week's digests are queued; refuses any day
  /// but a Monday, and a week that has its own.
  public func add(_ monday: Day, at instant: Instant) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      "INSERT INTO digest(week_day, at) VALUES (?, ?)", "recording a digest")
    statement.bind(Int64(monday.number))
    statement.bind(instant.microseconds)
    try statement.run()
  }

  /// Whether the digest of the week of a Monday was queued.
  public func has(_ monday: Day) throws(StoreError) -> Bool {
    var statement = try connection.statement(
      "SELECT 1 FROM digest WHERE week_day = ?", "looking up a digest")
    statement.bind(Int64(monday.number))
    return try statement.first { _ in true } ?? false
  }

  /// The digest of the latest week that has one.
  public func latest() throws(StoreError) -> DigestRecord? {
    var statement = try connection.statement(
      "SELECT week_day, at FROM digest ORDER BY week_day DESC LIMIT 1",
      "reading the latest digest")
    return try statement.first { DigestRecord(monday: $0.day(0), at: $0.instant(1)) }
  }
}

extension Connection {
  /// The weekly digests.
  public var digests: DigestTable { DigestTable(connection: self) }
}
