/// A few bytes of a file's text, in UTF-8.
typealias Cell = UnsafeBufferPointer<UInt8>

/// Words made comparable: case and accents ignored (NFC or NFD), every blank a plain space.
enum Folding {
  /// The folded text of a cell.
  static func fold(_ cell: some Collection<UInt8>) -> String {
    guard cell.allSatisfy({ $0 < 0x80 && $0 != 0x09 }) else {
      return fold(String(decoding: cell, as: UTF8.self))
    }
    let count = cell.count
    return String(unsafeUninitializedCapacity: count) { folded in
      for (index, byte) in cell.enumerated() {
        folded[index] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      }
      return count
    }
  }

  /// The folded text of a cell that has to be one of a few words; empty where it is longer than any
  /// of them can be written.
  static func word(_ cell: Cell) -> String { cell.count > 40 ? "" : fold(cell) }

  /// The folded text of a name.
  static func fold(_ text: String) -> String {
    var folded = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A: folded.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) + 0x20))
      case 0x09: folded.append(" ")
      case 0..<0x80: folded.unicodeScalars.append(scalar)
      case 0x300...0x36F: break
      default: folded += beyondASCII(scalar)
      }
    }
    return folded
  }

  private static func beyondASCII(_ scalar: Unicode.Scalar) -> String {
    if isBlank(scalar) { return " " }
    if scalar == "\u{2019}" { return "'" }
    let lower = scalar.properties.lowercaseMapping
    guard let letter = lower.unicodeScalars.first else { return "" }
    if let base = bases[letter] { return base }
    // The small letter of İ is i with a dot on it.
    return scalar == "\u{130}" ? "i" : lower
  }

  /// No-break and narrow no-break spaces count as blanks.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20, 0xA0, 0x202F: true
    default: false
    }
  }

  private static let bases: [Unicode.Scalar: String] = {
    var bases: [Unicode.Scalar: String] = [:]
    for (base, accented) in letters {
      for scalar in accented.unicodeScalars { bases[scalar] = base }
    }
    return bases
  }()

  /// The letters of the languages of Europe that are written in Latin script.
  private static let letters: [(base: String, accented: String)] = [
    ("a", "àâäáãåāăą"), ("c", "çćĉċč"), ("d", "ď"), ("e", "éèêëēĕėęě"), ("g", "ĝğġģ"),
    ("h", "ĥ"), ("i", "îïíìĩīĭį"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľ"), ("n", "ñńņň"),
    ("o", "ôöóòõøōŏő"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťț"), ("u", "ùûüúũūŭůűų"),
    ("w", "ŵ"), ("y", "ÿýŷ"), ("z", "źżž"), ("oe", "œ"), ("ae", "æ"), ("ss", "ß"),
  ]
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Without blanks at either end: space, tab, no-break and narrow no-break space.
  @inline(__always)
  var trimmed: Cell {
    guard count > 0 else { return self }
    let (first, last) = (self[0], self[count - 1])
    // Almost every cell begins and ends with a letter or a digit.
    if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return self }
    return trimmedSlowly
  }

  private var trimmedSlowly: Cell {
    var (start, end) = (0, count)
    while start < end {
      let length = blank(at: start, in: start..<end)
      if length == 0 { break }
      start += length
    }
    while start < end {
      if blank(at: end - 1, in: start..<end) == 1 {
        end -= 1
      } else if end - start >= 2, blank(at: end - 2, in: start..<end) == 2 {
        end -= 2
      } else if end - start >= 3, blank(at: end - 3, in: start..<end) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return Cell(rebasing: self[start..<end])
  }

  /// The number of bytes of the blank that begins at a place, or 0.
  func blank(at index: Int, in range: Range<Int>) -> Int {
    switch self[index] {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xC2: return index + 1 < range.upperBound && self[index + 1] == 0xA0 ? 2 : 0
    case 0xE2:
      let fits = index + 2 < range.upperBound
      return fits && self[index + 1] == 0x80 && self[index + 2] == 0xAF ? 3 : 0
    default: return 0
    }
  }

  /// Whether two cells hold the same bytes.
  @inline(__always)
  func isSame(as other: Cell) -> Bool {
    guard count == other.count else { return false }
    guard let left = UnsafeRawPointer(baseAddress), let right = UnsafeRawPointer(other.baseAddress)
    else { return true }
    if left == right { return true }
    var index = 0
    while index + 8 <= count {
      let one = left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let two = right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if one != two { return false }
      index += 8
    }
    while index < count {
      if self[index] != other[index] { return false }
      index += 1
    }
    return true
  }
}
