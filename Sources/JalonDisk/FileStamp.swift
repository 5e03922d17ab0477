import Glibc

/// What a file looked like at one moment: enough to see that it has changed or been replaced.
///
/// The kernel stamps times by its tick (some milliseconds): two writes inside one tick may leave
/// the same stamp. Whoever must be sure waits a while between two looks.
public struct FileStamp: Hashable, Sendable {
  /// What a name in a folder may stand for.
  public enum Kind: Hashable, Sendable {
    case regular, directory, symbolicLink, fifo, other
  }

  /// The file system it is on.
  public let device: UInt64
  /// Its number there.
  public let inode: UInt64
  /// What it is.
  public let kind: Kind
  /// Bytes.
  public let size: Int64
  /// How many names it has.
  public let links: UInt64
  /// When its bytes last changed: nanoseconds since 1970; its writer can set it at will.
  public let modified: Int64
  /// When anything about it last changed, its name included: nanoseconds since 1970.
  public let changed: Int64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    links = UInt64(status.st_nlink)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      case S_IFIFO: .fifo
      default: .other
      }
  }

  /// Whether nothing at all has happened to the file since that other look.
  public func unchanged(since earlier: FileStamp) -> Bool { self == earlier }

  /// Whether it is the same file, whatever has happened to it.
  public func isSameFile(as other: FileStamp) -> Bool {
    device == other.device && inode == other.inode && kind == other.kind
  }

  /// Whether it is the same file with the same bytes under perhaps another name: a rename changes
  /// `changed` and nothing else.
  func isSameContent(as other: FileStamp) -> Bool {
    isSameFile(as: other) && size == other.size && modified == other.modified
      && links == other.links
  }

  /// Whether what was done last to the file was no writing: its time, its permissions or its names
  /// were changed.
  ///
  /// The kernel gives both times of a file the same value when it is made or written to.
  public var isTouched: Bool { modified != changed }

  /// Whether it is the same file with the same bytes, touched since that other look.
  public func isTouched(since earlier: FileStamp) -> Bool {
    isSameFile(as: earlier) && size == earlier.size && isTouched
  }

  /// Saturates: a file system may hold any year, and a hostile one does.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return time.tv_sec < 0 ? .min : .max }
    let (sum, tooMuch) = seconds.addingReportingOverflow(Int64(time.tv_nsec))
    return tooMuch ? .max : sum
  }
}
