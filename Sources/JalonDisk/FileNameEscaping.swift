extension FileName {
  /// Bytes as one line of text that shows what they are, and does nothing to a terminal or a page.
  ///
  /// Printable UTF-8 stays as it is. Control characters, line ends, marks that change the direction
  /// of writing or cannot be seen, spaces other than the plain one, the backslash, and bytes that
  /// are not UTF-8 appear as `\xNN`, byte by byte: names that differ are shown differently.
  public static func escaping(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var text = ""
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var position = 0
    while position < bytes.count {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        if isPlain(scalar) {
          text.unicodeScalars.append(scalar)
        } else {
          for byte in encoded { text += escape(byte) }
        }
        position += encoded.count
      case .error(let length):
        for byte in bytes[position..<position + length] { text += escape(byte) }
        position += length
      case .emptyInput:
        return text
      }
    }
    return text
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x20..<0x7f).contains(scalar.value) && scalar != "\\" }
    let properties = scalar.properties
    guard !properties.isDefaultIgnorableCodePoint else { return false }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default:
      return true
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}
