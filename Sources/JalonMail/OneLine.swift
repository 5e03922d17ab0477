/// Bytes from elsewhere as one line that a log and a terminal take without harm.
enum OneLine {
  /// The text of the bytes, with what is not UTF-8 repaired, without control characters, line ends
  /// and invisible marks, which become single spaces, and no more than so many bytes of UTF-8.
  static func text(of bytes: some Collection<UInt8>, limit: Int) -> String {
    var line = ""
    var size = 0
    var gap = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if isBlank(scalar) {
        gap = !line.isEmpty
        continue
      }
      size += UTF8.width(scalar) + (gap ? 1 : 0)
      guard size <= limit else { break }
      if gap { line += " " }
      gap = false
      line.unicodeScalars.append(scalar)
    }
    return line
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value <= 0x20 || scalar.value == 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
    default: return false
    }
  }
}
