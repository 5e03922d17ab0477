/// The SHA-256 of bytes that come in any number of pieces (FIPS 180-4).
///
/// Written for speed in plain Swift: whole blocks are read where they lie, and the block loop
/// neither allocates nor checks bounds.
public struct SHA256 {
  private static let blockSize = 64

  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  /// Fewer bytes than one block, waiting for the rest of it.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// Starts a hash of no bytes.
  public init() {}

  /// Adds bytes to what is hashed.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let missing = rest.prefix(Self.blockSize - pending.count)
      pending.append(contentsOf: missing)
      rest = rest.dropFirst(missing.count)
      guard pending.count == Self.blockSize else { return }
      pending.withUnsafeBytes { SHA256Blocks.compress($0, into: &state) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count - rest.count % Self.blockSize
    SHA256Blocks.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)), into: &state)
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// Adds bytes to what is hashed.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    let direct: Void? = bytes.withContiguousStorageIfAvailable {
      update(UnsafeRawBufferPointer($0))
    }
    guard direct == nil else { return }
    Array(bytes).withUnsafeBytes { update($0) }
  }

  /// Ends the hash and gives its digest.
  public consuming func finish() -> Digest {
    let bits = length &* 8
    let zeros = (Self.blockSize + 55 - pending.count) % Self.blockSize
    var hash = self
    var padding = [UInt8](repeating: 0, count: 1 + zeros + 8)
    padding[0] = 0x80
    for index in 0..<8 {
      padding[padding.count - 1 - index] = UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index)))
    }
    hash.update(padding)
    return Digest(words: hash.state)
  }

  /// The digest of these bytes.
  public static func hash(_ bytes: some Collection<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}
