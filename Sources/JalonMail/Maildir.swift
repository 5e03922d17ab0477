internal import Glibc
internal import JalonDisk

/// A folder of messages that mail programs read, one file a message (maildir(5)).
public struct Maildir: Sendable {
  private let temporary: Folder
  private let new: Folder
  private let current: Folder

  /// Opens the Maildir at a path, and makes what is missing of it, for its owner alone.
  public init(path: String) throws(MailError) {
    do throws(DiskError) {
      let root = try Folder.openOrCreate(path, mode: 0o700)
      temporary = try Self.folder("tmp", in: root)
      new = try Self.folder("new", in: root)
      current = try Self.folder("cur", in: root)
      // Any of them may be new, and so may the folders above.
      try root.syncFileSystem()
    } catch {
      throw .disk(error)
    }
  }

  /// Puts a message into `new`, to stay there whatever happens once this returns.
  ///
  /// Delivered again under the same name, after a crash, it is there once: the first is replaced, or
  /// left alone where a mail program has already moved it to `cur`.
  ///
  /// - `name`: the file's name, always the same for one message and never that of another; no colon,
  ///   after which mail programs write what they did, and no dot in front.
  /// - Throws `MailError.disk`; after its `syncFailed` the process has to end.
  public func deliver(_ message: [UInt8], name: String) throws(MailError) {
    guard let file = Self.fileName(name) else {
      throw .messageName(FileName.escaping(name.utf8))
    }
    do throws(DiskError) {
      if try isRead(file) { return }
      try AtomicFile.write(
        message, to: file, in: new, by: temporary, mode: 0o600, durable: true)
    } catch {
      throw .disk(error)
    }
  }

  /// Removes what processes that died while delivering have left in `tmp`.
  ///
  /// - `modifiedBefore`: nanoseconds since 1970; younger ones may be somebody's at this moment.
  /// - `limit`: how many to remove at most.
  public func removeLeftovers(modifiedBefore: Int64, limit: Int) throws(MailError) {
    do throws(DiskError) {
      try AtomicFile.removeLeftovers(in: temporary, modifiedBefore: modifiedBefore, limit: limit)
    } catch {
      throw .disk(error)
    }
  }

  /// Whether a mail program has moved the message to `cur`, as `NAME` or `NAME:2,FLAGS`.
  ///
  /// No more than `Folder.examinedLimit` names are looked at; among more it counts as not read, for
  /// a message that comes twice is better than one that is lost.
  private func isRead(_ name: FileName) throws(DiskError) -> Bool {
    let prefix = name.bytes + [UInt8(ascii: ":")]
    let found = try current.names(limit: 1) { $0 == name || $0.bytes.starts(with: prefix) }
    return !found.names.isEmpty
  }

  private static func fileName(_ name: String) -> FileName? {
    let bytes = Array(name.utf8)
    // A mail program adds ":2," and a flag or six.
    guard bytes.count <= 240, bytes.first != UInt8(ascii: "."), !bytes.contains(UInt8(ascii: ":"))
    else { return nil }
    return FileName(bytes)
  }

  private static func folder(_ name: String, in root: Folder) throws(DiskError) -> Folder {
    guard let file = FileName(name) else {
      throw DiskError(code: EINVAL, action: "making the folder", path: root.path)
    }
    return try root.makeChild(named: file, mode: 0o700)
  }
}
