import JalonCore
import JalonRound
import JalonStore

// The notebook's records and the round's say the same in the words of two rooms that do not know
// each other; here one becomes the other.

extension AdoptedVersion {
  init(_ record: VersionRecord, bytes: [UInt8]) {
    self.init(
      key: record.key, kind: record.kind, id: record.object, path: record.path, bytes: bytes,
      digest: record.sha256, at: record.adoptedAt)
  }
}

extension SubmissionSummary {
  init(_ record: SubmissionRecord) {
    self.init(
      number: record.number, file: record.file, sha256: record.sha256.hexadecimal,
      receivedAt: record.receivedAt, status: record.status, rows: Int(record.rows))
  }
}

extension RecordedGate {
  init(_ record: RecommendationRecord) {
    self.init(
      phase: record.phase, recommendation: record.recommendation, effective: record.effective,
      crossed: record.crossed, discretionary: record.isDiscretionary, flagged: record.isFlagged,
      fundsAtStake: record.fundsAtStake)
  }
}

extension StoreError {
  /// What is wrong with the notebook, and what to do.
  var advice: String {
    switch self {
    case .busy: "\(self); try again"
    case .full: "\(self); free some space, nothing is lost"
    case .corrupt: "\(self); \(Self.restoring)"
    case .readOnly: "\(self); check its owner and mode, and that the disk is not read-only"
    case .newerSchema: "\(self); use the newer version of jalon"
    case .syncFailed: "\(self); check the disk, then start again: nothing acknowledged is lost"
    case .diskFailed: "\(self); check the disk, then try again: nothing acknowledged is lost"
    case .cannotOpen:
      "\(self); check that it is a file, and that this user may read and write it and its folder"
    case .olderSchema, .refused, .other: description
    }
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
