public import JalonCore

/// What every message of a run has in common.
public struct MessageFrame: Sendable {
  /// The sender as configured: an address, alone or as `Name <address>`.
  public var from: String
  /// When the messages are queued: their `Date`.
  public var now: Instant
  /// The civil day of that.
  public var day: Day
  /// The language of what people read.
  public var language: Language
  /// The address that links begin with.
  public var site: String?
  /// The end of the ledger: its last entry's number, and the first 16 digits of its digest.
  public var ledgerHead: (sequence: Int64, digits: String)?

  /// A frame.
  public init(
    from: String, now: Instant, day: Day, language: Language, site: String? = nil,
    ledgerHead: (sequence: Int64, digits: String)? = nil
  ) {
    self.from = from
    self.now = now
    self.day = day
    self.language = language
    self.site = site
    self.ledgerHead = ledgerHead
  }
}

/// A message as it is queued: nothing of it changes any more.
public struct RenderedMessage: Hashable, Sendable {
  /// Its `Message-ID`, with angle brackets.
  public var messageID: String
  /// The address it goes to.
  public var recipient: String
  /// Its subject, as a person reads it.
  public var subject: String
  /// The whole message, headers first, lines ending in CR LF.
  public var bytes: [UInt8]

  /// A message.
  public init(messageID: String, recipient: String, subject: String, bytes: [UInt8]) {
    self.messageID = messageID
    self.recipient = recipient
    self.subject = subject
    self.bytes = bytes
  }
}
