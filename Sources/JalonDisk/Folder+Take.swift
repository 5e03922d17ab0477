import CDisk
import Glibc

/// The one copy of a file that was read: what is hashed, kept and parsed is this.
public struct TakenFile: Sendable {
  /// The bytes; `nil` when there were more than the limit.
  public let bytes: [UInt8]?
  /// How many bytes there were.
  public let size: Int64
  /// The file just before it was read.
  public let before: FileStamp
  /// The file just after it was read.
  public let after: FileStamp

  /// Whether somebody was still writing to it, or renamed it, meanwhile: what was read may be half
  /// of each.
  public var changedDuringRead: Bool { !after.unchanged(since: before) || size != before.size }
}

/// Why a name is not read.
public enum TakeRefusal: Hashable, Sendable {
  /// It is gone.
  case vanished
  case symbolicLink
  case directory
  case fifo
  /// A socket, a device, or anything else that is not a file.
  case other
  /// It has other names, which may lie where they should not.
  case severalLinks
  /// Its permissions forbid it.
  case unreadable
  /// It is larger than even a hash is worth.
  case beyondHashing
}

/// What came of reading a name.
public enum Take: Sendable {
  case file(TakenFile)
  /// Not read, with what it looked like where that is known.
  case refused(TakeRefusal, FileStamp?)
}

extension Folder {
  /// How large a file may be to be hashed without being kept: 1 GiB, some five seconds.
  public static let hashingLimit: Int64 = 1 << 30
  private static let pieceSize = 1 << 20

  /// Reads a file once, if it is a plain one with one name; never follows a link, never blocks.
  ///
  /// - `limit`: how many bytes to keep; a larger file is not kept.
  /// - `tooLarge`: receives the bytes of a file over the limit, in pieces, to hash them.
  public func take(
    _ name: FileName, limit: Int, tooLarge: (UnsafeRawBufferPointer) -> Void
  ) throws(DiskError) -> Take {
    let file: Int32
    switch openToTake(name) {
    case .success(let descriptor): file = descriptor
    case .failure(let failure):
      guard let refusal = Self.refusal(failure.code) else {
        throw failure.during("opening", shown(name))
      }
      return .refused(refusal, try stamp(of: name))
    }
    defer { close(file) }
    let before = try SystemCalls.stamp(of: file, shown(name))
    if let refusal = Self.refusal(before) { return .refused(refusal, before) }

    let contents: (bytes: [UInt8]?, size: Int64)
    if before.size <= Int64(limit) {
      let bytes = try Self.read(file, count: Int(before.size), path: shown(name))
      contents = (bytes, Int64(bytes.count))
    } else {
      let size = try Self.readPieces(file, upTo: before.size, path: shown(name), tooLarge)
      contents = (nil, size)
    }
    let after = try SystemCalls.stamp(of: file, shown(name))
    return .file(
      TakenFile(bytes: contents.bytes, size: contents.size, before: before, after: after))
  }

  private func openToTake(_ name: FileName) -> Result<Int32, SystemCalls.Failure> {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let quiet = flags | Int32(JALON_O_NOATIME)
    let result = SystemCalls.retrying { openat(descriptor, name.cString, quiet) }
    // Only a file's owner may leave its access time alone.
    guard case .failure(let failure) = result, failure.code == EPERM else { return result }
    return SystemCalls.retrying { openat(descriptor, name.cString, flags) }
  }

  private static func refusal(_ code: Int32) -> TakeRefusal? {
    switch code {
    case ENOENT: .vanished
    case ELOOP: .symbolicLink
    case ENXIO, ENODEV: .other
    case EACCES, EPERM: .unreadable
    default: nil
    }
  }

  private static func refusal(_ stamp: FileStamp) -> TakeRefusal? {
    switch stamp.kind {
    case .symbolicLink: return .symbolicLink
    case .directory: return .directory
    case .fifo: return .fifo
    case .other: return .other
    case .regular: break
    }
    if stamp.links == 0 { return .vanished }
    if stamp.links > 1 { return .severalLinks }
    return stamp.size > hashingLimit ? .beyondHashing : nil
  }

  /// Reads so many bytes into one allocation of that size; fewer when the file has shrunk.
  static func read(_ file: Int32, count: Int, path: String) throws(DiskError) -> [UInt8] {
    var failed: SystemCalls.Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      // The capacity may be rounded up; the count is what was asked for.
      let wanted = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
      switch SystemCalls.readAll(file, into: wanted) {
      case .success(let count): filled = count
      case .failure(let failure): failed = failure
      }
    }
    if let failed { throw failed.during("reading", path) }
    return bytes
  }

  /// Hands out the file in pieces, no further than the size it had: it may be growing.
  private static func readPieces(
    _ file: Int32, upTo size: Int64, path: String, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(DiskError) -> Int64 {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    var total: Int64 = 0
    while total < size {
      let wanted = Int(min(Int64(pieceSize), size - total))
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      switch SystemCalls.readAll(file, into: piece) {
      case .failure(let failure): throw failure.during("reading", path)
      case .success(let count):
        body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        total += Int64(count)
        guard count == wanted else { return total }
      }
    }
    return total
  }
}
