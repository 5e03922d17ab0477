/// One value, or one key, of a JSON document.
public struct JSONNode: Sendable {
  /// What a value is.
  public enum Kind: UInt8, Sendable {
    case object
    case array
    case string
    case number
    case `true`
    case `false`
    case null
  }

  let document: JSONDocument
  let index: Int

  private var entry: JSONDocument.Entry { document.entries[index] }

  /// What the value is; a key is a string.
  public var kind: Kind { entry.kind }
  /// The line it starts on, from 1.
  public var line: Int { document.line(of: entry.start) }
  /// The character of that line it starts at, from 1.
  public var column: Int { document.place(of: entry.start).column }

  /// The text of a string or key; `nil` for other values.
  public var text: String? {
    guard kind == .string else { return nil }
    return withText { String(decoding: $0, as: UTF8.self) }
  }

  /// A number as it stands in the file; `nil` for other values.
  public var numberText: String? {
    guard kind == .number else { return nil }
    return withText { String(decoding: $0, as: UTF8.self) }
  }

  /// The truth value; `nil` for other values.
  public var truth: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Whether the value is `null`.
  public var isNull: Bool { kind == .null }

  /// The value as it stands in the file, quotes and brackets included.
  public var source: String {
    String(decoding: document.bytes[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
  }

  /// The members of an object in the order of the file, equal keys included; none of other values.
  public var members: JSONMembers {
    JSONMembers(document: document, position: index + 1, end: kind == .object ? Int(entry.next) : 0)
  }

  /// The elements of an array; none of other values.
  public var elements: JSONElements {
    JSONElements(document: document, position: index + 1, end: kind == .array ? Int(entry.next) : 0)
  }

  /// The value of the first member with that key, if there is one.
  public func member(_ key: String) -> JSONNode? {
    members.first { $0.key.text == key }?.value
  }

  /// Hands over the UTF-8 of a string, key or number, without quotes and with escapes resolved.
  public func withText<Result>(_ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let entry = entry
    let quote = entry.kind == .string ? 1 : 0
    let range = Int(entry.start) + quote..<Int(entry.end) - quote
    if entry.isEscaped {
      return JSONEscape.resolved(document.bytes[range]).withUnsafeBufferPointer(read)
    }
    return document.bytes.withUnsafeBufferPointer {
      read(UnsafeBufferPointer(rebasing: $0[range]))
    }
  }
}

/// A key and its value.
public struct JSONMember: Sendable {
  /// The key, with its own line and column.
  public let key: JSONNode
  /// The value.
  public let value: JSONNode
}

/// The members of an object, in the order of the file.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  let document: JSONDocument
  var position: Int
  let end: Int

  /// The next member.
  public mutating func next() -> JSONMember? {
    guard position < end else { return nil }
    let key = JSONNode(document: document, index: position)
    let value = JSONNode(document: document, index: position + 1)
    position = Int(document.entries[position + 1].next)
    return JSONMember(key: key, value: value)
  }
}

/// The elements of an array.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
  let document: JSONDocument
  var position: Int
  let end: Int

  /// The next element.
  public mutating func next() -> JSONNode? {
    guard position < end else { return nil }
    defer { position = Int(document.entries[position].next) }
    return JSONNode(document: document, index: position)
  }
}
