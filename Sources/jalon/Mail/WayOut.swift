import Glibc
import JalonCore
import JalonFormats
import JalonMail
import JalonRound

/// The way out for messages, as configured: a Maildir, or a mail server.
final class WayOut {
  private enum Transport {
    case maildir(Maildir)
    case server(SMTPClient)
  }

  private let transport: Transport
  /// The envelope's sender: a mailbox that somebody reads.
  private let sender: String

  /// Opens the way out.
  ///
  /// - Throws: a configuration failure for settings that could never work.
  init(_ configuration: Configuration) throws {
    sender = mailAddress(ofSender: configuration.mail.from)
    switch configuration.mail.transport {
    case .maildir: transport = .maildir(try WayOut.maildir(configuration.state + "/mail"))
    case .smtp: transport = .server(SMTPClient(try SMTPSettings(configuration.mail.smtp)))
    }
  }

  /// Opens the Maildir, and removes what killed processes have left half written there.
  private static func maildir(_ path: String) throws -> Maildir {
    let maildir = try Maildir(path: path)
    try maildir.removeLeftovers(modifiedBefore: Clock.anHourAgo, limit: 1_000)
    return maildir
  }

  /// Where messages go, for the log.
  static func shown(_ configuration: Configuration) -> String {
    switch configuration.mail.transport {
    case .maildir: configuration.state + "/mail"
    case .smtp: configuration.mail.smtp.url
    }
  }

  /// Tries to deliver a message.
  ///
  /// - Throws: `MailError` of a disk that fails; what a server says is an outcome.
  func deliver(_ message: QueuedMessage, _ content: [UInt8]) throws -> DeliveryOutcome {
    switch transport {
    case .maildir(let maildir):
      // The number tells messages apart, the Message-ID the notebooks that share a Maildir.
      let token = message.messageID.utf8.filter { isLetterOrDigit($0) }.prefix(32)
      try maildir.deliver(
        content, name: "M\(message.number).\(String(decoding: token, as: UTF8.self)).jalon")
      return .sent("in the Maildir")
    case .server(let client):
      return try send(message, content, by: client)
    }
  }

  private func send(
    _ message: QueuedMessage, _ content: [UInt8], by client: SMTPClient
  ) throws -> DeliveryOutcome {
    let envelope: Envelope
    do {
      envelope = try Envelope(sender: sender, recipient: message.recipient)
    } catch {
      // An address that came through all the checks before, and is none: nobody is ever there.
      return .refused(code: nil, "\(error)")
    }
    return switch client.send(envelope, content) {
    case .sent(let reply): .sent(reply)
    case .refused(let reply): .refused(code: reply.code, reply.text)
    case .postponed(let reply): .postponed(code: reply.code, reply.text)
    case .unavailable(let reply):
      reply.breaksOff
        ? .interrupted(code: reply.code, reply.text) : .unavailable(code: reply.code, reply.text)
    }
  }

  /// Lets go of the connection until there is more to send.
  func rest() {
    if case .server(let client) = transport { client.disconnect() }
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

extension Reply {
  /// Whether the session broke off at one message, without a word about the session itself.
  fileprivate var breaksOff: Bool { step.concernsMessage && (code == nil || code == 421) }
}

extension SMTPSettings {
  /// The settings of a configuration, with the password from its file, or from systemd.
  init(_ smtp: Configuration.Smtp) throws {
    self = try SMTPSettings(
      url: smtp.url, startTLS: smtp.startTLS == .required ? .required : .never, user: smtp.user,
      password: try smtp.user.map { _ in try Password.read(smtp.passwordFile) },
      caFile: smtp.caFile, timeoutSeconds: Int(smtp.timeout.components.seconds))
  }
}
