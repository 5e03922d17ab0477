import Glibc
import JalonCore
import JalonFormats
import JalonRound
import JalonStore

/// The courier at work: the outbox, the way out, and a lock so that only one process sends.
final class Mailroom {
  private let connection: Connection
  private let configuration: Configuration
  private var wayOut: WayOut?
  private var book: SentBook?
  private var nextTidying = Instant(microseconds: .min)
  private static let dayMicroseconds: Int64 = 86_400_000_000
  /// How long the bytes of a sent message are kept; that it was sent is kept for good.
  private static let keptDays: Int64 = 90
  /// Messages whose bytes one transaction drops.
  private static let tidiedAtOnce = 500

  init(_ connection: Connection, _ configuration: Configuration) {
    self.connection = connection
    self.configuration = configuration
  }

  /// Sends what is due.
  ///
  /// `shouldStop` is asked before each message.
  func round(shouldStop: () -> Bool = { false }) throws -> Courier.Summary {
    defer { wayOut?.rest() }
    let book =
      try self.book ?? SentBook(connection, path: configuration.state + "/courier.sent")
    self.book = book
    let summary = try Courier(ports(book)).round(shouldStop: shouldStop) { Log.tell($0, $1) }
    try book.settle()
    return summary
  }

  /// When something is due next.
  func nextDue() throws -> Instant? { try connection.outbox.nextDue(at: Clock.now) }

  /// Lets go of what is kept in memory for the next round.
  func releaseMemory() { connection.releaseMemory() }

  /// Whatever asks or changes the outbox does so after it was told what the book holds.
  private func ports(_ book: SentBook) -> Courier.Ports {
    let outbox = connection.outbox
    return Courier.Ports(
      due: { instant, limit in
        try book.settle()
        return try outbox.due(at: instant, limit: limit).map {
          QueuedMessage(
            number: $0.number, messageID: $0.messageID, recipient: $0.recipient,
            attempts: $0.attempts, waitingSince: $0.waitingSince)
        }
      },
      content: { try outbox.content($0) },
      deliver: { try self.deliver($0, $1) },
      note: { message, outcome, instant in
        if case .sent(let reply) = outcome {
          return try book.note(message, at: instant, reply: reply)
        }
        try book.settle()
        try self.note(message, outcome, at: instant)
      },
      noteUnavailable: { instant, code, reply in
        try book.settle()
        try self.connection.write { () throws(StoreError) in
          _ = try outbox.postponeDue(at: instant, code: code, reply: reply)
        }
      },
      now: { Clock.now })
  }

  /// The way out is opened when there is something to send: an idle courier needs none.
  private func deliver(_ message: QueuedMessage, _ content: [UInt8]) throws -> DeliveryOutcome {
    let open = try wayOut ?? WayOut(configuration)
    wayOut = open
    return try open.deliver(message, content)
  }

  private func note(
    _ message: QueuedMessage, _ outcome: DeliveryOutcome, at instant: Instant
  ) throws {
    let outbox = connection.outbox
    try connection.write { () throws(StoreError) in
      switch outcome {
      case .sent(let reply): _ = try outbox.sent(message.number, at: instant, reply: reply)
      case .refused(let code, let reply):
        _ = try outbox.refused(message.number, at: instant, code: code, reply: reply)
      case .postponed(let code, let reply), .interrupted(let code, let reply),
        .unavailable(let code, let reply):
        guard
          !DeliverySchedule.isOver(
            waitingSince: message.waitingSince, at: instant)
        else {
          _ = try outbox.expire(message.number, at: instant, code: code, reply: reply)
          return
        }
        let next = DeliverySchedule.next(afterAttempts: message.attempts + 1, at: instant)
        _ = try outbox.postpone(
          message.number, at: instant, next: next, code: code, reply: reply)
      }
    }
  }

  // MARK: Tidying

  /// Once a day, drops the bytes of what was sent long ago.
  func tidy() throws {
    let now = Clock.now
    guard now >= nextTidying else { return }
    nextTidying = Instant(microseconds: now.microseconds + Mailroom.dayMicroseconds)
    let before = Instant(
      microseconds: now.microseconds - Mailroom.keptDays * Mailroom.dayMicroseconds)
    var dropped = Mailroom.tidiedAtOnce
    while dropped == Mailroom.tidiedAtOnce {
      dropped = try connection.write { () throws(StoreError) in
        try connection.outbox.dropContents(finishedBefore: before, limit: Mailroom.tidiedAtOnce)
      }
    }
  }
}

extension Log {
  /// What a unit's list of addresses drops looks like a server that is silent.
  private static var hint: String {
    getenv("INVOCATION_ID") == nil
      ? "" : "; IPAddressAllow= of this unit has to list the server and the name servers"
  }

  static func tell(_ message: QueuedMessage, _ outcome: DeliveryOutcome) {
    let what = "mail \(message.number) to \(message.recipient)"
    switch outcome {
    case .sent(let reply): info("\(what) sent: \(reply)")
    case .refused(_, let reply):
      error("\(what) refused for good: \(reply) (see 'jalon mail')")
    case .postponed(_, let reply), .interrupted(_, let reply):
      warning("\(what) postponed: \(reply)")
    case .unavailable(_, let reply):
      warning("no mail gets through: \(reply); nothing is lost, it is tried again\(hint)")
    }
  }
}
