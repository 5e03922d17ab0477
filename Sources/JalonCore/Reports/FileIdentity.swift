/// What tells a file in a depot from any other one put there under its name, even after a crash.
public struct FileIdentity: Hashable, Sendable {
  /// The file system it is on.
  public var device: UInt64
  /// Its number there.
  public var inode: UInt64
  /// Bytes.
  public var size: Int64
  /// When its bytes last changed, in nanoseconds since 1970.
  public var modified: Int64

  /// A file's identity.
  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
  }
}
