import JalonCore

/// What stopped the scanner, and at which byte.
struct JSONFault: Error {
  let offset: Int
  let message: Sentence
}

/// Walks over the bytes of a JSON text once and notes where its values are.
struct JSONScanner {
  var entries: [JSONDocument.Entry] = []
  var lineStarts: [UInt32] = [0]

  let bytes: UnsafeBufferPointer<UInt8>
  private let options: JSONOptions
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, options: JSONOptions) {
    self.bytes = bytes
    self.options = options
    entries.reserveCapacity(min(bytes.count / 8 + 16, options.maximumNodes))
  }

  /// Reads the whole text.
  ///
  /// - Returns: the first fault, or `nil` when the text is JSON.
  mutating func fault() -> JSONFault? {
    do throws(JSONFault) {
      guard bytes.count < UInt32.max else { throw JSONFault(offset: 0, message: .tooLong) }
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        position = 3
        lineStarts[0] = 3
      }
      try skipSpace()
      guard position < bytes.count else { throw expected(.emptyText) }
      try value(depth: 0)
      try skipSpace()
      guard position == bytes.count else { throw expected(.endOfText) }
      return nil
    } catch {
      return error
    }
  }

  /// The byte at the position; 0 at the end of the text (and 0 is no byte of JSON).
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// A fault at the position.
  func expected(_ message: Sentence) -> JSONFault {
    position < bytes.count
      ? JSONFault(offset: position, message: message)
      : JSONFault(offset: bytes.count, message: .textStops(message))
  }

  private mutating func value(depth: Int) throws(JSONFault) {
    switch current {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), 0x30...0x39: try number()
    case UInt8(ascii: "t"): try word("true", .true)
    case UInt8(ascii: "f"): try word("false", .false)
    case UInt8(ascii: "n"): try word("null", .null)
    case UInt8(ascii: "'"): throw expected(.singleQuote)
    case UInt8(ascii: "+"), UInt8(ascii: "."): throw expected(.numberStart)
    default: throw expected(.value)
    }
  }

  private mutating func object(depth: Int) throws(JSONFault) {
    let place = try open(.object, depth: depth)
    while current != UInt8(ascii: "}") {
      guard current == UInt8(ascii: "\"") else { throw expected(.key) }
      try string()
      try skipSpace()
      guard current == UInt8(ascii: ":") else { throw expected(.colon) }
      position += 1
      try skipSpace()
      try value(depth: depth + 1)
      try separator(before: UInt8(ascii: "}"), otherwise: .commaOrBrace)
    }
    close(place)
  }

  private mutating func array(depth: Int) throws(JSONFault) {
    let place = try open(.array, depth: depth)
    while current != UInt8(ascii: "]") {
      try value(depth: depth + 1)
      try separator(before: UInt8(ascii: "]"), otherwise: .commaOrBracket)
    }
    close(place)
  }

  private mutating func open(_ kind: JSONNode.Kind, depth: Int) throws(JSONFault) -> Int {
    guard depth < options.maximumDepth else { throw expected(.tooDeep(options.maximumDepth)) }
    try note(kind, from: position, isEscaped: false)
    position += 1
    try skipSpace()
    return entries.count - 1
  }

  private mutating func close(_ place: Int) {
    position += 1
    entries[place].end = UInt32(truncatingIfNeeded: position)
    entries[place].next = UInt32(truncatingIfNeeded: entries.count)
  }

  /// Reads the comma between two members or elements, or stops at the closing bracket.
  private mutating func separator(
    before closing: UInt8, otherwise message: @autoclosure () -> Sentence
  ) throws(JSONFault) {
    try skipSpace()
    if current == closing { return }
    guard current == UInt8(ascii: ",") else { throw expected(message()) }
    let comma = position
    position += 1
    try skipSpace()
    if current == closing && !options.trailingCommas {
      throw JSONFault(offset: comma, message: .trailingComma)
    }
  }

  private mutating func word(_ letters: StaticString, _ kind: JSONNode.Kind) throws(JSONFault) {
    let count = letters.utf8CodeUnitCount
    guard position + count <= bytes.count,
      (0..<count).allSatisfy({ bytes[position + $0] == letters.utf8Start[$0] })
    else { throw expected(.value) }
    position += count
    try note(kind, from: position - count, isEscaped: false)
  }

  private mutating func number() throws(JSONFault) {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let first = current
    let whole = position
    guard skipDigits() > 0 else { throw expected(.digit) }
    if first == 0x30 && position > whole + 1 {
      throw JSONFault(offset: start, message: .leadingZero)
    }
    if current == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() > 0 else { throw expected(.digit) }
    }
    if current | 0x20 == UInt8(ascii: "e") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw expected(.digit) }
    }
    try note(.number, from: start, isEscaped: false)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while (0x30...0x39).contains(current) { position += 1 }
    return position - start
  }

  /// Notes a value that ends at the position.
  mutating func note(
    _ kind: JSONNode.Kind, from start: Int, isEscaped: Bool
  ) throws(JSONFault) {
    guard entries.count < options.maximumNodes else {
      throw JSONFault(offset: start, message: .tooManyValues(options.maximumNodes))
    }
    entries.append(
      JSONDocument.Entry(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position),
        next: UInt32(truncatingIfNeeded: entries.count + 1), kind: kind, isEscaped: isEscaped))
  }

  /// Skips white space and, where they are allowed, comments; notes where lines start.
  private mutating func skipSpace() throws(JSONFault) {
    while true {
      switch current {
      case 0x20, 0x09: position += 1
      case 0x0A, 0x0D: lineEnd()
      case UInt8(ascii: "/"):
        guard options.comments else { throw expected(.noComment) }
        try skipComment()
      default: return
      }
    }
  }

  /// Steps over LF, CR LF or CR.
  private mutating func lineEnd() {
    let byte = current
    position += 1
    if byte == 0x0D && current == 0x0A { position += 1 }
    lineStarts.append(UInt32(truncatingIfNeeded: position))
  }

  private mutating func skipComment() throws(JSONFault) {
    let start = position
    position += 1
    let isLine = current == UInt8(ascii: "/")
    guard isLine || current == UInt8(ascii: "*") else { throw expected(.comment) }
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case 0x0A, 0x0D:
        if isLine { return }
        lineEnd()
      case UInt8(ascii: "*") where !isLine:
        position += 1
        if current == UInt8(ascii: "/") {
          position += 1
          return
        }
      case 0x80...: try skipScalar()
      default: position += 1
      }
    }
    if !isLine { throw JSONFault(offset: start, message: .openComment) }
  }
}
