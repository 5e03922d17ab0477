import Glibc

/// A small file of lines that is there for the next process when this one is killed.
///
/// Nothing is synced: a power cut may take lines back. Belongs to one thread or queue.
public final class LineFile {
  private let descriptor: Int32
  private let shown: String

  /// Opens it, and makes it where there is none, for its owner alone.
  public init(path: String) throws(DiskError) {
    try SystemCalls.check(path, "opening")
    shown = FileName.escaping(path.utf8)
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    switch SystemCalls.retrying({ open(path, flags, 0o600) }) {
    case .success(let opened): descriptor = opened
    case .failure(let failure): throw failure.during("opening", shown)
    }
  }

  deinit { close(descriptor) }

  /// Adds a line; a line end inside it becomes a space.
  public func append(_ line: some Sequence<UInt8>) throws(DiskError) {
    let lineEnd = UInt8(ascii: "\n")
    let bytes = line.map { $0 == lineEnd ? UInt8(ascii: " ") : $0 }
    // In one call: a kill leaves the whole line, or none of it.
    try writeAll(descriptor, bytes + [lineEnd], path: shown)
  }

  /// Its whole lines, as far as they are among its first so many bytes.
  public func lines(limit: Int) throws(DiskError) -> [[UInt8]] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < limit {
      let wanted = min(piece.count, limit - bytes.count)
      let offset = off_t(bytes.count)
      let result = piece.withUnsafeMutableBytes { buffer in
        SystemCalls.retrying { pread(descriptor, buffer.baseAddress, wanted, offset) }
      }
      switch result {
      case .success(0): return Self.wholeLines(bytes)
      case .success(let count): bytes += piece.prefix(count)
      case .failure(let failure): throw failure.during("reading", shown)
      }
    }
    return Self.wholeLines(bytes)
  }

  private static func wholeLines(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast().map(Array.init)
  }

  /// Removes all lines.
  public func clear() throws(DiskError) {
    if case .failure(let failure) = SystemCalls.retrying({ ftruncate(descriptor, 0) }) {
      throw failure.during("emptying", shown)
    }
  }
}
