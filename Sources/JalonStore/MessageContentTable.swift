internal import JalonCore

/// The bytes of messages, beside them: a message that is postponed is written anew, and its bytes,
/// a thousand times as many, are not.
struct MessageContentTable {
  static let schema =
    """
    CREATE TABLE message_content(
      message INTEGER PRIMARY KEY REFERENCES message,
      content BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER message_content_comes_along BEFORE INSERT ON message_content
    WHEN (SELECT state FROM message WHERE number = new.message) IS NOT 'waiting'
    BEGIN SELECT RAISE(ABORT, 'the bytes of a message come with it'); END;
    CREATE TRIGGER message_content_keeps_bytes BEFORE UPDATE ON message_content
    BEGIN SELECT RAISE(ABORT, 'a message does not change'); END;
    CREATE TRIGGER message_content_keeps_rows BEFORE DELETE ON message_content
    WHEN (SELECT state FROM message WHERE number = old.message) IS NOT 'sent'
    BEGIN SELECT RAISE(ABORT, 'a message that was not sent keeps its bytes'); END;
    """

  let connection: Connection

  /// Keeps the bytes of a message, inside the `write` that queues it.
  func add(_ content: [UInt8], of message: Int64) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      "INSERT INTO message_content(message, content) VALUES (?, ?)", "queueing a message")
    statement.bind(message)
    try statement.run(withLast: content)
  }

  /// The bytes of a message, while they are kept.
  func content(of message: Int64) throws(StoreError) -> [UInt8]? {
    var statement = try connection.statement(
      "SELECT content FROM message_content WHERE message = ?", "reading a message's bytes")
    statement.bind(message)
    return try statement.first { $0.blob(0) }
  }

  /// Drops the bytes, inside `write`, of messages sent before an instant, oldest first, at most so
  /// many, and tells of how many.
  func drop(finishedBefore instant: Instant, limit: Int) throws(StoreError) -> Int {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      DELETE FROM message_content WHERE message IN (
        SELECT c.message FROM message_content AS c CROSS JOIN message AS m ON m.number = c.message
        WHERE m.state = 'sent' AND m.finished_at < ? ORDER BY c.message LIMIT ?)
      """, "dropping the bytes of sent messages")
    statement.bind(instant.microseconds)
    statement.bind(Int64(max(0, limit)))
    try statement.run()
    return connection.changedRows
  }
}
