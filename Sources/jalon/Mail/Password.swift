import Glibc

/// The password of the mail server, which stands in a file of its own and nowhere else.
enum Password {
  /// The name under which systemd hands it over (`LoadCredential=smtp-password:FILE`).
  private static let credential = "smtp-password"
  /// More than any password, less than a file given by mistake.
  private static let limit = 4_096

  /// Reads it from the configured file, or else from systemd's credential.
  ///
  /// - Throws: a configuration failure where there is none.
  static func read(_ configured: String?) throws -> String {
    let credentials = getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) + "/" + credential }
    guard let path = configured ?? credentials else {
      throw Failure(
        .configuration,
        "mail.smtp.user needs a password: name its file as passwordFile, or hand it over by "
          + "systemd (LoadCredential=\(credential):/etc/jalon/smtp-password)")
    }
    guard let bytes = try? readFile(path, limit: limit) else {
      throw Failure(
        .configuration,
        "the password file \(path) cannot be read: check its path and that this user may read it")
    }
    // The line end that every editor adds is no part of it.
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    guard !line.isEmpty else {
      throw Failure(.configuration, "the password file \(path) is empty")
    }
    return String(decoding: line, as: UTF8.self)
  }
}
