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

  /// Whether a file found under its name after a crash is what is left of one that was read.
  ///
  /// The device is left out: after a start the same disk may have another number. And of a file that
  /// its writer had not synced a power cut may take the end; what was read of it is in the archive.
  public func isLeft(of read: FileIdentity) -> Bool {
    inode == read.inode && modified == read.modified && size <= read.size
  }
}
