internal import CSQLite

/// What the notebook refused, while doing what.
///
/// The cases are those that whoever catches one acts on differently: wait, free some space, stop
/// the process, upgrade, or restore a backup.
public enum StoreError: Error, Hashable, Sendable {
  /// Somebody else kept the notebook locked for the whole waiting time; trying again is harmless.
  case busy(doing: String)
  /// No space is left.
  case full(doing: String)
  /// The file is not what the notebook wrote, or not a notebook at all.
  case corrupt(message: String, doing: String)
  /// The file, or the connection, cannot be written.
  case readOnly(doing: String)
  /// A newer Jalon wrote the notebook; the schema versions found and known.
  case newerSchema(found: Int, known: Int)
  /// An older Jalon wrote it, and this connection may not bring it up to date.
  case olderSchema(found: Int, known: Int)
  /// A sync failed: what was written may be lost although a later sync would succeed. The process
  /// has to end, and start again from what the disk holds; a sync is never retried.
  case syncFailed(message: String, doing: String)
  /// The disk failed at something else than a sync; what was not committed was rolled back.
  case diskFailed(message: String, doing: String)
  /// There is no file that this process may open and make.
  case cannotOpen(message: String, doing: String)
  /// A rule of the notebook forbids it: an append-only row, a number used twice, an unknown parent.
  case refused(message: String, doing: String)
  /// Anything else, with SQLite's extended result code.
  case other(code: Int32, message: String, doing: String)

  /// The error of an extended result code.
  init(code: Int32, message: String, doing: String) {
    switch code {
    case SQLITE_IOERR | (4 << 8), SQLITE_IOERR | (5 << 8):
      // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC, macros that Swift does not see.
      self = .syncFailed(message: message, doing: doing)
      return
    default: break
    }
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(doing: doing)
    case SQLITE_FULL: self = .full(doing: doing)
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt(message: message, doing: doing)
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(doing: doing)
    case SQLITE_IOERR: self = .diskFailed(message: message, doing: doing)
    case SQLITE_CANTOPEN: self = .cannotOpen(message: message, doing: doing)
    case SQLITE_CONSTRAINT: self = .refused(message: message, doing: doing)
    default: self = .other(code: code, message: message, doing: doing)
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// A plain sentence without its full stop, as in "recording a submission: the disk is full".
  public var description: String {
    switch self {
    case .busy(let doing): "\(doing): the notebook is locked by another process"
    case .full(let doing): "\(doing): the disk is full"
    case .corrupt(let message, let doing): "\(doing): the notebook is damaged (\(message))"
    case .readOnly(let doing): "\(doing): the notebook cannot be written"
    case .newerSchema(let found, let known):
      "opening the notebook: its schema \(found) is newer than this program's \(known)"
    case .olderSchema(let found, let known):
      "opening the notebook: its schema \(found) is older than this program's \(known)"
    case .syncFailed(let message, let doing): "\(doing): a sync failed (\(message))"
    case .diskFailed(let message, let doing): "\(doing): the disk failed (\(message))"
    case .cannotOpen(let message, let doing): "\(doing): \(message)"
    case .refused(let message, let doing): "\(doing): refused (\(message))"
    case .other(let code, let message, let doing): "\(doing): \(message) (SQLite \(code))"
    }
  }
}
