import CDisk
import Glibc

extension Folder {
  /// Some of the names in a folder.
  public struct Names: Hashable, Sendable {
    /// The names, in no order.
    public var names: [FileName] = []
    /// Whether a limit left some out.
    public var hasMore = false
  }

  /// How many names a listing looks at, wanted or not, before it gives up.
  public static let examinedLimit = 1_000_000

  /// The names in the folder, without `.` and `..`.
  ///
  /// - `limit`: how many names to give at most.
  /// - `isWanted`: which names count; the others use up nothing but time.
  public func names(
    limit: Int, where isWanted: (FileName) -> Bool = { _ in true }
  ) throws(DiskError) -> Names {
    let stream = try openStream()
    defer { closedir(stream) }
    var found = Names()
    for _ in 0..<Self.examinedLimit {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw DiskError(code: errno, action: "listing", path: path) }
        return found
      }
      guard let name = Self.name(of: entry), isWanted(name) else { continue }
      guard found.names.count < limit else { break }
      found.names.append(name)
    }
    found.hasMore = true
    return found
  }

  /// A stream of its own: a duplicate descriptor would share its position with other listings.
  private func openStream() throws(DiskError) -> OpaquePointer {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    switch SystemCalls.retrying({ openat(descriptor, ".", flags) }) {
    case .failure(let failure): throw failure.during("listing", path)
    case .success(let copy):
      guard let stream = fdopendir(copy) else {
        let code = errno
        close(copy)
        throw DiskError(code: code, action: "listing", path: path)
      }
      return stream
    }
  }

  /// Reads the name where it lies: the record is shorter than the type that Swift sees.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> FileName? {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
    let start = UnsafeRawPointer(entry) + offset
    let length = strlen(start.assumingMemoryBound(to: CChar.self))
    return FileName(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// Gives a file another name in this folder or another one, unless that name is in use.
  ///
  /// Gives `false` when it is. On file systems that cannot refuse to replace (NFS), looks first.
  public func move(
    _ name: FileName, to newName: FileName, in folder: Folder? = nil
  ) throws(DiskError) -> Bool {
    let target = folder ?? self
    let noReplace = UInt32(JALON_RENAME_NOREPLACE)
    var result = rename(name, to: newName, in: target, flags: noReplace)
    if case .failure(let failure) = result, failure.code == EINVAL || failure.code == ENOSYS {
      guard try target.stamp(of: newName) == nil else { return false }
      result = rename(name, to: newName, in: target, flags: 0)
    }
    guard case .failure(let failure) = result else { return true }
    guard failure.code != EEXIST else { return false }
    throw failure.during("renaming", "\(shown(name)) to \(target.shown(newName))")
  }

  private func rename(
    _ name: FileName, to newName: FileName, in target: Folder, flags: UInt32
  ) -> Result<Int32, SystemCalls.Failure> {
    SystemCalls.retrying {
      renameat2(descriptor, name.cString, target.descriptor, newName.cString, flags)
    }
  }

  /// Removes a name that is not a folder's; `false` when there is none.
  @discardableResult
  public func remove(_ name: FileName) throws(DiskError) -> Bool {
    switch SystemCalls.retrying({ unlinkat(descriptor, name.cString, 0) }) {
    case .success: return true
    case .failure(let failure) where failure.code == ENOENT: return false
    case .failure(let failure): throw failure.during("removing", shown(name))
    }
  }
}
