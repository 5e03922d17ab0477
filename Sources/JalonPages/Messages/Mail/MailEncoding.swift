/// Bytes as mail carries them: seven bits, short lines, CR LF.
enum MailEncoding {
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// The longest line of encoded text (RFC 2045).
  private static let width = 76

  /// Text with lines ending in LF, as quoted-printable (RFC 2045): the wording stays readable in
  /// the raw message.
  static func quotedPrintable(_ text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + bytes.count / 8)
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        if index > 0 { result += [0x0D, 0x0A] }
        quotedPrintable(line, into: &result)
      }
      return result
    }
  }

  private static func quotedPrintable(
    _ line: Slice<UnsafeBufferPointer<UInt8>>, into result: inout [UInt8]
  ) {
    var column = 0
    for index in line.indices {
      let byte = line[index]
      let isPlain = isPlain(byte, first: column == 0, last: index == line.endIndex - 1)
      let length = isPlain ? 1 : 3
      // The last column is left for the `=` of a soft line break.
      if column + length > width - 1 {
        result += [UInt8(ascii: "="), 0x0D, 0x0A]
        column = 0
      }
      if isPlain { result.append(byte) } else { result += escaped(byte) }
      column += length
    }
  }

  /// A dot, or `From`, at a line's start and a space at its end are at the mercy of old servers.
  private static func isPlain(_ byte: UInt8, first: Bool, last: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "="): false
    case UInt8(ascii: "."), UInt8(ascii: "F"): !first
    case UInt8(ascii: " "): !last
    default: (0x21...0x7E).contains(byte)
    }
  }

  private static func escaped(_ byte: UInt8) -> [UInt8] {
    [UInt8(ascii: "="), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
  }

  /// Bytes in base64, in lines of 76.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 4 / 3 + bytes.count / 28 + 8)
    var column = 0
    var index = 0
    while index < bytes.count {
      if column == width {
        result += [0x0D, 0x0A]
        column = 0
      }
      let left = min(3, bytes.count - index)
      let second = left > 1 ? bytes[index + 1] : 0
      let third = left > 2 ? bytes[index + 2] : 0
      let bits = Int(bytes[index]) << 16 | Int(second) << 8 | Int(third)
      for place in 0..<4 {
        result.append(place <= left ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
      column += 4
      index += 3
    }
    return result
  }

  /// A text as encoded words (RFC 2047), none longer than 75 and no character cut in two.
  ///
  /// - Parameters:
  ///   - text: what to encode.
  ///   - column: how much of the first line is taken already.
  /// - Returns: the words; each goes on a line of its own.
  static func encodedWords(_ text: String, from column: Int) -> [String] {
    let (opening, closing) = ("=?utf-8?q?", "?=")
    var words: [String] = []
    var word = opening
    var room = width - column - opening.utf8.count - closing.utf8.count
    for token in text.flatMap(encoded) {
      if token.utf8.count > room {
        words.append(word + closing)
        word = opening
        room = width - 1 - opening.utf8.count - closing.utf8.count
      }
      word += token
      room -= token.utf8.count
    }
    return words + [word + closing]
  }

  /// A character, in one piece unless its accents alone would fill a line.
  private static func encoded(_ character: Character) -> [String] {
    let whole = character.utf8.map(encodedByte).joined()
    guard whole.utf8.count > width / 2 else { return [whole] }
    return character.unicodeScalars.map { String($0).utf8.map(encodedByte).joined() }
  }

  /// What may stand as it is even in a name (RFC 2047, section 5, rule 3).
  private static func encodedByte(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: " "): "_"
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(decoding: [byte], as: UTF8.self)
    case UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "/"):
      String(decoding: [byte], as: UTF8.self)
    default: String(decoding: escaped(byte), as: UTF8.self)
    }
  }
}
