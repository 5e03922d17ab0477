/// A value to be written as JSON, its keys in the order given.
public indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  /// A string, or `null`.
  public static func text(_ value: (some CustomStringConvertible)?) -> JSONText {
    value.map { .string($0.description) } ?? .null
  }

  /// A number, or `null`.
  public static func number(_ value: Int?) -> JSONText { value.map { .int($0) } ?? .null }

  /// An array of strings.
  public static func texts(_ values: [some CustomStringConvertible]) -> JSONText {
    .array(values.map { .string($0.description) })
  }
}

extension JSONText {
  /// The value on one line, as UTF-8.
  public var compact: [UInt8] {
    var writer = JSONWriter(indented: false)
    writer.write(self)
    return writer.bytes
  }

  /// The value over several indented lines, with a final line end, as UTF-8.
  public var indented: [UInt8] {
    var writer = JSONWriter(indented: true)
    writer.write(self)
    return writer.bytes + [0x0A]
  }
}

/// Appends JSON to bytes.
struct JSONWriter {
  let indented: Bool
  var bytes: [UInt8] = []
  private var depth = 0

  init(indented: Bool) { self.indented = indented }

  mutating func write(_ value: JSONText) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .int(let number): bytes += String(number).utf8
    case .string(let text): write(text)
    case .array(let values):
      list(values, open: "[", close: "]") { $0.write($1) }
    case .object(let members):
      list(members, open: "{", close: "}") { writer, member in
        writer.write(member.0)
        writer.bytes += (writer.indented ? ": " : ":").utf8
        writer.write(member.1)
      }
    }
  }

  private mutating func list<Element>(
    _ elements: [Element], open: Unicode.Scalar, close: Unicode.Scalar,
    each: (inout JSONWriter, Element) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    depth += 1
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      breakLine()
      each(&self, element)
    }
    depth -= 1
    if !elements.isEmpty { breakLine() }
    bytes.append(UInt8(ascii: close))
  }

  private mutating func breakLine() {
    guard indented else { return }
    bytes.append(0x0A)
    bytes += repeatElement(0x20, count: depth * 2)
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        bytes += "\\u00".utf8
        bytes += (digits.utf8.count == 1 ? "0" + digits : digits).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
