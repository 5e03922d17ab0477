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
