import Glibc
import JalonDisk
import JalonMail
import JalonStore

// What is wrong and what to do, as the log and the shell say it; every sentence of it is explained in
// docs/faults.md.

extension StoreError {
  /// What is wrong with the notebook, and what to do.
  var advice: String {
    switch self {
    case .busy: "\(self); try again"
    case .full: "\(self); free some space"
    case .corrupt: "\(self); \(Self.restoring)"
    case .readOnly: "\(self); check its owner and mode, and that the disk is not read-only"
    case .newerSchema: "\(self); use the newer version of jalon"
    case .syncFailed: Self.afterFailedSync("\(self)")
    case .diskFailed: "\(self); check the disk"
    case .cannotOpen:
      "\(self); check that it is a file, and that this user may read and write it and its folder"
    case .olderSchema:
      "\(self); any command that writes, such as 'jalon evaluate', brings it up to date"
    case .refused, .other: description
    }
  }

  /// What to do where it is in doubt what the disk holds.
  static func afterFailedSync(_ sentence: String) -> String {
    "\(sentence); check the disk, then start again: nothing acknowledged is lost"
  }

  /// What to do where the notebook is damaged or gone.
  static let restoring =
    "stop the daemon, move that file and any -journal beside it away, put the last copy that "
    + "'jalon backup' made in its place, and start again; 'jalon verify' tells what the copy lacks"

  var status: ExitStatus {
    switch self {
    case .busy: .tryAgain
    case .full, .readOnly, .corrupt, .syncFailed, .diskFailed, .cannotOpen: .inputOutput
    case .newerSchema, .olderSchema: .configuration
    case .refused, .other: .internalError
    }
  }
}

extension DiskError {
  /// What is wrong with the disk, and what to do.
  var advice: String {
    if kind == .syncFailed { return StoreError.afterFailedSync("\(self)") }
    switch code {
    case ENOSPC, EDQUOT: return "\(self); free some space"
    case EROFS: return "\(self); mount the disk for writing again"
    case EACCES, EPERM: return "\(self); check its owner and mode"
    case EIO: return "\(self); check the disk"
    case EMFILE: return "\(self); allow more open files (ulimit -n, LimitNOFILE)"
    default: return description
    }
  }
}

extension MailError {
  /// What is wrong, and what to do.
  var advice: String {
    if case .disk(let error) = self { error.advice } else { description }
  }

  var status: ExitStatus {
    switch self {
    case .disk: .inputOutput
    case .setting: .configuration
    case .address, .messageName: .internalError
    }
  }
}
