extension String {
  /// A cell's text on one line, with single spaces: what is kept for good and printed anywhere.
  ///
  /// The line ends that a spreadsheet's cell or a JSON text may hold become spaces, and so do
  /// control characters and what turns round the text around it.
  init(oneLine cell: Cell) {
    let scalars = String(decoding: cell.trimmed, as: UTF8.self).unicodeScalars.map { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: " " as Unicode.Scalar
      default: scalar
      }
    }
    // By scalars: a space and an accent behind it are one character, which is no space.
    self = scalars.split(separator: " ").map { String(String.UnicodeScalarView($0)) }
      .joined(separator: " ")
  }
}
