import JalonCore

extension JSONScanner {
  /// Reads a string, from its opening to its closing quote.
  mutating func string() throws(JSONFault) {
    let start = position
    var isEscaped = false
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return try note(.string, from: start, isEscaped: isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        try skipEscape()
      case 0x0A, 0x0D: throw JSONFault(offset: start, message: .openString)
      case ..<0x20: throw expected(.controlCharacter)
      case 0x80...: try skipScalar()
      default: position += 1
      }
    }
    throw JSONFault(offset: start, message: .openString)
  }

  private mutating func skipEscape() throws(JSONFault) {
    let start = position
    position += 1
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if (0xDC00...0xDFFF).contains(unit) {
        throw JSONFault(offset: start, message: .loneSurrogate)
      }
      guard (0xD800...0xDBFF).contains(unit) else { return }
      guard current == UInt8(ascii: "\\") else {
        throw JSONFault(offset: start, message: .loneSurrogate)
      }
      position += 1
      guard current == UInt8(ascii: "u"), (0xDC00...0xDFFF).contains(try hexadecimal()) else {
        throw JSONFault(offset: start, message: .loneSurrogate)
      }
    default: throw JSONFault(offset: start, message: .escape)
    }
  }

  /// Reads `uXXXX`.
  private mutating func hexadecimal() throws(JSONFault) -> UInt16 {
    let start = position - 1
    guard position + 5 <= bytes.count,
      let unit = JSONEscape.hexadecimal(bytes[position + 1..<position + 5])
    else { throw JSONFault(offset: start, message: .escape) }
    position += 5
    return unit
  }

  /// Steps over one character of two to four bytes, as RFC 3629 allows them.
  mutating func skipScalar() throws(JSONFault) {
    let first = bytes[position]
    let second = position + 1 < bytes.count ? bytes[position + 1] : 0
    let length: Int
    let allowed: ClosedRange<UInt8>
    switch first {
    case 0xC2...0xDF: (length, allowed) = (2, 0x80...0xBF)
    case 0xE0: (length, allowed) = (3, 0xA0...0xBF)
    case 0xED: (length, allowed) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, allowed) = (3, 0x80...0xBF)
    case 0xF0: (length, allowed) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, allowed) = (4, 0x80...0xBF)
    case 0xF4: (length, allowed) = (4, 0x80...0x8F)
    default: throw expected(.notUTF8)
    }
    guard allowed.contains(second), position + length <= bytes.count else {
      throw JSONFault(offset: position, message: .notUTF8)
    }
    for offset in 2..<max(length, 2) where bytes[position + offset] & 0xC0 != 0x80 {
      throw JSONFault(offset: position, message: .notUTF8)
    }
    position += length
  }
}

/// Escapes of a string that the scanner has already found well-formed.
enum JSONEscape {
  /// The UTF-8 that a string with escapes stands for.
  static func resolved(_ source: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var rest = source
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
        result.append(byte)
        continue
      }
      guard letter == UInt8(ascii: "u") else {
        result.append(plain(letter))
        continue
      }
      var value = UInt32(hexadecimal(rest.prefix(4)) ?? 0)
      rest = rest.dropFirst(4)
      if (0xD800...0xDBFF).contains(value) {
        let low = UInt32(hexadecimal(rest.dropFirst(2).prefix(4)) ?? 0xDC00)
        rest = rest.dropFirst(6)
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      result.append(contentsOf: Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [])
    }
    return result
  }

  /// The number that four hexadecimal digits write.
  static func hexadecimal(_ digits: some Collection<UInt8>) -> UInt16? {
    guard digits.count == 4 else { return nil }
    var value: UInt16 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt16(digit - 0x30)
      case 0x41...0x46: value = value << 4 | UInt16(digit - 0x37)
      case 0x61...0x66: value = value << 4 | UInt16(digit - 0x57)
      default: return nil
      }
    }
    return value
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }
}
