import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonRound

/// Finishes one file that was filed and not handed over, wherever the process before was killed.
///
/// Each step may be killed again, and done again.
struct Recovery {
  /// Removals cut short that one look at one depot ends.
  private static let takenLimit = 10_000
  /// Receipts begun and not finished that one look removes.
  private static let leftoverLimit = 10_000
  /// Bytes that a sidecar may have.
  private static let sidecarLimit = 65_536

  let submission: PendingSubmission
  let receipt: Receipt
  let name: FileName
  let door: Door

  /// `nil` when the notebook holds a receipt that this program cannot read.
  init?(_ submission: PendingSubmission) {
    guard let receipt = readReceipt(submission.receiptJSON), let name = FileName(submission.name)
    else { return nil }
    self.submission = submission
    self.receipt = receipt
    self.name = name
    door = Door(path: submission.door)
  }

  /// Writes the receipt anew, and removes what the writing before may have left half done.
  func writeReceipt(with handover: Handover) throws(DiskError) {
    let receipts = try door.receipts()
    // Only the daemon writes there: nobody can be at work on one.
    try AtomicFile.removeLeftovers(
      in: receipts, modifiedBefore: .max, limit: Recovery.leftoverLimit)
    try handover.write(submission.receiptJSON, receipt, for: name, in: receipts)
  }

  /// Takes the file out of its depot, if it is still there; after the receipt is on the disk.
  func clear(with handover: Handover) throws(DiskError) {
    guard access(door.depotPath, F_OK) == 0 else { return }
    let depot = try door.depot()
    try endRemovals(in: depot)
    try clearSidecar(in: depot)
    guard let stamp = try depot.stamp(of: name) else { return }
    if isWhatWasRead(stamp) {
      _ = try depot.remove(name, ifStill: stamp, token: receipt.id)
    } else if submission.identity == nil, stamp.kind != .regular || stamp.links > 1 {
      _ = try handover.setAside(name, receipt, in: depot)
    }
  }

  /// Ends the removals of this file and of its sidecar that were cut short: what a writer had put
  /// in its place at the last moment gets its name back, for nobody has read it.
  private func endRemovals(in depot: Folder) throws(DiskError) {
    _ = try depot.recoverTaken(limit: Recovery.takenLimit) { token, stamp in
      switch token {
      case receipt.id:
        isWhatWasRead(stamp) ? .remove : .restore(name)
      case sidecarToken: .restore(sidecarName)
      default: .leave
      }
    }
  }

  /// Removes the sidecar that this receipt has answered; another one waits its turn.
  private func clearSidecar(in depot: Folder) throws(DiskError) {
    guard let sidecarName, try depot.stamp(of: sidecarName) != nil,
      case .file(let file) = try depot.take(
        sidecarName, limit: Recovery.sidecarLimit, tooLarge: { _ in })
    else { return }
    let announced = file.bytes.flatMap { digestAnnounced(in: $0) }
    // A file that does not match is refused with the digest that the sidecar announces.
    let isAnswered =
      announced == receipt.sha256
      || receipt.errors.contains { $0.message.contains(announced ?? Taking.noDigest) }
    if isAnswered { _ = try depot.remove(sidecarName, ifStill: file.after, token: sidecarToken) }
  }

  private func isWhatWasRead(_ stamp: FileStamp) -> Bool {
    submission.identity.map { FileIdentity(stamp).isLeft(of: $0) } ?? false
  }

  private var sidecarName: FileName? { FileName(name.bytes + ".sha256".utf8) }
  private var sidecarToken: String { Handover.sidecarToken(receipt) }
}
