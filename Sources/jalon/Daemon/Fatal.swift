import Glibc
import JalonDisk
import JalonMail
import JalonStore

/// Ends the process by an error that it must not outlive: after a failed sync what the disk holds is
/// unknown, and the next process looks and goes on.
@Sendable func exitIfFatal(_ error: any Error) {
  let isFatal =
    switch error {
    case let error as DiskError: error.kind == .syncFailed
    case let error as MailError: error.isSyncFailure
    case .syncFailed as StoreError: true
    case .corrupt as StoreError: true
    default: false
    }
  guard isFatal else { return }
  let failure = Failure(error)
  Log.error("stopping: \(failure.message)")
  exit(failure.status.rawValue)
}
