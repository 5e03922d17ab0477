public import JalonCore

/// Every message there ever was to send, each to one recipient, and what became of it.
public struct OutboxTable {
  /// What a message says, and to whom, never changes; one that was sent does not change at all.
  static let schema =
    """
    CREATE TABLE message(
      number INTEGER PRIMARY KEY CHECK (number > 0),
      message_id TEXT NOT NULL UNIQUE CHECK (message_id <> ''),
      kind TEXT NOT NULL CHECK (kind IN ('alert', 'digest')),
      recipient TEXT NOT NULL CHECK (recipient <> ''),
      project TEXT NOT NULL,
      subject TEXT NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      queued_at INTEGER NOT NULL,
      waiting_since INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'expired')),
      attempts INTEGER NOT NULL CHECK (attempts >= 0),
      tried_at INTEGER,
      next_at INTEGER NOT NULL,
      finished_at INTEGER CHECK ((state = 'waiting') = (finished_at IS NULL)),
      code INTEGER,
      reply TEXT
    ) STRICT;
    CREATE INDEX message_by_state ON message(state, next_at);
    CREATE INDEX message_by_recipient
      ON message(recipient, finished_at) WHERE finished_at IS NOT NULL;
    CREATE TRIGGER message_begins_waiting BEFORE INSERT ON message
    WHEN new.state <> 'waiting'
    BEGIN SELECT RAISE(ABORT, 'a message begins by waiting'); END;
    CREATE TRIGGER message_keeps_rows BEFORE DELETE ON message
    BEGIN SELECT RAISE(ABORT, 'message only grows'); END;
    CREATE TRIGGER message_keeps_facts BEFORE UPDATE ON message
    WHEN old.state = 'sent' OR
      (new.number, new.message_id, new.kind, new.recipient, new.project, new.subject, new.sha256,
        new.bytes, new.queued_at) IS NOT
      (old.number, old.message_id, old.kind, old.recipient, old.project, old.subject, old.sha256,
        old.bytes, old.queued_at)
    BEGIN SELECT RAISE(ABORT, 'a message does not change'); END;
    """

  let connection: Connection
  private var contents: MessageContentTable { MessageContentTable(connection: connection) }

  init(connection: Connection) { self.connection = connection }

  /// Queues a message, inside the `write` of the fact it tells, due at once, and gives its number.
  @discardableResult
  public func add(_ message: NewMessage, at instant: Instant) throws(StoreError) -> Int64 {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO message(message_id, kind, recipient, project, subject, sha256, bytes, queued_at,
        waiting_since, next_at, state, attempts)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8, 'waiting', 0)
      """, "queueing a message")
    statement.bind(message.messageID)
    statement.bind(message.kind.rawValue)
    statement.bind(message.recipient)
    statement.bind(message.project)
    statement.bind(message.subject)
    statement.bind(SHA256.hash(message.content).bytes)
    statement.bind(Int64(message.content.count))
    statement.bind(instant.microseconds)
    try statement.run()
    let number = connection.lastInsertedKey
    try contents.add(message.content, of: number)
    return number
  }

  /// The bytes of a message; `nil` where there is none, or its bytes were dropped.
  public func content(_ number: Int64) throws(StoreError) -> [UInt8]? {
    try contents.content(of: number)
  }

  /// Drops the bytes, inside `write`, of messages that were sent before an instant, oldest first, at
  /// most so many; the rest of what is known of them stays.
  ///
  /// - Returns: of how many; as many as the limit where there may be more.
  @discardableResult
  public func dropContents(
    finishedBefore instant: Instant, limit: Int
  ) throws(StoreError) -> Int {
    try contents.drop(finishedBefore: instant, limit: limit)
  }
}

extension Connection {
  /// The messages.
  public var outbox: OutboxTable { OutboxTable(connection: self) }
}
