import Glibc

/// How much room there is around a folder.
public struct FileSystemSpace: Hashable, Sendable {
  /// The size of its file system in bytes.
  public let size: Int64
  /// Bytes that a program without privileges may still write.
  public let free: Int64
  /// Files that it may still make; where the file system has no bound, what it says instead.
  public let freeFiles: Int64

  /// The room around an open folder.
  public init(around folder: Folder) throws(DiskError) {
    var status = statvfs()
    let result = SystemCalls.retrying { fstatvfs(folder.descriptor, &status) }
    if case .failure(let failure) = result {
      throw failure.during("looking at the file system of", folder.path)
    }
    let unit = UInt64(status.f_frsize)
    size = Int64(clamping: UInt64(status.f_blocks).multipliedReportingOverflow(by: unit).0)
    free = Int64(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: unit).0)
    freeFiles = Int64(clamping: UInt64(status.f_favail))
  }
}
