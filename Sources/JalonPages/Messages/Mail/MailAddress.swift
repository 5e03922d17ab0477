/// An address as it stands in a header, and a name beside it.
///
/// Whatever it is made from, nothing in it can end a header, add a recipient or begin a comment.
struct MailAddress {
  /// `name@domain`, in ASCII.
  let address: String
  /// The name people read, or empty.
  let name: String

  /// Reads `address` or `Name <address>`.
  init(_ text: String) {
    let text = text.shown(upTo: 500)
    if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
      address = MailAddress.harmless(text[text.index(after: open)...].dropLast())
      name = MailAddress.unquoted(text[..<open].shownWord)
    } else {
      address = MailAddress.harmless(text[...])
      name = ""
    }
  }

  /// What follows the `@`.
  var domain: String { address.split(separator: "@").last.map(String.init) ?? "localhost" }

  /// The address as a header's value, the name before it where there is one.
  func value(of header: String) -> String {
    guard !name.isEmpty else { return address }
    let isPlain = name.utf8.allSatisfy { byte in
      byte == 0x20 || byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    if isPlain { return "\(name) <\(address)>" }
    let words = MailEncoding.encodedWords(name, from: header.utf8.count + 2)
    return words.joined(separator: "\r\n ") + "\r\n <\(address)>"
  }

  private static func unquoted(_ name: String) -> String {
    guard name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") else { return name }
    return String(name.dropFirst().dropLast()).shownWord
  }

  /// Only the characters of a plain address; `check` refuses any other, so that none is missed.
  private static func harmless(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(254) {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"):
        bytes.append(byte)
      case UInt8(ascii: "@") where !bytes.contains(byte): bytes.append(byte)
      case _ where "!#$%&'*+/=?^_`{|}~".utf8.contains(byte) && !bytes.contains(0x40):
        bytes.append(byte)
      default: bytes.append(UInt8(ascii: "_"))
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      return "jalon@localhost"
    }
    return text
  }
}

extension StringProtocol {
  /// On one line, without spaces around it, short enough for a name.
  fileprivate var shownWord: String { String(self).shown(upTo: Limit.subjectTitle) }
}
