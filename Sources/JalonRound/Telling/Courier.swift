public import JalonCore

/// A message that waits to be sent.
public struct QueuedMessage: Hashable, Sendable {
  /// Its number in the outbox.
  public var number: Int64
  /// Its `Message-ID`, with angle brackets.
  public var messageID: String
  /// The address it goes to.
  public var recipient: String
  /// How often it was tried.
  public var attempts: Int
  /// Since when it has waited: it is given up some days after that.
  public var waitingSince: Instant

  /// A message.
  public init(
    number: Int64, messageID: String, recipient: String, attempts: Int, waitingSince: Instant
  ) {
    self.number = number
    self.messageID = messageID
    self.recipient = recipient
    self.attempts = attempts
    self.waitingSince = waitingSince
  }
}

/// What became of one try.
public enum DeliveryOutcome: Hashable, Sendable {
  /// It is sent, with the server's words.
  case sent(String)
  /// This message is refused for good.
  case refused(code: Int?, String)
  /// This message cannot be taken now.
  case postponed(code: Int?, String)
  /// The session broke off at this message: it may be the message, it may be the server.
  case interrupted(code: Int?, String)
  /// Nobody's message gets through now.
  case unavailable(code: Int?, String)
}

/// Sends what the outbox holds, one message after another, and notes what became of each before the
/// next is begun: a crash doubles one message at most, and loses none (SPEC §9).
public struct Courier {
  /// The courier's ports: the outbox, the way out, the clock, the log.
  public struct Ports {
    /// The messages due at an instant, those due longest first, at most so many.
    public var due: (Instant, Int) throws -> [QueuedMessage]
    /// A message's bytes; `nil` when there is no such message.
    public var content: (Int64) throws -> [UInt8]?
    /// Tries to deliver a message.
    public var deliver: (QueuedMessage, [UInt8]) throws -> DeliveryOutcome
    /// Notes what became of a message; of a postponed one, when it is tried again.
    public var note: (QueuedMessage, DeliveryOutcome, Instant) throws -> Void
    /// Notes that nothing that is due gets through now, and why.
    public var noteUnavailable: (Instant, Int?, String) throws -> Void
    /// Now.
    public var now: () -> Instant

    /// Ports.
    public init(
      due: @escaping (Instant, Int) throws -> [QueuedMessage],
      content: @escaping (Int64) throws -> [UInt8]?,
      deliver: @escaping (QueuedMessage, [UInt8]) throws -> DeliveryOutcome,
      note: @escaping (QueuedMessage, DeliveryOutcome, Instant) throws -> Void,
      noteUnavailable: @escaping (Instant, Int?, String) throws -> Void,
      now: @escaping () -> Instant
    ) {
      self.due = due
      self.content = content
      self.deliver = deliver
      self.note = note
      self.noteUnavailable = noteUnavailable
      self.now = now
    }
  }

  /// What one round did.
  public struct Summary: Hashable, Sendable {
    /// Messages sent.
    public var sent = 0
    /// Messages refused for good.
    public var refused = 0
    /// Messages to be tried again.
    public var postponed = 0
    /// Why nothing gets through, if so.
    public var unavailable: String?

    /// Nothing done.
    public init() {}
  }

  /// How many messages one look takes from the outbox; their bytes come one by one.
  private static let batch = 256
  /// So many messages broken off one after another are the server's doing, fewer are their own: one
  /// bad recipient must not hold up the others.
  private static let mostInterruptions = 3

  private let ports: Ports

  /// A courier.
  public init(_ ports: Ports) { self.ports = ports }

  /// Sends what is due, until nothing more is or nothing gets through.
  ///
  /// What is due later than the round's beginning waits for the next one, so that a round ends.
  /// `shouldStop` is asked before each message.
  public func round(
    shouldStop: () -> Bool, tell: (QueuedMessage, DeliveryOutcome) -> Void
  ) throws -> Summary {
    var summary = Summary()
    var interruptions = 0
    let beginning = ports.now()
    while true {
      let batch = try ports.due(beginning, Courier.batch)
      guard !batch.isEmpty else { return summary }
      for message in batch {
        guard !shouldStop() else { return summary }
        guard let content = try ports.content(message.number) else { continue }
        let outcome = try ports.deliver(message, content)
        tell(message, outcome)
        interruptions = outcome.isInterruption ? interruptions + 1 : 0
        if let (code, reply) = outcome.noWay(after: interruptions, of: Courier.mostInterruptions) {
          try ports.noteUnavailable(ports.now(), code, reply)
          summary.unavailable = reply
          return summary
        }
        try ports.note(message, outcome, ports.now())
        summary.count(outcome)
      }
    }
  }
}

extension DeliveryOutcome {
  fileprivate var isInterruption: Bool {
    if case .interrupted = self { true } else { false }
  }

  /// Why nothing gets through, if nothing does.
  fileprivate func noWay(after interruptions: Int, of most: Int) -> (Int?, String)? {
    switch self {
    case .unavailable(let code, let reply): (code, reply)
    case .interrupted(let code, let reply): interruptions < most ? nil : (code, reply)
    case .sent, .refused, .postponed: nil
    }
  }
}

extension Courier.Summary {
  fileprivate mutating func count(_ outcome: DeliveryOutcome) {
    switch outcome {
    case .sent: sent += 1
    case .refused: refused += 1
    case .postponed, .interrupted, .unavailable: postponed += 1
    }
  }
}
