/// What Markdown asks of a text.
enum Markdown {
  /// A text that Markdown takes as it stands, on one line.
  static func plain(_ text: String) -> String {
    var plain = ""
    for character in text {
      switch character {
      case "\n", "\r", "\r\n": plain += " "
      case "|", "*", "_", "`", "<", "[", "]", "\\": plain += "\\" + String(character)
      default: plain.append(character)
      }
    }
    return plain
  }
}
