import Glibc
import Synchronization

/// A store of bytes by the text of their digest: `ab/abcdef…` under one folder.
///
/// Three descriptors at most are open at a time, however many folders there are.
public final class Archive: Sendable {
  private let root: Folder
  /// The folders whose names are known to survive a power cut.
  private let durableFolders = Mutex<Set<String>>([])

  /// Opens the archive in a folder, and makes that folder if it is missing.
  public init(path: String) throws(DiskError) {
    root = try Folder.openOrCreate(path, mode: 0o750)
  }

  /// Keeps bytes under their digest; does nothing if they are there already.
  ///
  /// What is there is compared: a file that a power cut has spoilt is written anew.
  ///
  /// - `durable`: whether they survive a power cut once this returns; else call `sync()` later,
  ///   once for many.
  public func store(
    _ bytes: [UInt8], digest: String, durable: Bool
  ) throws(DiskError) {
    let name = try name(of: digest)
    let folder = try folder(of: digest, durable: durable)
    if try Self.read(name, in: folder, limit: bytes.count) == .bytes(bytes) {
      if durable { try Self.syncFile(name, in: folder) }
      return
    }
    try AtomicFile.write(bytes, to: name, in: folder, mode: 0o440, durable: durable)
  }

  /// What a digest stands for.
  public enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// Nothing was kept under it, or it was removed.
    case absent
    /// There are more bytes than the limit; how many.
    case overLimit(Int64)
  }

  /// The bytes kept under a digest; whether they still have it is for the caller to check.
  public func read(_ digest: String, limit: Int) throws(DiskError) -> Content {
    let name = try name(of: digest)
    guard let folder = try existingFolder(of: digest) else { return .absent }
    return try Self.read(name, in: folder, limit: limit)
  }

  /// Hands over the bytes kept under a digest, a piece at a time; `false` if there are none.
  ///
  /// However large the file, 64 KiB are in memory.
  public func read(
    _ digest: String, each: (UnsafeRawBufferPointer) -> Void
  ) throws(DiskError) -> Bool {
    let name = try name(of: digest)
    guard let folder = try existingFolder(of: digest), let file = try Self.open(name, in: folder)
    else { return false }
    defer { close(file) }
    guard try SystemCalls.stamp(of: file, folder.shown(name)).kind == .regular else { return false }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { piece.deallocate() }
    while true {
      switch SystemCalls.retrying({ Glibc.read(file, piece.baseAddress, piece.count) }) {
      case .success(0): return true
      case .success(let count):
        each(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      case .failure(let failure): throw failure.during("reading", folder.shown(name))
      }
    }
  }

  /// The names, escaped, of what is kept under digests that begin with this byte, but for what is
  /// still being written.
  public func names(beginningWith byte: UInt8) throws(DiskError) -> [String] {
    let digits = String(byte, radix: 16)
    let prefix = digits.utf8.count == 1 ? "0" + digits : digits
    guard let folder = try root.child(named: FileName(trusted: prefix)) else { return [] }
    return try folder.names(limit: Folder.examinedLimit) { $0.bytes.first != UInt8(ascii: ".") }
      .names.map(\.escaped)
  }

  /// Whether something is kept under a digest.
  public func contains(_ digest: String) throws(DiskError) -> Bool {
    let name = try name(of: digest)
    guard let folder = try existingFolder(of: digest) else { return false }
    return try folder.stamp(of: name)?.kind == .regular
  }

  /// Removes what is kept under a digest, so that a power cut does not bring it back; `false` if
  /// there was nothing.
  public func remove(_ digest: String) throws(DiskError) -> Bool {
    let name = try name(of: digest)
    guard let folder = try existingFolder(of: digest) else { return false }
    let removed = try folder.remove(name)
    if removed { try folder.sync() }
    return removed
  }

  /// Removes what processes that died while storing have left: bytes under no digest, that nobody
  /// would ever find to remove them.
  ///
  /// - `modifiedBefore`: nanoseconds since 1970; younger ones may be somebody's at this moment.
  /// - `limit`: how many to remove at most in each folder.
  public func removeLeftovers(modifiedBefore: Int64, limit: Int) throws(DiskError) {
    for name in try root.names(limit: 256, where: { $0.bytes.count == 2 }).names {
      guard let folder = try root.child(named: name) else { continue }
      try AtomicFile.removeLeftovers(in: folder, modifiedBefore: modifiedBefore, limit: limit)
    }
  }

  /// Makes everything stored so far survive a power cut: one call for many files; throws
  /// `syncFailed`.
  public func sync() throws(DiskError) {
    try root.syncFileSystem()
  }

  /// Checks that a digest is one: 64 hexadecimal digits in lower case.
  private func name(of digest: String) throws(DiskError) -> FileName {
    let isDigit = { (byte: UInt8) in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    guard digest.utf8.count == 64, digest.utf8.allSatisfy(isDigit) else {
      let shown = "\(root.path)/\(FileName.escaping(digest.utf8))"
      throw DiskError(code: EINVAL, action: "naming by digest", path: shown)
    }
    return FileName(trusted: digest)
  }

  private func existingFolder(of digest: String) throws(DiskError) -> Folder? {
    try root.child(named: FileName(trusted: String(digest.prefix(2))))
  }

  /// The folder of a digest, made if it is missing.
  ///
  /// The first durable use syncs the root even if the folder was there: whoever made it may not
  /// have.
  private func folder(of digest: String, durable: Bool) throws(DiskError) -> Folder {
    let prefix = String(digest.prefix(2))
    let folder = try root.makeChild(named: FileName(trusted: prefix), mode: 0o750)
    if durable, !durableFolders.withLock({ $0.contains(prefix) }) {
      try root.sync()
      _ = durableFolders.withLock { $0.insert(prefix) }
    }
    return folder
  }

  private static func read(
    _ name: FileName, in folder: Folder, limit: Int
  ) throws(DiskError) -> Content {
    guard let file = try open(name, in: folder) else { return .absent }
    defer { close(file) }
    let stamp = try SystemCalls.stamp(of: file, folder.shown(name))
    guard stamp.kind == .regular else { return .absent }
    guard stamp.size <= Int64(limit) else { return .overLimit(stamp.size) }
    return .bytes(try Folder.read(file, count: Int(stamp.size), path: folder.shown(name)))
  }

  /// Syncs a file that another process may have written without.
  private static func syncFile(_ name: FileName, in folder: Folder) throws(DiskError) {
    if let file = try open(name, in: folder) {
      defer { close(file) }
      try SystemCalls.sync(file, folder.shown(name))
    }
    try folder.sync()
  }

  private static func open(_ name: FileName, in folder: Folder) throws(DiskError) -> Int32? {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    switch SystemCalls.retrying({ openat(folder.descriptor, name.cString, flags) }) {
    case .success(let descriptor): return descriptor
    case .failure(let failure) where failure.code == ENOENT: return nil
    case .failure(let failure): throw failure.during("opening", folder.shown(name))
    }
  }
}
