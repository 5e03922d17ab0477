/// The 32 bytes of a SHA-256: the name of what was hashed.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  @usableFromInline let words: SIMD8<UInt32>

  init(words: SIMD8<UInt32>) {
    self.words = words
  }

  /// A digest from its bytes; `nil` unless there are 32.
  @inlinable
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var words = SIMD8<UInt32>(repeating: 0)
    var index = 0
    for byte in bytes {
      words[index &>> 2] = words[index &>> 2] &<< 8 | UInt32(byte)
      index &+= 1
    }
    self.words = words
  }

  /// A digest from 64 hexadecimal digits, in either case; `nil` for anything else.
  public init?(hexadecimal: some StringProtocol) {
    // Where the digits lie: a ledger has millions of them.
    let found =
      hexadecimal.utf8.withContiguousStorageIfAvailable { Self.words(of: $0) }
      ?? Array(hexadecimal.utf8).withUnsafeBufferPointer { Self.words(of: $0) }
    guard let found else { return nil }
    words = found
  }

  private static func words(of digits: UnsafeBufferPointer<UInt8>) -> SIMD8<UInt32>? {
    guard digits.count == 64 else { return nil }
    var words = SIMD8<UInt32>(repeating: 0)
    for index in 0..<64 {
      let character = digits[index]
      let digit: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = character - UInt8(ascii: "A") + 10
      default: return nil
      }
      words[index / 8] = words[index / 8] << 4 | UInt32(digit)
    }
    return words
  }

  /// The 32 bytes, in the order of the standard.
  public var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> UInt32(24 - 8 * ($0 % 4))) }
  }

  /// The 64 hexadecimal digits, in lower case, as `sha256sum` prints them.
  public var hexadecimal: String {
    String(unsafeUninitializedCapacity: 64) { buffer in
      for index in 0..<64 {
        let digit = UInt8(truncatingIfNeeded: words[index / 8] >> UInt32(28 - 4 * (index % 8))) & 15
        buffer[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      }
      return 64
    }
  }

  /// The same as `hexadecimal`.
  public var description: String { hexadecimal }
}
