public import JalonCore

/// What became of an attempt; all of these inside `write`. Each tells whether it was noted: it is
/// not for a message that is finished already.
extension OutboxTable {
  /// The server took a message; even one that another attempt had finished otherwise.
  @discardableResult
  public func sent(_ number: Int64, at instant: Instant, reply: String?) throws(StoreError) -> Bool
  {
    try finish(
      number, .sent, from: "state <> 'sent'", at: instant, answer: Answer(code: nil, reply: reply))
  }

  /// The server refused a message for good.
  @discardableResult
  public func refused(
    _ number: Int64, at instant: Instant, code: Int?, reply: String?
  ) throws(StoreError) -> Bool {
    try finish(
      number, .refused, from: "state = 'waiting'", at: instant,
      answer: Answer(code: code, reply: reply))
  }

  /// A message did not get through, and its time is over.
  @discardableResult
  public func expire(
    _ number: Int64, at instant: Instant, code: Int? = nil, reply: String?
  ) throws(StoreError) -> Bool {
    try finish(
      number, .expired, from: "state = 'waiting'", at: instant,
      answer: Answer(code: code, reply: reply))
  }

  /// A message did not get through, and is tried again at `next`: at most
  /// ``DeliverySchedule/longestDelay`` later.
  @discardableResult
  public func postpone(
    _ number: Int64, at instant: Instant, next: Instant, code: Int?, reply: String?
  ) throws(StoreError) -> Bool {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      UPDATE message SET attempts = attempts + 1, tried_at = ?, next_at = ?, code = ?, reply = ?
      WHERE number = ? AND state = 'waiting'
      """, "postponing a message")
    statement.bind(instant.microseconds)
    statement.bind(next.microseconds)
    statement.bind(code.map { Int64($0) })
    statement.bind(reply)
    statement.bind(number)
    try statement.run()
    return connection.changedRows > 0
  }

  /// The server cannot be reached: every message that is due is tried again when ``DeliverySchedule``
  /// says so, or given up where it is over; one statement, however many.
  ///
  /// - Returns: how many messages that was.
  @discardableResult
  public func postponeDue(
    at instant: Instant, code: Int? = nil, reply: String?
  ) throws(StoreError) -> Int {
    connection.requireWriting()
    // `attempts` is the number before this one, hence of doublings.
    var statement = try connection.statement(
      """
      UPDATE message SET attempts = attempts + 1, tried_at = ?1, code = ?2, reply = ?3,
        next_at = ?1 + min(?4 << min(attempts, ?5), ?6),
        state = iif(?1 - waiting_since > ?7, 'expired', 'waiting'),
        finished_at = iif(?1 - waiting_since > ?7, ?1, NULL)
      WHERE state = 'waiting' AND (next_at <= ?1 OR next_at > ?8)
      """, "postponing what is due")
    statement.bind(instant.microseconds)
    statement.bind(code.map { Int64($0) })
    statement.bind(reply)
    statement.bind(DeliverySchedule.firstDelay)
    statement.bind(Int64(DeliverySchedule.mostDoublings))
    statement.bind(DeliverySchedule.longestDelay)
    statement.bind(DeliverySchedule.lifetime)
    statement.bind(Self.strandedAfter(instant))
    try statement.run()
    return connection.changedRows
  }

  /// Puts a message that was refused or given up back, due at once, with all its time before it; its
  /// last answer stays until there is another.
  public func retry(_ number: Int64, at instant: Instant) throws(StoreError) -> Bool {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      UPDATE message SET state = 'waiting', finished_at = NULL, attempts = 0, next_at = ?1,
        waiting_since = ?1
      WHERE number = ?2 AND state IN ('refused', 'expired')
      """, "putting a message back")
    statement.bind(instant.microseconds)
    statement.bind(number)
    try statement.run()
    return connection.changedRows > 0
  }

  /// What a server answered.
  private struct Answer {
    let code: Int?
    let reply: String?
  }

  private func finish(
    _ number: Int64, _ state: MessageState, from condition: String, at instant: Instant,
    answer: Answer
  ) throws(StoreError) -> Bool {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      UPDATE message SET state = ?1, attempts = attempts + 1, tried_at = ?2, finished_at = ?2,
        code = ?3, reply = ?4
      WHERE number = ?5 AND \(condition)
      """, "noting what became of a message")
    statement.bind(state.rawValue)
    statement.bind(instant.microseconds)
    statement.bind(answer.code.map { Int64($0) })
    statement.bind(answer.reply)
    statement.bind(number)
    try statement.run()
    return connection.changedRows > 0
  }
}
