public import JalonCore

/// A message of the outbox as it is listed.
public struct OutboxLine: Sendable {
  /// Where a message stands.
  public enum State: String, Sendable {
    case waiting
    case sent
    case refused
    case expired
  }

  /// Its number.
  public var number: Int64
  /// Where it stands.
  public var state: State
  /// The address it goes to.
  public var recipient: String
  /// Its subject.
  public var subject: String
  /// When it was queued.
  public var queuedAt: Instant
  /// How often it was tried.
  public var attempts: Int
  /// When it is tried next, while it waits.
  public var nextAt: Instant?
  /// The server's last words, or why nothing got through.
  public var reply: String?

  /// A line.
  public init(
    number: Int64, state: State, recipient: String, subject: String, queuedAt: Instant,
    attempts: Int, nextAt: Instant?, reply: String?
  ) {
    self.number = number
    self.state = state
    self.recipient = recipient
    self.subject = subject
    self.queuedAt = queuedAt
    self.attempts = attempts
    self.nextAt = nextAt
    self.reply = reply
  }
}

/// What waits to be sent, and what could not be.
public struct OutboxPage: Sendable {
  private let waiting: [OutboxLine]
  private let failed: [OutboxLine]
  private let counts: (waiting: Int, sent: Int, failed: Int)
  private let figures: Figures

  /// A page about the first messages that wait or failed, and how many there are in all.
  public init(
    waiting: [OutboxLine], failed: [OutboxLine], counts: (waiting: Int, sent: Int, failed: Int),
    in language: Language
  ) {
    self.waiting = waiting
    self.failed = failed
    self.counts = counts
    figures = Figures(language)
  }

  /// For programs.
  public var json: JSONText {
    .object([
      (
        "counts",
        .object([
          ("waiting", .int(counts.waiting)), ("sent", .int(counts.sent)),
          ("failed", .int(counts.failed)),
        ])
      ),
      ("waiting", .array(waiting.map(json))), ("failed", .array(failed.map(json))),
    ])
  }

  private func json(_ line: OutboxLine) -> JSONText {
    .object([
      ("id", .int(Int(line.number))), ("state", .string(line.state.rawValue)),
      ("to", .string(line.recipient)), ("subject", .string(line.subject)),
      ("queuedAt", .text(line.queuedAt)), ("attempts", .int(line.attempts)),
      ("nextAt", .text(line.nextAt)), ("reply", .text(line.reply)),
    ])
  }

  /// One address's messages for programs.
  public static func json(_ messages: [OutboxLine], to address: String, in language: Language)
    -> JSONText
  {
    let page = OutboxPage(waiting: [], failed: [], counts: (0, 0, 0), in: language)
    return .object([
      ("to", .string(address)), ("messages", .array(messages.map(page.json))),
    ])
  }

  /// One address's messages for a terminal, in the order given.
  public static func text(
    _ messages: [OutboxLine], to address: String, width: Int, in language: Language
  ) -> String {
    let page = OutboxPage(waiting: [], failed: [], counts: (0, 0, 0), in: language)
    let title = page.figures.say(
      "Messages à \(address), le dernier d’abord :", "Messages to \(address), latest first:")
    let none = page.figures.say("Aucun message à \(address).", "No message to \(address).")
    let lines =
      messages.isEmpty ? [none] : page.list(title, messages, of: messages.count).dropFirst()
    return lines.map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  /// For a terminal.
  public func text(width: Int) -> String {
    var lines = [
      figures.say("Courrier : ", "Mail: ")
        + [
          figures.count(
            counts.waiting, ("message en attente", "messages en attente"),
            ("message waiting", "messages waiting")),
          figures.count(
            counts.failed, ("message non remis", "messages non remis"),
            ("message undelivered", "messages undelivered")),
          figures.count(
            counts.sent, ("message envoyé", "messages envoyés"), ("message sent", "messages sent")),
        ].joined(separator: ", ") + "."
    ]
    lines += list(figures.say("En attente :", "Waiting:"), waiting, of: counts.waiting)
    lines += list(
      figures.say(
        "Non remis (jalon mail --retry N pour réessayer) :",
        "Undelivered (jalon mail --retry N tries again):"), failed, of: counts.failed)
    return lines.map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private func list(_ title: String, _ messages: [OutboxLine], of count: Int) -> [String] {
    guard !messages.isEmpty else { return [] }
    var lines = ["", title]
    for message in messages {
      lines.append("  \(message.number)  \(message.recipient)  —  \(message.subject)")
      lines.append("      " + history(message))
      if let reply = message.reply { lines.append("      " + reply) }
    }
    if count > messages.count { lines.append("  … (\(figures.whole(count - messages.count)))") }
    return lines
  }

  private func history(_ message: OutboxLine) -> String {
    var parts = [
      figures.say("du ", "queued ") + figures.moment(message.queuedAt),
      figures.count(
        message.attempts, ("tentative", "tentatives"), ("attempt", "attempts")),
    ]
    if message.state == .waiting, let next = message.nextAt {
      parts.append(figures.say("prochaine le ", "next ") + figures.moment(next))
    }
    if message.state == .sent { parts.append(figures.say("envoyé", "sent")) }
    if message.state == .refused {
      parts.append(figures.say("refusé définitivement", "refused for good"))
    }
    if message.state == .expired {
      parts.append(figures.say("abandonné après 5 jours", "given up after 5 days"))
    }
    return parts.joined(separator: ", ")
  }
}
