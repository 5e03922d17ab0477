/// The name of a file inside its folder: bytes, which need not be text.
///
/// Two names are the same only if their bytes are; "é" has two spellings that `String` calls equal.
public struct FileName: Hashable, Sendable, CustomStringConvertible {
  /// The name as system calls want it, with a NUL after it.
  let cString: [CChar]

  /// A name from its bytes; `nil` for what cannot name a file: nothing, more than 255 bytes, a NUL,
  /// a slash, `.` and `..`.
  public init?(_ bytes: some Collection<UInt8>) {
    guard (1...255).contains(bytes.count), !bytes.contains(0), !bytes.contains(UInt8(ascii: "/"))
    else { return nil }
    let onlyDots = bytes.allSatisfy { $0 == UInt8(ascii: ".") }
    guard bytes.count > 2 || !onlyDots else { return nil }
    cString = bytes.map(CChar.init(bitPattern:)) + [0]
  }

  /// A name from text; `nil` for what cannot name a file.
  public init?(_ text: some StringProtocol) {
    self.init(Array(text.utf8))
  }

  /// A name that is known to be one: made here, from characters chosen here.
  init(trusted text: String) {
    cString = text.utf8CString.map { $0 }
  }

  /// A name written in a program.
  ///
  /// - Precondition: it can name a file.
  public init(written text: StaticString) {
    let bytes = text.withUTF8Buffer { Array($0) }
    guard let name = FileName(bytes) else { preconditionFailure("no name of a file: \(text)") }
    self = name
  }

  /// The bytes of the name.
  public var bytes: [UInt8] { cString.dropLast().map(UInt8.init(bitPattern:)) }

  /// The name as a person may see it: see `escaping(_:)`.
  public var escaped: String { Self.escaping(bytes) }

  /// The same as `escaped`.
  public var description: String { escaped }

  /// The name as text, if it is valid UTF-8.
  public var text: String? { String(validating: bytes, as: UTF8.self) }

  /// Whether the name starts with these characters.
  public func hasPrefix(_ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { bytes.starts(with: $0) }
  }
}
