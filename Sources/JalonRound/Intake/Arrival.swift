public import JalonCore

/// A file that has arrived and waits to be filed.
public struct Arrival: Sendable {
  /// What was found of it.
  public enum Content: Sendable {
    /// Its bytes, and their digest.
    case bytes([UInt8], Digest)
    /// More bytes than a file may have: only their number and digest are kept.
    case tooLarge(Int, Digest, limit: Int)
    /// Bytes for which the project's place in the archive does not suffice: their number and digest,
    /// how many bytes are used of how many.
    case overQuota(Int, Digest, used: Int64, quota: Int)
    /// Bytes that are not what the sidecar beside them announces.
    case mismatch([UInt8], Digest, announced: String)
    /// Not a file that can be read: a link, a folder, a pipe…
    case refused(Sentence)

    /// Whether the archive gets its bytes.
    var isKept: Bool {
      switch self {
      case .bytes, .mismatch: true
      case .tooLarge, .overQuota, .refused: false
      }
    }
  }

  /// The project whose depot it stands in, or that the shell told.
  public var told: String?
  /// Its name, escaped.
  public var file: String
  /// Its name, byte for byte.
  public var name: [UInt8]
  /// What was found of it.
  public var content: Content
  /// The depot it stands in, if it stands in one.
  public var door: String?
  /// Its identity in that depot.
  public var identity: FileIdentity?
  /// The instant of receipt to use instead of now, for history carried over.
  public var receivedAt: Instant?

  /// An arrival.
  public init(
    told: String?, file: String, name: [UInt8], content: Content, door: String? = nil,
    identity: FileIdentity? = nil, receivedAt: Instant? = nil
  ) {
    self.told = told
    self.file = file
    self.name = name
    self.content = content
    self.door = door
    self.identity = identity
    self.receivedAt = receivedAt
  }
}
