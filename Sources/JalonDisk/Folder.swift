import CDisk
import Glibc

/// An open folder: what is done through it is done to that folder, whatever its path has become.
///
/// It holds a descriptor, closed when the last reference goes; keep few.
public final class Folder: Sendable {
  let descriptor: Int32
  /// The path it was opened by, printable, for messages.
  public let path: String

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Opens a folder by its path, through symbolic links if the path has some: it is ours.
  public static func open(_ path: String) throws(DiskError) -> Folder {
    try SystemCalls.check(path, "opening the folder")
    let shown = FileName.escaping(path.utf8)
    switch SystemCalls.retrying({ Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }) {
    case .success(let descriptor): return Folder(descriptor: descriptor, path: shown)
    case .failure(let failure): throw failure.during("opening the folder", shown)
    }
  }

  /// Opens a folder by its path, after making it and its parents where they are missing.
  ///
  /// - `mode`: the permissions of what is made; the process's umask applies.
  public static func openOrCreate(_ path: String, mode: UInt32 = 0o750) throws(DiskError) -> Folder
  {
    try SystemCalls.check(path, "making the folder")
    // Nearly always it is there.
    do throws(DiskError) {
      return try open(path)
    } catch {
      guard error.code == ENOENT else { throw error }
    }
    var prefix = path.hasPrefix("/") ? "/" : ""
    for component in path.utf8.split(separator: UInt8(ascii: "/")) {
      prefix += String(Substring(component)) + "/"
      if mkdir(prefix, mode) != 0, errno != EEXIST, access(prefix, F_OK) != 0 {
        let shown = FileName.escaping(prefix.utf8)
        throw DiskError(code: errno, action: "making the folder", path: shown)
      }
    }
    return try open(path)
  }

  /// Opens a folder inside this one, never through a symbolic link; `nil` when there is nothing.
  public func child(named name: FileName) throws(DiskError) -> Folder? {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let result = SystemCalls.retrying { openat(descriptor, name.cString, flags) }
    switch result {
    case .success(let child): return Folder(descriptor: child, path: shown(name))
    case .failure(let failure) where failure.code == ENOENT: return nil
    case .failure(let failure):
      // The kernel says of a link only that it is no folder.
      let isLink = failure.code == ENOTDIR && (try? stamp(of: name))?.kind == .symbolicLink
      throw isLink
        ? DiskError(code: ELOOP, action: "opening the folder", path: shown(name))
        : failure.during("opening the folder", shown(name))
    }
  }

  /// Opens a folder inside this one, after making it if it is missing.
  ///
  /// - `mode`: its permissions if it is made; the process's umask applies.
  public func makeChild(
    named name: FileName, mode: UInt32 = 0o750
  ) throws(DiskError) -> Folder {
    if let child = try child(named: name) { return child }
    let result = SystemCalls.retrying { mkdirat(descriptor, name.cString, mode) }
    if case .failure(let failure) = result, failure.code != EEXIST {
      throw failure.during("making the folder", shown(name))
    }
    guard let child = try child(named: name) else {
      throw DiskError(code: ENOENT, action: "opening the folder", path: shown(name))
    }
    return child
  }

  /// What the folder itself looks like: compare it with the stamp of its name to see that another
  /// folder has taken its place.
  public func stamp() throws(DiskError) -> FileStamp {
    try SystemCalls.stamp(of: descriptor, path)
  }

  /// What a name stands for, symbolic links not followed; `nil` when there is nothing.
  public func stamp(of name: FileName) throws(DiskError) -> FileStamp? {
    var status = stat()
    let result = SystemCalls.retrying {
      fstatat(descriptor, name.cString, &status, AT_SYMLINK_NOFOLLOW)
    }
    switch result {
    case .success: return FileStamp(status)
    case .failure(let failure) where failure.code == ENOENT: return nil
    case .failure(let failure): throw failure.during("looking at", shown(name))
    }
  }

  /// Makes the names in this folder survive a power cut; throws `syncFailed`.
  public func sync() throws(DiskError) {
    try SystemCalls.sync(descriptor, path)
  }

  /// Makes everything written to this folder's file system survive a power cut, in one call for
  /// many files; throws `syncFailed`.
  public func syncFileSystem() throws(DiskError) {
    if case .failure(let failure) = SystemCalls.retrying({ syncfs(descriptor) }) {
      throw failure.during("syncing the file system of", path, kind: .syncFailed)
    }
  }

  /// The path of something in this folder, printable.
  func shown(_ name: FileName) -> String { "\(path)/\(name.escaped)" }
}
