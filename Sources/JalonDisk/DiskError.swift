import Glibc

/// What the disk refused, while doing what, and where.
public struct DiskError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the caller has to tell apart.
  public enum Kind: Hashable, Sendable {
    /// The call failed; trying again later is harmless.
    case failed
    /// A sync failed: what was written may be lost although a later sync would succeed. The process
    /// has to end, and start again from what the disk holds; a sync is never retried.
    case syncFailed
    /// There are no watches left (`fs.inotify.max_user_watches`); scanning still works.
    case watchLimit
  }

  /// What the caller has to tell apart.
  public let kind: Kind
  /// The `errno` of the call.
  public let code: Int32
  /// What was being done, as in "opening" or "renaming".
  public let action: String
  /// Where, printable: hostile names are escaped.
  public let path: String

  /// An error as the system reports it.
  public init(kind: Kind = .failed, code: Int32, action: String, path: String) {
    self.kind = kind
    self.code = code
    self.action = action
    self.path = path
  }

  /// A plain sentence without its full stop, as in "opening /srv/x: No such file or directory".
  public var description: String { "\(action) \(path): \(Self.text(of: code))" }

  /// The system's words for an `errno`.
  private static func text(of code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
        return "error \(code)"
      }
      return String(cString: start)
    }
  }
}
