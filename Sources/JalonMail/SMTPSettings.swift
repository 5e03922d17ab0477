internal import CCurl

/// Which server takes the mail, and how it is spoken to.
///
/// Settings that exist can be used; whether the server agrees shows when a message is sent.
public struct SMTPSettings: Hashable, Sendable {
  /// Whether an `smtp:` connection turns to TLS.
  public enum StartTLS: Hashable, Sendable {
    /// Always; a server that does not offer it gets no mail.
    case required
    /// Never: for a relay on the same machine.
    case never
  }

  /// `smtp://HOST[:PORT]` or `smtps://HOST[:PORT]`; a path is the name to greet the server with.
  public let url: String
  /// Whether an `smtp:` connection turns to TLS; `smtps:` is TLS from the start in any case.
  public let startTLS: StartTLS
  /// Who signs in, by PLAIN or LOGIN; `nil` for nobody.
  public let user: String?
  /// The password that goes with the user.
  public let password: String?
  /// The file of the certificates to trust instead of the system's.
  public let caFile: String?
  /// How long to wait for a connection, and for each answer of the server.
  ///
  /// A whole transfer, and the answer to the end of data, may take `transferSeconds`.
  public let timeoutSeconds: Int

  /// How long a whole transfer may take: ten times `timeoutSeconds`.
  ///
  /// That is the ten minutes of RFC 5321 (4.5.3.2.6) by default: a server that scans the message
  /// before it answers has taken it, and hanging up on it means sending it twice.
  public var transferSeconds: Int { timeoutSeconds * 10 }

  /// Checks the settings; throws `MailError.setting`.
  ///
  /// - `timeoutSeconds`: from 1 to 3600.
  public init(
    url: String, startTLS: StartTLS = .required, user: String? = nil, password: String? = nil,
    caFile: String? = nil, timeoutSeconds: Int = 60
  ) throws(MailError) {
    self.url = url
    self.startTLS = startTLS
    self.user = user
    self.password = password
    self.caFile = caFile
    self.timeoutSeconds = timeoutSeconds
    try check()
  }

  private func check() throws(MailError) {
    guard (1...3600).contains(timeoutSeconds) else {
      throw .setting("the mail server's timeout has to be between 1 and 3600 seconds")
    }
    let server = try ServerAddress(url)
    guard (user == nil) == (password == nil) else {
      throw .setting("a user of the mail server needs a password, and a password a user")
    }
    for text in [user, password, caFile].compactMap(\.self) {
      guard !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 }) else {
        throw .setting(
          "the user, password or caFile of the mail server is empty or holds a control character")
      }
    }
    if password != nil, startTLS == .never, !server.isTLS, !server.isThisMachine {
      throw .setting(
        "the password would travel to \(server.host) unencrypted: let startTLS be required, or use "
          + "smtps://")
    }
  }
}
