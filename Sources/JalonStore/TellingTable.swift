public import JalonCore

/// That a message told of an alert, as what, and why.
public struct TellingRecord: Hashable, Sendable {
  /// The message's number.
  public var message: Int64
  /// The alert's number.
  public var alert: Int64
  /// As what it was told.
  public var action: AlertAction
  /// Why, as ``AlertReason/code`` says it.
  public var reason: String

  /// An alert in a message.
  public init(message: Int64, alert: Int64, action: AlertAction, reason: String) {
    self.message = message
    self.alert = alert
    self.action = action
    self.reason = reason
  }
}

/// Which message told of which alert, and why.
public struct TellingTable {
  static let schema =
    """
    CREATE TABLE telling(
      key INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message,
      alert INTEGER NOT NULL REFERENCES alert,
      action TEXT NOT NULL CHECK (action <> ''),
      reason TEXT NOT NULL CHECK (reason <> ''),
      UNIQUE (message, alert)
    ) STRICT;
    """ + Schema.appendOnly("telling")

  let connection: Connection

  /// Records what a message tells, inside the `write` that queues it.
  public func add(_ record: TellingRecord) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      "INSERT INTO telling(message, alert, action, reason) VALUES (?, ?, ?, ?)",
      "recording what a message tells")
    statement.bind(record.message)
    statement.bind(record.alert)
    statement.bind(record.action.rawValue)
    statement.bind(record.reason)
    try statement.run()
  }

  /// What a message tells, in the order in which it was recorded.
  public func of(message: Int64) throws(StoreError) -> [TellingRecord] {
    var statement = try connection.statement(
      "SELECT message, alert, action, reason FROM telling WHERE message = ? ORDER BY key",
      "reading what a message tells")
    statement.bind(message)
    return try statement.all { row throws(StoreError) in
      TellingRecord(
        message: row.integer(0), alert: row.integer(1), action: try row.word(2),
        reason: row.text(3))
    }
  }

  /// The alerts that a message tells of, as they stand.
  public func alerts(of message: Int64) throws(StoreError) -> [Alert] {
    var statement = try connection.statement(
      """
      SELECT a.kind, a.project, a.subject, a.audience, a.programme, a.since
      FROM telling AS t JOIN alert AS a ON a.number = t.alert WHERE t.message = ? ORDER BY t.key
      """, "reading what a message tells")
    statement.bind(message)
    return try statement.all { row throws(StoreError) in
      let key = AlertKey(
        try row.word(0), project: row.text(1), subject: row.text(2), audience: try row.word(3))
      return Alert(key, programme: row.text(4), since: row.day(5))
    }
  }
}

extension Connection {
  /// What messages tell.
  public var tellings: TellingTable { TellingTable(connection: self) }
}
