/// What must not be in any text, even if a server says it back.
struct Secrets {
  private var hidden: [[UInt8]] = []

  /// How many are kept: an exchange to sign in has a handful of lines.
  private static let most = 16

  /// Secrets that are known from the start.
  init(_ texts: [String?]) {
    for text in texts.compactMap(\.self) { hide(Array(text.utf8)) }
  }

  /// Adds what was sent to sign in: the password in another dress.
  mutating func hide(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, hidden.count < Self.most, !hidden.contains(bytes) else { return }
    hidden.append(bytes)
  }

  /// The bytes with three dots where a secret was.
  func removed(from bytes: [UInt8]) -> [UInt8] {
    hidden.reduce(bytes) { Self.replace($1, in: $0) }
  }

  private static func replace(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let first = rest.first {
      if rest.starts(with: secret) {
        result += "...".utf8
        rest = rest.dropFirst(secret.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
