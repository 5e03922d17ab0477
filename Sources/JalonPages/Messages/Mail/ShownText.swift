/// How long a text may be where people read it.
enum Limit {
  /// A title, a file's name, a reason.
  static let title = 200
  /// A title in a subject.
  static let subjectTitle = 80
  /// A whole subject.
  static let subject = 180
  /// A line or paragraph.
  static let line = 600
}

extension String {
  /// The text on one line, harmless in a header, a terminal, a page or a calendar.
  ///
  /// Control characters and line ends become spaces, and spaces are not doubled. What turns the
  /// direction of the text around it, or hides, is shown as `�`. Of a tower of accents the foot is
  /// kept. Beyond the limit it ends in `…`.
  func shown(upTo limit: Int = Limit.line) -> String {
    // A character may be a whole family.
    let most = 4 * limit
    var result = String.UnicodeScalarView()
    var (bytes, accents) = (0, 0)
    var isAfterSpace = true
    for scalar in unicodeScalars {
      accents = scalar.isAccent ? accents + 1 : 0
      if accents > 8 { continue }
      switch scalar.value {
      case 0x00...0x20, 0x7F...0x9F, 0x2028...0x2029:
        if isAfterSpace { continue }
        result.append(" ")
      // Direction marks, fillers without width, tags.
      case 0x061C, 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
        0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
      isAfterSpace = result.last == " "
      bytes += UTF8.width(scalar)
      if bytes > most { break }
    }
    if isAfterSpace, !result.isEmpty { result.removeLast() }
    let text = String(result)
    guard bytes > most || text.count > limit else { return text }
    return text.prefix(limit - 1).withoutSpaceBehind + "…"
  }
}

extension Unicode.Scalar {
  /// Whether it is set above, below or around what stands before it.
  fileprivate var isAccent: Bool {
    guard value >= 0x300 else { return false }
    let category = properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark
  }
}

extension Substring {
  fileprivate var withoutSpaceBehind: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
