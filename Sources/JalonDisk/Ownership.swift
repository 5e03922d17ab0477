import Glibc

/// Whose a path is, and who may do what with it.
public struct Ownership: Hashable, Sendable {
  /// What the path stands for.
  public let kind: FileStamp.Kind
  /// The owner's number.
  public let owner: UInt32
  /// The group's number.
  public let group: UInt32
  /// The permissions: twelve bits.
  public let mode: UInt32
  /// The file system it is on.
  public let device: UInt64

  /// Looks at a path, its last part not followed if it is a link; `nil` when there is nothing.
  public static func of(_ path: String) throws(DiskError) -> Ownership? {
    try SystemCalls.check(path, "looking at")
    var status = stat()
    switch SystemCalls.retrying({ lstat(path, &status) }) {
    case .success: return Ownership(status)
    case .failure(let failure) where failure.code == ENOENT || failure.code == ENOTDIR: return nil
    case .failure(let failure):
      throw failure.during("looking at", FileName.escaping(path.utf8))
    }
  }

  private init(_ status: stat) {
    kind = FileStamp(status).kind
    owner = status.st_uid
    group = status.st_gid
    mode = status.st_mode & 0o7777
    device = UInt64(status.st_dev)
  }
}

extension Folder {
  /// Makes one folder with exactly these permissions, whatever the umask is; `false`, and nothing
  /// changed, when something has its name.
  ///
  /// - `owner`: the numbers of its owner and group; the caller's own if none are given.
  public static func make(
    _ path: String, mode: UInt32, owner: (user: UInt32, group: UInt32)? = nil
  ) throws(DiskError) -> Bool {
    try SystemCalls.check(path, "making the folder")
    let shown = FileName.escaping(path.utf8)
    // Closed to others until it is theirs.
    if case .failure(let failure) = SystemCalls.retrying({ mkdir(path, 0o700) }) {
      guard failure.code != EEXIST else { return false }
      throw failure.during("making the folder", shown)
    }
    do throws(DiskError) {
      let folder = try open(path)
      if let owner,
        case .failure(let failure) = SystemCalls.retrying({
          fchown(folder.descriptor, owner.user, owner.group)
        })
      {
        throw failure.during("giving away", shown)
      }
      // After the owner: a change of owner takes bits away.
      if case .failure(let failure) = SystemCalls.retrying({ fchmod(folder.descriptor, mode) }) {
        throw failure.during("setting the permissions of", shown)
      }
    } catch {
      // Empty, and half made: the next attempt would take it for a good one.
      rmdir(path)
      throw error
    }
    return true
  }
}
