public import JalonCore

/// What occasioned a message.
public enum MessageKind: String, CaseIterable, Sendable {
  /// Alerts began, lasted or ended.
  case alert
  /// A week went by.
  case digest
}

/// Where a message stands.
public enum MessageState: String, CaseIterable, Sendable {
  /// It is still to be sent.
  case waiting
  /// The server took it; that is final.
  case sent
  /// The server refused it for good.
  case refused
  /// It did not get through in the time it had.
  case expired
}

/// A message to one recipient, as it is queued.
public struct NewMessage: Hashable, Sendable {
  /// Its Message-ID, which no other message has.
  public var messageID: String
  /// What occasioned it.
  public var kind: MessageKind
  /// The address.
  public var recipient: String
  /// The project that everything in it is about, or empty.
  public var project: String
  /// The subject, for people who look through the outbox.
  public var subject: String
  /// The whole message, frozen: every attempt sends these bytes.
  public var content: [UInt8]

  /// A message.
  public init(
    messageID: String, kind: MessageKind, recipient: String, project: String, subject: String,
    content: [UInt8]
  ) {
    self.messageID = messageID
    self.kind = kind
    self.recipient = recipient
    self.project = project
    self.subject = subject
    self.content = content
  }
}

/// A message to one recipient, as the notebook keeps it, without its bytes.
public struct MessageRecord: Hashable, Sendable {
  /// Its number.
  public let number: Int64
  /// Its Message-ID, the same for every attempt.
  public let messageID: String
  /// What occasioned it.
  public let kind: MessageKind
  /// The address.
  public let recipient: String
  /// The project that everything in it is about, or empty.
  public let project: String
  /// The subject.
  public let subject: String
  /// The SHA-256 of its bytes.
  public let sha256: Digest
  /// How many bytes there are.
  public let bytes: Int64
  /// When it was queued.
  public let queuedAt: Instant
  /// When its five days began: when it was queued, or put back.
  public let waitingSince: Instant
  /// Where it stands.
  public let state: MessageState
  /// How often it was tried since then.
  public let attempts: Int
  /// When it was tried last.
  public let triedAt: Instant?
  /// When it is tried next, if it waits.
  public let nextAt: Instant
  /// When it was sent, refused or given up.
  public let finishedAt: Instant?
  /// The server's last code, if it gave one.
  public let code: Int?
  /// The server's last words, or why there were none.
  public let reply: String?
}
