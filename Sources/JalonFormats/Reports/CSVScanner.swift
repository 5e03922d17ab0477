/// Cuts a CSV file into rows of fields: RFC 4180 quoting, any line end (SPEC §6).
///
/// Works on the bytes where they stand; a field is a range of them. Doubled quotes are undone in
/// place, which is why the scanner writes into the text that it reads.
struct CSVScanner {
  /// Why a row cannot be cut into fields.
  enum Fault {
    /// A quote opens and never closes.
    case openQuote
    /// Something stands between a closing quote and the next delimiter.
    case afterQuote
  }

  /// Fields beyond this number are counted and not kept.
  static let maximumFields = 1_000

  private let text: UnsafeMutableBufferPointer<UInt8>
  private let delimiter: UInt8
  private var position: Int
  private var line: Int

  /// The row's fields.
  private(set) var fields: [Range<Int>] = []
  /// How many fields the row has.
  private(set) var fieldCount = 0
  /// The row's first physical line.
  private(set) var firstLine = 1
  /// What is wrong with the row's quotes.
  private(set) var fault: Fault?
  /// Whether the row ended with the file rather than with a line end.
  private(set) var isUnfinished = false

  init(
    _ text: UnsafeMutableBufferPointer<UInt8>, delimiter: UInt8, position: Int = 0, line: Int = 1
  ) {
    self.text = text
    self.delimiter = delimiter
    self.position = position
    self.line = line
  }

  /// Where the next row begins, and its line.
  var next: (position: Int, line: Int) { (position, line) }

  /// Reads one row; `false` at the end of the file.
  mutating func advance() -> Bool {
    guard position < text.count else { return false }
    fields.removeAll(keepingCapacity: true)
    (fieldCount, firstLine, fault) = (0, line, nil)
    while true {
      let field =
        position < text.count && text[position] == CSVScanner.quote ? quoted() : unquoted()
      if fieldCount < CSVScanner.maximumFields { fields.append(field) }
      fieldCount += 1
      guard position < text.count else {
        isUnfinished = true
        return true
      }
      guard text[position] == delimiter else {
        endLine()
        return true
      }
      position += 1
    }
  }

  /// A field of the row, without blanks around it.
  @inline(__always)
  func cell(_ index: Int) -> Cell {
    guard index >= 0, index < fields.count else { return Cell(start: nil, count: 0) }
    return Cell(rebasing: UnsafeBufferPointer(text)[fields[index]]).trimmed
  }

  /// The row as it stands, from its first field's start.
  var row: Cell {
    guard let first = fields.first, let last = fields.last else {
      return Cell(start: nil, count: 0)
    }
    return Cell(rebasing: UnsafeBufferPointer(text)[first.lowerBound..<last.upperBound])
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  @inline(__always)
  private mutating func unquoted() -> Range<Int> {
    let (start, end, delimiter, text) = (position, text.count, delimiter, text)
    var index = start
    while index < end {
      let byte = text[index]
      if byte == delimiter { break }
      if byte < 0x0E, byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn { break }
      index += 1
    }
    position = index
    return start..<index
  }

  private mutating func quoted() -> Range<Int> {
    let start = position + 1
    // Bytes move down as doubled quotes become single ones.
    var (from, to) = (start, start)
    while from < text.count {
      let byte = text[from]
      if byte == CSVScanner.quote {
        guard from + 1 < text.count, text[from + 1] == CSVScanner.quote else { break }
        from += 1
      } else if byte == CSVScanner.lineFeed || isLoneReturn(from) {
        line += 1
      }
      if from != to { text[to] = text[from] }
      from += 1
      to += 1
    }
    if from >= text.count { fault = .openQuote }
    position = min(from + 1, text.count)
    skipToDelimiter()
    return start..<to
  }

  private func isLoneReturn(_ index: Int) -> Bool {
    guard text[index] == CSVScanner.carriageReturn else { return false }
    return index + 1 >= text.count || text[index + 1] != CSVScanner.lineFeed
  }

  /// Blanks may follow a closing quote; anything else is a fault.
  private mutating func skipToDelimiter() {
    while position < text.count, text[position] != delimiter,
      text[position] != CSVScanner.lineFeed, text[position] != CSVScanner.carriageReturn
    {
      if text[position] != 0x20 { fault = .afterQuote }
      position += 1
    }
  }

  private mutating func endLine() {
    let isPair =
      text[position] == CSVScanner.carriageReturn && position + 1 < text.count
      && text[position + 1] == CSVScanner.lineFeed
    position += isPair ? 2 : 1
    line += 1
  }
}
