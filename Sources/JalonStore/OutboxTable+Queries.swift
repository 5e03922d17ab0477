public import JalonCore

extension OutboxTable {
  private static let columns =
    """
    number, message_id, kind, recipient, project, subject, sha256, bytes, queued_at, \
    waiting_since, state, attempts, tried_at, next_at, finished_at, code, reply
    """

  /// Messages to send now, those that have been due the longest first, at most so many.
  ///
  /// One that would have to wait for more than the longest delay was postponed by a clock that was
  /// set back since: it is due as well, after the others.
  public func due(at instant: Instant, limit: Int) throws(StoreError) -> [MessageRecord] {
    let due = try waiting("next_at <= ?", instant.microseconds, limit: limit)
    let stranded = Self.strandedAfter(instant)
    return try due + waiting("next_at > ?", stranded, limit: limit - due.count)
  }

  /// When there will be something to send, as seen at an instant: that instant or one before where
  /// there is something already, `nil` where nothing waits.
  public func nextDue(at instant: Instant) throws(StoreError) -> Instant? {
    var statement = try connection.statement(
      """
      SELECT (SELECT min(next_at) FROM message WHERE state = 'waiting'),
        (SELECT max(next_at) FROM message WHERE state = 'waiting')
      """, "reading when the next message is due")
    let ends = try statement.first { ($0.optionalInstant(0), $0.optionalInstant(1)) }
    guard let ends, let first = ends.0, let last = ends.1 else { return nil }
    return last.microseconds > Self.strandedAfter(instant) ? min(first, instant) : first
  }

  /// Messages that wait, those tried next first, at most so many.
  public func waiting(limit: Int) throws(StoreError) -> [MessageRecord] {
    try waiting("next_at >= ?", .min, limit: limit)
  }

  /// Messages that were refused or given up, latest first, at most so many.
  public func failed(limit: Int) throws(StoreError) -> [MessageRecord] {
    var statement = try select(
      """
      state IN ('refused', 'expired') ORDER BY finished_at DESC, number DESC LIMIT ?
      """)
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  /// One message.
  public func message(_ number: Int64) throws(StoreError) -> MessageRecord? {
    var statement = try select("number = ?")
    statement.bind(number)
    return try statement.first(Self.record)
  }

  /// The messages to an address, latest first, at most so many.
  public func messages(to address: String, limit: Int) throws(StoreError) -> [MessageRecord] {
    var statement = try select("recipient = ? ORDER BY number DESC LIMIT ?")
    statement.bind(address)
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  /// How many messages there are of each state.
  public func counts() throws(StoreError) -> [MessageState: Int] {
    var statement = try connection.statement(
      "SELECT state, count(*) FROM message GROUP BY state", "counting messages")
    let counts = try statement.all { row throws(StoreError) in
      (try row.word(0, MessageState.self), Int(row.integer(1)))
    }
    return Dictionary(counts) { first, _ in first }
  }

  /// The addresses that mail does not reach, in their order, each as its last message.
  ///
  /// That is the message that was finished last, where it was not sent. What still waits says
  /// nothing of an address.
  public func undeliverable() throws(StoreError) -> [MessageRecord] {
    var statement = try select(
      """
      state IN ('refused', 'expired') AND NOT EXISTS (
        SELECT 1 FROM message AS later
        WHERE later.recipient = message.recipient AND later.finished_at IS NOT NULL
          AND (later.finished_at, later.number) > (message.finished_at, message.number))
      ORDER BY recipient
      """)
    return try statement.all(Self.record)
  }

  /// The microseconds beyond which no delay reaches from an instant.
  static func strandedAfter(_ instant: Instant) -> Int64 {
    instant.microseconds + DeliverySchedule.longestDelay
  }

  private func waiting(
    _ condition: String, _ microseconds: Int64, limit: Int
  ) throws(StoreError) -> [MessageRecord] {
    guard limit > 0 else { return [] }
    var statement = try select(
      "state = 'waiting' AND \(condition) ORDER BY next_at, number LIMIT ?")
    statement.bind(microseconds)
    statement.bind(Int64(limit))
    return try statement.all(Self.record)
  }

  private func select(_ condition: String) throws(StoreError) -> Statement {
    try connection.statement(
      "SELECT \(Self.columns) FROM message WHERE \(condition)", "reading messages")
  }

  private static func record(_ row: borrowing Statement) throws(StoreError) -> MessageRecord {
    MessageRecord(
      number: row.integer(0), messageID: row.text(1), kind: try row.word(2),
      recipient: row.text(3), project: row.text(4), subject: row.text(5),
      sha256: try row.digest(6), bytes: row.integer(7), queuedAt: row.instant(8),
      waitingSince: row.instant(9), state: try row.word(10), attempts: Int(row.integer(11)),
      triedAt: row.optionalInstant(12), nextAt: row.instant(13),
      finishedAt: row.optionalInstant(14), code: row.optionalInteger(15).map { Int($0) },
      reply: row.optionalText(16))
  }
}
