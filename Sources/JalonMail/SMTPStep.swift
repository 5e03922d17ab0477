/// How far an SMTP session had come.
public enum SMTPStep: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  /// Finding the server, connecting, TLS from the start, and the server's greeting.
  case connect = "CONNECT"
  /// Saying who we are.
  case hello = "EHLO"
  /// Turning to TLS.
  case startTLS = "STARTTLS"
  /// Signing in.
  case authentication = "AUTH"
  /// Naming the sender.
  case sender = "MAIL"
  /// Naming the recipient.
  case recipient = "RCPT"
  /// Asking to send the message.
  case data = "DATA"
  /// Sending the message, and the line with a dot that ends it.
  case endOfData = "end of data"

  /// The step as a log shows it.
  public var description: String { rawValue }

  /// The step that a command begins; `nil` for any other line.
  init?(command: some Collection<UInt8>) {
    let step = Self.commands.first { command.starts(with: $0.text.utf8) }?.step
    guard let step else { return nil }
    self = step
  }

  private static let commands: [(text: String, step: Self)] = [
    ("EHLO ", .hello), ("HELO ", .hello), ("STARTTLS", .startTLS), ("AUTH ", .authentication),
    ("MAIL FROM:", .sender), ("RCPT TO:", .recipient), ("DATA", .data),
  ]

  /// Whether the step is about one message; the others are about the session, and what fails there
  /// fails for every message.
  public var concernsMessage: Bool {
    switch self {
    case .connect, .hello, .startTLS, .authentication: false
    case .sender, .recipient, .data, .endOfData: true
    }
  }
}
