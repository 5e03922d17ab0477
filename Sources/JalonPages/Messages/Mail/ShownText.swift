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
  /// direction of the text around it, or hides, is shown as `�`. Beyond the limit it ends in `…`.
  func shown(upTo limit: Int = Limit.line) -> String {
    var result = String.UnicodeScalarView()
    var isAfterSpace = true
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x00...0x20, 0x7F...0x9F, 0x2028...0x2029:
        if !isAfterSpace { result.append(" ") }
        isAfterSpace = true
        continue
      // Direction marks, fillers without width, tags.
      case 0x061C, 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
        0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
      isAfterSpace = false
    }
    if isAfterSpace, !result.isEmpty { result.removeLast() }
    return String(result).cut(to: limit)
  }

  /// The text, ending in `…` where it is longer than some characters.
  ///
  /// A character may carry any number of accents: only the first few are kept.
  private func cut(to limit: Int) -> String {
    let accents = 8
    var result = ""
    var count = 0
    for character in self {
      if count == limit {
        result.removeLast()
        while result.last == " " { result.removeLast() }
        return result + "…"
      }
      if character.unicodeScalars.count > accents {
        result.unicodeScalars.append(contentsOf: character.unicodeScalars.prefix(accents))
      } else {
        result.append(character)
      }
      count += 1
    }
    return result
  }
}
