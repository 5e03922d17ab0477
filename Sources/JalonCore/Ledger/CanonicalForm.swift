/// Values written so that their digest stands for them: no two lists of values give the same bytes.
///
/// - a number is 8 bytes, most significant first;
/// - a text is the count of its UTF-8 bytes, as a number, and those bytes; bytes likewise;
/// - what may be missing is one byte: 0 where it is missing, else 1 and then the value.
public struct CanonicalForm: Sendable {
  private var bytes: [UInt8] = []

  /// A form without values.
  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Adds a number.
  public mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds a text.
  public mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds bytes.
  public mutating func add(_ other: [UInt8]) {
    add(Int64(other.count))
    bytes.append(contentsOf: other)
  }

  /// Adds the 32 bytes of a digest.
  public mutating func add(_ digest: Digest) { bytes.append(contentsOf: digest.bytes) }

  /// Adds a number that may be missing.
  public mutating func add(_ number: Int64?) {
    bytes.append(number == nil ? 0 : 1)
    if let number { add(number) }
  }

  /// Adds a text that may be missing.
  public mutating func add(_ text: String?) {
    bytes.append(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  /// How many bytes there are.
  var count: Int { bytes.count }

  /// Adds what was added here to a hash, and begins anew in the same room.
  mutating func empty(into hash: inout SHA256) {
    feed(&hash)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Adds what was added here to a hash.
  func feed(_ hash: inout SHA256) { bytes.withUnsafeBytes { hash.update($0) } }

  /// The SHA-256 of what was added.
  public var digest: Digest { SHA256.hash(bytes) }
}
