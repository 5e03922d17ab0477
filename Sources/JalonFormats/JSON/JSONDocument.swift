public import JalonCore

/// What a JSON text may hold beyond the standard, and how much of it.
public struct JSONOptions: Hashable, Sendable {
  /// Whether `//` and `/* */` comments are read as white space.
  public var comments: Bool
  /// Whether a comma may follow the last member or element.
  public var trailingCommas: Bool
  /// The deepest nesting of objects and arrays.
  public var maximumDepth = 64
  /// The greatest number of values and keys.
  public var maximumNodes: Int

  /// Options; none of the liberties by default.
  public init(comments: Bool = false, trailingCommas: Bool = false, maximumNodes: Int = 4_000_000) {
    self.comments = comments
    self.trailingCommas = trailingCommas
    self.maximumNodes = maximumNodes
  }

  /// Standard JSON, for report files.
  public static let strict = JSONOptions()
  /// Comments and trailing commas, for files that people write: portfolio and configuration.
  public static let written = JSONOptions(
    comments: true, trailingCommas: true, maximumNodes: 1_000_000)
}

/// Why a text is not JSON, at its place.
public struct JSONSyntaxError: Error, Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The character of that line, from 1.
  public let column: Int
  /// What was expected.
  public let message: Sentence
}

/// A JSON text that was read: its bytes, and a flat list of where its values are.
///
/// Values are decoded when asked for. A value's line and path are computed when asked for too, so
/// that a file without a mistake never pays for them.
public final class JSONDocument: Sendable {
  /// One value or key: its bytes, and where in the list the next one beside it stands.
  struct Entry {
    var start: UInt32
    var end: UInt32
    var next: UInt32
    var kind: JSONNode.Kind
    var isEscaped: Bool
  }

  let bytes: [UInt8]
  let entries: [Entry]
  private let lineStarts: [UInt32]

  /// Reads a JSON text in UTF-8, with or without byte order mark.
  public init(_ bytes: [UInt8], options: JSONOptions = .strict) throws(JSONSyntaxError) {
    self.bytes = bytes
    let outcome = bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer, options: options)
      return (fault: scanner.fault(), entries: scanner.entries, lineStarts: scanner.lineStarts)
    }
    entries = outcome.entries
    lineStarts = outcome.lineStarts
    if let fault = outcome.fault {
      let place = JSONDocument.place(of: fault.offset, in: bytes, lineStarts: outcome.lineStarts)
      throw JSONSyntaxError(line: place.line, column: place.column, message: fault.message)
    }
  }

  /// The outermost value.
  public var root: JSONNode { JSONNode(document: self, index: 0) }

  /// The line, from 1, of a byte.
  ///
  /// Found without its column, for which the whole line has to be counted: of a file on one line
  /// with a hundred thousand rows, every row is asked for its line.
  func line(of offset: UInt32) -> Int {
    JSONDocument.line(of: Int(offset), lineStarts: lineStarts) + 1
  }

  /// The line and column, both from 1, of a byte.
  func place(of offset: UInt32) -> (line: Int, column: Int) {
    JSONDocument.place(of: Int(offset), in: bytes, lineStarts: lineStarts)
  }

  private static func place(
    of offset: Int, in bytes: [UInt8], lineStarts: [UInt32]
  ) -> (line: Int, column: Int) {
    let line = line(of: offset, lineStarts: lineStarts)
    let before = bytes[min(Int(lineStarts[line]), offset)..<min(offset, bytes.count)]
    let characters = before.count { $0 & 0xC0 != 0x80 }
    return (line + 1, characters + 1)
  }

  /// The line of a byte, from 0.
  private static func line(of offset: Int, lineStarts: [UInt32]) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
