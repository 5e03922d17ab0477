import Foundation

/// A message as it lies in an installation's Maildir.
struct DeliveredMessage {
  let text: String

  /// The value of its first header of a name, unfolded.
  func header(_ name: String) -> String? {
    let head = text.components(separatedBy: "\r\n\r\n").first ?? text
    let lines = head.replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n")
    return lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  /// Its `Date:`.
  var date: Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "EEE, d MMM yyyy HH:mm:ss Z"
    return header("Date").flatMap(format.date)
  }
}

extension Installation {
  /// Everything that was delivered, in no order.
  func delivered() throws -> [DeliveredMessage] {
    let folder = folder.appendingPathComponent("state/mail/new")
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).map { name in
      let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
      return DeliveredMessage(text: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// What the messages told, in order: `RECIPIENT ACTION KIND PROJECT`, or `RECIPIENT digest`.
  func told() throws -> [String] {
    try query(
      """
      SELECT m.recipient || ' ' ||
        coalesce(rtrim(t.action || ' ' || a.kind || ' ' || a.project), m.kind)
      FROM message AS m LEFT JOIN telling AS t ON t.message = m.number
        LEFT JOIN alert AS a ON a.number = t.alert
      ORDER BY m.number, t.key
      """
    ).split(separator: "\n").map(String.init)
  }
}
