public import JalonCore

/// One thing that a message tells: an alert, why it is told now, and all there is to say of it.
public struct AlertNews: Sendable {
  /// The alert, what is done about it, and why.
  public var decision: AlertDecision
  /// What it is about.
  public var matter: Matter

  /// A piece of news.
  public init(_ decision: AlertDecision, _ matter: Matter) {
    self.decision = decision
    self.matter = matter
  }

  /// What an alert is about, as it stands now; of an alert that is over, what stands in its place.
  public enum Matter: Sendable {
    /// Where a gate stands.
    case gate(Plan, GateJudgement)
    /// Reports of one due day that are missing; none when the alert is over.
    case reports(Plan, due: Day, missing: [(indicator: String, expected: ExpectedPeriod)])
    /// A milestone, by id, and how it stands; `nil` when its gate is no longer judged.
    case milestone(Plan, String, Criterion?)
    /// An indicator, by id, and how far it strays; `nil` when it does not.
    case deviation(Plan, String, Criterion?)
    /// A gate that was decided on, and what was recommended when that was done.
    case contradiction(Plan, GateJudgement, then: Recommendation)
    /// A refused file; or one of its project that was accepted since.
    case rejection(Plan, Receipt)
    /// What is due in a few days: reports of one due day, milestones.
    case dueSoon(
      Plan, last: Day, missing: [(indicator: String, expected: ExpectedPeriod)],
      milestones: [Milestone])
    /// No evaluation since an instant; `nil` for never.
    case evaluationMissed(last: Instant?)
    /// A message that could not be delivered to an address.
    case undeliverable(FailedMessage)
    /// What is known of it only by its key: its project or phase is no longer there.
    case gone(Plan?)
  }
}

/// A message that will not arrive.
public struct FailedMessage: Hashable, Sendable {
  /// Its number in the outbox.
  public var number: Int64
  /// Whom it was for.
  public var address: String
  /// What it said.
  public var subject: String
  /// When it was written.
  public var queuedAt: Instant
  /// The server's words, or why it was given up.
  public var reply: String

  /// A failed message.
  public init(number: Int64, address: String, subject: String, queuedAt: Instant, reply: String) {
    self.number = number
    self.address = address
    self.subject = subject
    self.queuedAt = queuedAt
    self.reply = reply
  }
}

/// A file that travels with a message.
public struct MessageAttachment: Hashable, Sendable {
  /// Its name, in ASCII without spaces.
  public var name: String
  /// Its media type, such as `text/csv; charset=utf-8`.
  public var type: String
  /// Its bytes.
  public var bytes: [UInt8]

  /// An attachment.
  public init(name: String, type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
  }
}

/// Everything one run tells one reader.
public struct AlertLetter: Sendable {
  /// The reader's address.
  public var recipient: String
  /// What is told, in any order.
  public var news: [AlertNews]
  /// Silences that ended: the news whose reason is `silenceEnded` are what they hid.
  public var silences: [Silence]
  /// Days that matter to this reader, for the calendar, in order.
  public var deadlines: [Deadline]
  /// Templates for what is missing.
  public var attachments: [MessageAttachment]

  /// A letter.
  public init(
    to recipient: String, news: [AlertNews], silences: [Silence] = [], deadlines: [Deadline] = [],
    attachments: [MessageAttachment] = []
  ) {
    self.recipient = recipient
    self.news = news
    self.silences = silences
    self.deadlines = deadlines
    self.attachments = attachments
  }
}
