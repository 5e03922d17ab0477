import Glibc

/// Files that appear whole under their name or not at all.
public enum AtomicFile {
  /// How the private name starts that a file has until it is whole.
  public static let temporaryPrefix: StaticString = ".jalon-new-"

  /// Writes a file beside its name, then gives it its name, whatever was there before.
  ///
  /// - `by`: the folder, of the same file system, where it is until it is whole; the same one if
  ///   none is given.
  /// - `mode`: its permissions, exactly: the umask does not apply.
  /// - `durable`: whether it survives a power cut once this returns; else sync the file system
  ///   later, one call for many files.
  /// - Throws `syncFailed` if that is in doubt, whereupon the process has to end; `failed`
  ///   otherwise, and then nothing has changed.
  public static func write(
    _ bytes: [UInt8], to name: FileName, in folder: Folder, by staging: Folder? = nil,
    mode: UInt32 = 0o640, durable: Bool
  ) throws(DiskError) {
    let staging = staging ?? folder
    let temporary = privateName()
    let shown = folder.shown(name)
    let file = try create(temporary, in: staging, mode: mode, shown: shown)
    do throws(DiskError) {
      try fill(file, with: bytes, mode: mode, durable: durable, shown: shown)
      let renaming = SystemCalls.retrying {
        renameat(staging.descriptor, temporary.cString, folder.descriptor, name.cString)
      }
      if case .failure(let failure) = renaming { throw failure.during("writing", shown) }
    } catch {
      unlinkat(staging.descriptor, temporary.cString, 0)
      throw error
    }
    if durable { try folder.sync() }
  }

  /// A private name that nobody else uses, for a file that somebody else writes.
  public static func privateName() -> FileName {
    FileName(trusted: "\(temporaryPrefix)\(SystemCalls.randomToken())")
  }

  /// Gives a whole file that was written under a private name its own, durably; `false` when that is
  /// in use.
  ///
  /// - Throws `syncFailed` if it is in doubt whether it is there.
  public static func publish(
    _ temporary: FileName, as name: FileName, in folder: Folder
  ) throws(DiskError) -> Bool {
    // First its bytes: a power cut must not leave the name without them.
    try folder.syncFileSystem()
    guard try folder.move(temporary, to: name) else { return false }
    try folder.sync()
    return true
  }

  /// Removes what processes that died while writing have left in a folder.
  ///
  /// - `limit`: how many to remove at most.
  /// - `modifiedBefore`: nanoseconds since 1970; younger ones may be somebody's at this moment.
  public static func removeLeftovers(
    in folder: Folder, modifiedBefore: Int64, limit: Int
  ) throws(DiskError) {
    for name in try folder.names(limit: limit, where: { $0.hasPrefix(temporaryPrefix) }).names {
      guard let stamp = try folder.stamp(of: name), stamp.modified < modifiedBefore else {
        continue
      }
      try folder.remove(name)
    }
  }

  private static func create(
    _ temporary: FileName, in folder: Folder, mode: UInt32, shown: String
  ) throws(DiskError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let result = SystemCalls.retrying {
      openat(folder.descriptor, temporary.cString, flags, mode & 0o700)
    }
    switch result {
    case .success(let descriptor): return descriptor
    case .failure(let failure): throw failure.during("writing", shown)
    }
  }

  /// Writes and closes; the descriptor is closed whatever happens.
  private static func fill(
    _ file: Int32, with bytes: [UInt8], mode: UInt32, durable: Bool, shown: String
  ) throws(DiskError) {
    do throws(DiskError) {
      try writeAll(file, bytes, path: shown)
      if mode & 0o077 != 0,
        case .failure(let failure) = SystemCalls.retrying({ fchmod(file, mode) })
      {
        throw failure.during("setting the permissions of", shown)
      }
      if durable { try SystemCalls.sync(file, shown) }
    } catch {
      close(file)
      throw error
    }
    // Some file systems report a full disk only here. After EINTR it is closed all the same.
    guard close(file) == 0 || errno == EINTR else {
      throw DiskError(code: errno, action: "writing", path: shown)
    }
  }
}
