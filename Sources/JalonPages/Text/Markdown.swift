/// What Markdown asks of a text.
enum Markdown {
  /// A text that Markdown takes as it stands, on one line.
  static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    var latest: Unicode.Scalar = " "
    // Scalars: with an accent upon it, a mark is another character to Swift alone.
    for scalar in text.unicodeScalars {
      defer { latest = scalar }
      switch scalar {
      case "\n" where latest == "\r": break
      case "\n", "\r": plain.append(" ")
      case "|", "*", "_", "`", "<", "[", "]", "\\": plain.append(contentsOf: ["\\", scalar])
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }
}
