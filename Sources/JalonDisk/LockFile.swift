import Glibc

/// A lock that one process holds at a time, and that goes with the process, however it ends.
public final class LockFile: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Takes the lock of this path, without waiting; `nil` while somebody else holds it.
  ///
  /// The file stays when the lock goes: removing it would let two hold it.
  public static func acquire(_ path: String) throws(DiskError) -> LockFile? {
    try SystemCalls.check(path, "locking")
    let shown = FileName.escaping(path.utf8)
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let file: LockFile
    switch SystemCalls.retrying({ open(path, flags, 0o600) }) {
    case .success(let descriptor): file = LockFile(descriptor: descriptor)
    case .failure(let failure): throw failure.during("locking", shown)
    }
    switch SystemCalls.retrying({ flock(file.descriptor, LOCK_EX | LOCK_NB) }) {
    case .success: return file
    case .failure(let failure) where failure.code == EWOULDBLOCK: return nil
    case .failure(let failure): throw failure.during("locking", shown)
    }
  }
}
