/// What became of one attempt to send one message.
public enum Delivery: Hashable, Sendable {
  /// The server has taken it; its words, one line, as in `250 2.0.0 Ok: queued as 4F3A`.
  case sent(reply: String)
  /// The server will never take this message: it is final.
  case refused(Reply)
  /// The server does not take this message now; others may pass.
  case postponed(Reply)
  /// The server cannot be used now, by any message. What was sent may have arrived only if the
  /// reply's step is `endOfData`.
  case unavailable(Reply)
}

/// Why a message did not leave.
public struct Reply: Hashable, Sendable, CustomStringConvertible {
  /// How far the session had come.
  public let step: SMTPStep
  /// The server's own code at that step, if it said no: from 400 to 599.
  public let code: Int?
  /// One line of at most `longestText` bytes: the step, the server's words or libcurl's, and what
  /// to do about it; never the password.
  public let text: String

  /// How long a text may be, in bytes of UTF-8.
  public static let longestText = 500

  /// A reply as the session gave it.
  public init(step: SMTPStep, code: Int?, text: String) {
    self.step = step
    self.code = code
    self.text = text
  }

  /// The text.
  public var description: String { text }
}
