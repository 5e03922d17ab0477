/// Other ways in which a program may have saved the same text.
struct Spellings {
  /// Lines, by the rule of every reader: LF, CR LF and CR end one.
  static func lineCount(_ bytes: [UInt8]) -> Int {
    1
      + bytes.indices.count { index in
        bytes[index] == 0x0A
          || bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      }
  }

  /// The text of bytes that are UTF-8 without a mark, and that none of the spellings below changes
  /// the meaning of; `nil` for others.
  static func plainText(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: mark) || bytes.starts(with: [0xFF, 0xFE]) { return nil }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) { return nil }
    // What a workbook or a PDF begins with makes it one; a mark before it makes it text.
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: Array("%PDF".utf8)) {
      return nil
    }
    return String(validating: bytes, as: UTF8.self)
  }

  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// With every LF spelt another way; `nil` where there is a CR already.
  static func ends(_ bytes: [UInt8], as end: [UInt8]) -> [UInt8]? {
    bytes.contains(0x0D) ? nil : bytes.flatMap { $0 == 0x0A ? end : [$0] }
  }

  /// A cell in quotes.
  ///
  /// Scalars: a quote with an accent upon it is another character to Swift alone.
  static func quoted(_ cell: String) -> String {
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    ([0xFEFF] + Array(text.utf16)).flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
      return bigEndian ? [high, low] : [low, high]
    }
  }

  /// As French Excel saves plain CSV; `nil` for what it cannot write, or what then reads as UTF-8.
  static func windows1252(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x80, 0xA0...0xFF: bytes.append(UInt8(scalar.value))
      default:
        guard let byte = symbols[scalar] else { return nil }
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) == nil ? bytes : nil
  }

  private static let symbols: [Unicode.Scalar: UInt8] = [
    "€": 0x80, "‚": 0x82, "„": 0x84, "…": 0x85, "‰": 0x89, "Œ": 0x8C, "‘": 0x91, "’": 0x92,
    "“": 0x93, "”": 0x94, "–": 0x96, "—": 0x97, "™": 0x99, "œ": 0x9C, "Ÿ": 0x9F,
  ]
}
