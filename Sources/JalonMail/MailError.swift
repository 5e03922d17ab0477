public import JalonDisk

/// What keeps a message or a setting from being used at all, before any server is asked.
public enum MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An address that cannot stand in an SMTP command: which, printable, and why.
  case address(String, reason: String)
  /// A setting that cannot work, or that would not be safe: a sentence without its full stop.
  case setting(String)
  /// A name that cannot be that of a message in a Maildir, printable.
  case messageName(String)
  /// The disk refused; after its `syncFailed` the process has to end.
  case disk(DiskError)

  /// Whether it is in doubt what the disk holds, whereupon the process has to end.
  public var isSyncFailure: Bool {
    guard case .disk(let error) = self else { return false }
    return error.kind == .syncFailed
  }

  /// A plain sentence without its full stop.
  public var description: String {
    switch self {
    case .address(let address, let reason): "the address '\(address)' \(reason)"
    case .setting(let sentence): sentence
    case .messageName(let name): "'\(name)' cannot name a message in a Maildir"
    case .disk(let error): error.description
    }
  }
}
