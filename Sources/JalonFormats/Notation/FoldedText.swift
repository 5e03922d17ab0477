/// A short text in lower case, without accents, with single plain spaces: how words are compared.
///
/// Lives on the stack: a million rows pass here. Accents are dropped from the composed letters that
/// French uses and from letters with combining marks (NFC and NFD both).
struct FoldedText {
  /// The longest text that any notation has, after folding.
  static let capacity = 32

  private(set) var bytes = InlineArray<32, UInt8>(repeating: 0)
  private(set) var count = 0

  /// Folds a text.
  ///
  /// - Returns: `nil` when it is longer than any notation, or holds another script.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < text.count {
      let byte = text[position]
      switch byte {
      case 0x41...0x5A: guard append(byte | 0x20) else { return nil }
      case 0x09, 0x20: guard appendSpace() else { return nil }
      case 0x21...0x7E: guard append(byte) else { return nil }
      case 0xC2...0xF4:
        guard let length = appendFolded(text, at: position) else { return nil }
        position += length - 1
      default: return nil
      }
      position += 1
    }
    if count > 0 && bytes[count - 1] == 0x20 { count -= 1 }
  }

  /// The byte at a position, or 0 beyond the end.
  subscript(_ position: Int) -> UInt8 { position < count ? bytes[position] : 0 }

  /// Whether the text from a position on, that many bytes, is this word.
  func holds(_ word: StaticString, at start: Int, count length: Int) -> Bool {
    guard word.utf8CodeUnitCount == length, start + length <= count else { return false }
    return (0..<length).allSatisfy { bytes[start + $0] == word.utf8Start[$0] }
  }

  private mutating func append(_ byte: UInt8) -> Bool {
    guard count < FoldedText.capacity else { return false }
    bytes[count] = byte
    count += 1
    return true
  }

  /// Appends a space, unless the text starts here or has one already.
  private mutating func appendSpace() -> Bool {
    count == 0 || bytes[count - 1] == 0x20 ? true : append(0x20)
  }

  /// Appends what a letter of two or three bytes folds to.
  ///
  /// - Returns: its length in bytes, or `nil` when no notation holds it.
  private mutating func appendFolded(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    let second = start + 1 < text.count ? text[start + 1] : 0
    let third = start + 2 < text.count ? text[start + 2] : 0
    switch (text[start], second) {
    case (0xC2, 0xA0): return appendSpace() ? 2 : nil
    // Capital of nothing, and 0x20 apart from ÿ all the same.
    case (0xC3, 0x9F): return nil
    case (0xC3, 0x80...0xBF):
      // U+00C0…U+00FF: capitals and small letters are 0x20 apart.
      guard let letter = FoldedText.latin(second | 0x20) else { return nil }
      return append(letter) ? 2 : nil
    case (0xCC, 0x80...0xBF), (0xCD, 0x80...0xAF): return 2
    case (0xE2, 0x80) where third == 0xAF || third == 0x89: return appendSpace() ? 3 : nil
    default: return nil
    }
  }

  private static func latin(_ second: UInt8) -> UInt8? {
    switch second {
    case 0xA0...0xA5: UInt8(ascii: "a")
    case 0xA7: UInt8(ascii: "c")
    case 0xA8...0xAB: UInt8(ascii: "e")
    case 0xAC...0xAF: UInt8(ascii: "i")
    case 0xB1: UInt8(ascii: "n")
    case 0xB2...0xB6: UInt8(ascii: "o")
    case 0xB9...0xBC: UInt8(ascii: "u")
    case 0xBD, 0xBF: UInt8(ascii: "y")
    default: nil
    }
  }
}
