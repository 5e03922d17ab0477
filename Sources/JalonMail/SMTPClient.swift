/// Sends messages to one server, over one connection as long as it serves.
///
/// Not for several threads at once: it belongs to whatever queue sends the mail. `send` blocks, at
/// most about `transferSeconds` of the settings, twice where a kept connection had gone stale. The
/// program has to ignore `SIGPIPE`.
public final class SMTPClient {
  private let settings: SMTPSettings
  private var session: Session?

  /// A client that connects with its first message.
  public init(_ settings: SMTPSettings) {
    self.settings = settings
  }

  /// Tries to send one message to one recipient, and says what became of it.
  ///
  /// - `message`: the whole of it, headers and body, in 7-bit characters, every line ended by CR LF;
  ///   it is sent byte for byte.
  public func send(_ envelope: Envelope, _ message: [UInt8]) -> Delivery {
    let first = attempt(envelope, message)
    // Servers close connections that were idle, or that brought them many messages. If they did so
    // before any of the message was sent, that is no news: a new connection is.
    guard first.isStale else { return first.delivery }
    return attempt(envelope, message).delivery
  }

  /// Ends the connection; the next message opens another.
  ///
  /// Let go of a connection that will not be used for minutes: servers have few.
  public func disconnect() {
    session = nil
  }

  private func attempt(
    _ envelope: Envelope, _ message: [UInt8]
  ) -> (delivery: Delivery, isStale: Bool) {
    guard let session = session ?? Session(settings) else {
      let text = "CONNECT: libcurl cannot be set up: out of memory"
      return (.unavailable(Reply(step: .connect, code: nil, text: text)), false)
    }
    let secrets = Secrets([settings.password])
    let result = session.send(envelope, message, secrets: secrets)
    let delivery = result.verdict.delivery
    // After anything but success nobody knows what state the connection is in.
    if case .sent = delivery { self.session = session } else { self.session = nil }
    guard case .unavailable(let reply) = delivery else { return (delivery, false) }
    return (delivery, result.usedOldConnection && reply.step != .endOfData)
  }
}
