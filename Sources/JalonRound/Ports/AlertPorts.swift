public import JalonCore
public import JalonPages

extension Notebook {
  /// Alerts and silences.
  public struct Alerts {
    /// The alerts that are not closed, of some projects (empty id: Jalon's own) or of all (`nil`).
    public var open: ([String]?) throws -> [OpenAlert]
    /// Keeps an alert's new state as of an instant, and gives its number.
    public var put: (OpenAlert, Instant) throws -> Int64
    /// When something was last told, by project and audience.
    public var lastTold: ([String]?) throws -> [AlertRules.Line: Instant]
    /// Projects of which something waits to be told (empty id: Jalon's own).
    public var waiting: () throws -> [String]
    /// The silences that run on a day.
    public var silences: (Day) throws -> [Silence]
    /// A silence by number, whether it runs or not.
    public var silence: (Int64) throws -> Silence?

    /// A port.
    public init(
      open: @escaping ([String]?) throws -> [OpenAlert],
      put: @escaping (OpenAlert, Instant) throws -> Int64,
      lastTold: @escaping ([String]?) throws -> [AlertRules.Line: Instant],
      waiting: @escaping () throws -> [String], silences: @escaping (Day) throws -> [Silence],
      silence: @escaping (Int64) throws -> Silence?
    ) {
      self.open = open
      self.put = put
      self.lastTold = lastTold
      self.waiting = waiting
      self.silences = silences
      self.silence = silence
    }
  }

  /// Messages waiting to be sent, and those that were.
  public struct Outbox {
    /// Queues a message.
    public var queue: (OutgoingMessage) throws -> Void
    /// For each address that the latest finished message did not reach: that message.
    public var undeliverable: () throws -> [FailedDelivery]
    /// The Monday of the latest digest, and noting one.
    public var lastDigest: () throws -> Day?
    /// Notes that the digest of a Monday is queued, or left out.
    public var recordDigest: (Day, Instant) throws -> Void
    /// The end of the ledger: its last entry's number, and its digest in hexadecimal.
    public var ledgerHead: () throws -> (sequence: Int64, digest: String)?

    /// A port.
    public init(
      queue: @escaping (OutgoingMessage) throws -> Void,
      undeliverable: @escaping () throws -> [FailedDelivery],
      lastDigest: @escaping () throws -> Day?,
      recordDigest: @escaping (Day, Instant) throws -> Void,
      ledgerHead: @escaping () throws -> (sequence: Int64, digest: String)?
    ) {
      self.queue = queue
      self.undeliverable = undeliverable
      self.lastDigest = lastDigest
      self.recordDigest = recordDigest
      self.ledgerHead = ledgerHead
    }
  }
}

/// A message on its way into the outbox.
public struct OutgoingMessage: Sendable {
  /// What makes a message.
  public enum Kind: String, Sendable {
    /// Alerts.
    case alert
    /// A Monday's digest.
    case digest
  }

  /// What makes it.
  public var kind: Kind
  /// The message.
  public var rendered: RenderedMessage
  /// The one project that it is about, or empty.
  public var project: String
  /// The alerts that it tells, as kept.
  public var decisions: [AlertDecision]
  /// When it is queued.
  public var at: Instant
}

/// A message that will not arrive, and what it was about.
public struct FailedDelivery: Sendable {
  /// The message.
  public var message: FailedMessage
  /// When it was given up or refused.
  public var at: Instant
  /// The projects of the alerts that it told.
  public var projects: [String]
  /// Their programmes.
  public var programmes: [String]

  /// A failed delivery.
  public init(message: FailedMessage, at: Instant, projects: [String], programmes: [String]) {
    self.message = message
    self.at = at
    self.projects = projects
    self.programmes = programmes
  }
}
