import JalonCore

/// The bytes of a report file as UTF-8, whatever a spreadsheet wrote them in (SPEC §6).
enum TextDecoding {
  /// Why bytes are no text.
  struct Failure: Error {
    /// The line where it shows.
    let line: Int
    /// The byte or bytes that cannot be read, in hexadecimal.
    let text: String
    let message: Sentence
  }

  /// UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252.
  static func utf8(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, low: 0, high: 1) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, low: 1, high: 0) }
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = isMarked ? Array(bytes.dropFirst(3)) : bytes
    let (isASCII, hasNull) = survey(text)
    if hasNull {
      throw failure(at: text.firstIndex(of: 0) ?? 0, in: text, nullByte)
    }
    if isASCII || String(validating: text, as: UTF8.self) != nil { return text }
    if isMarked { throw failure(at: firstBroken(text), in: text, brokenUTF8) }
    return try windows1252(text)
  }

  /// Whether all bytes are below 128, and whether one is 0: eight at a time.
  private static func survey(_ text: [UInt8]) -> (isASCII: Bool, hasNull: Bool) {
    text.withUnsafeBytes { raw in
      var index = 0
      var high: UInt64 = 0
      var null: UInt64 = 0
      while index + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        high |= word
        // A byte is 0 if subtracting one from it borrows and its top bit was clear.
        null |= (word &- 0x0101_0101_0101_0101) & ~word
        index += 8
      }
      var hasNull = null & 0x8080_8080_8080_8080 != 0
      while index < raw.count {
        high |= UInt64(raw[index])
        hasNull = hasNull || raw[index] == 0
        index += 1
      }
      return (high & 0x8080_8080_8080_8080 == 0, hasNull)
    }
  }

  private static func windows1252(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0..<0x80: text.append(byte)
      case 0x80..<0xA0:
        let scalar = windows1252Symbols[Int(byte) - 0x80]
        guard scalar != " " else { throw failure(at: index, in: bytes, undefinedByte) }
        text.append(contentsOf: UTF8.encode(scalar) ?? .init())
      default:
        text.append(0xC0 | byte >> 6)
        text.append(0x80 | byte & 0x3F)
      }
    }
    return text
  }

  private static func utf16(_ bytes: [UInt8], low: Int, high: Int) throws(Failure) -> [UInt8] {
    guard bytes.count % 2 == 0 else { throw failure(at: 0, in: [], brokenUTF16) }
    let units = stride(from: 2, to: bytes.count, by: 2).map { index in
      UInt16(bytes[index + low]) | UInt16(bytes[index + high]) << 8
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw failure(at: 0, in: [], brokenUTF16)
    }
    let result = Array(text.utf8)
    if let null = result.firstIndex(of: 0) { throw failure(at: null, in: result, nullByte) }
    return result
  }

  private static func failure(at index: Int, in text: [UInt8], _ words: Wording) -> Failure {
    let line = lineNumber(of: index, in: text)
    let byte = text.indices.contains(index) ? "0x" + hexadecimal(text[index]) : ""
    return Failure(line: line, text: byte, message: words.with(String(line)))
  }

  /// Where a text stops being UTF-8, at most two bytes further: where what is put for a broken
  /// character differs.
  private static func firstBroken(_ text: [UInt8]) -> Int {
    zip(text, String(decoding: text, as: UTF8.self).utf8).enumerated()
      .first { $0.element.0 != $0.element.1 }?.offset ?? text.count - 1
  }

  private static func lineNumber(of index: Int, in text: [UInt8]) -> Int {
    var line = 1
    for place in 0..<min(index, text.count) {
      let isReturn = text[place] == 0x0D && !(place + 1 < text.count && text[place + 1] == 0x0A)
      if text[place] == 0x0A || isReturn { line += 1 }
    }
    return line
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + digits : digits
  }

  /// What Windows-1252 puts at 0x80…0x9F; a space stands where it has nothing.
  private static let windows1252Symbols = Array("€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ".unicodeScalars)

  private static let nullByte = Wording(
    "ligne {0} : le fichier contient des octets nuls, ce n'est pas du texte ; "
      + "enregistrez-le au format « CSV UTF-8 »",
    "line {0}: the file holds null bytes and is no text; save it as \"CSV UTF-8\"")
  private static let undefinedByte = Wording(
    "ligne {0} : un caractère ne se lit ni en UTF-8 ni en Windows-1252 ; "
      + "enregistrez le fichier au format « CSV UTF-8 »",
    "line {0}: a character is neither UTF-8 nor Windows-1252; save the file as \"CSV UTF-8\"")
  private static let brokenUTF8 = Wording(
    "ligne {0} : le fichier s'annonce en UTF-8 mais contient des octets qui n'en sont pas ; "
      + "enregistrez-le de nouveau au format « CSV UTF-8 »",
    "line {0}: the file says that it is UTF-8 but holds bytes that are not; "
      + "save it again as \"CSV UTF-8\"")
  private static let brokenUTF16 = Wording(
    "le fichier s'annonce en UTF-16 mais il est abîmé ou coupé ; "
      + "enregistrez-le de nouveau au format « CSV UTF-8 »",
    "the file says that it is UTF-16 but is damaged or cut; save it again as \"CSV UTF-8\"")
}
