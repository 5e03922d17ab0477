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

  /// Opens the folder of a door's receipts, and removes what the writing before may have left half
  /// done.
  static func receipts(of door: Door) throws(DiskError) -> Folder {
    let receipts = try door.receipts()
    // Only the daemon writes there: nobody can be at work on one.
    try AtomicFile.removeLeftovers(
      in: receipts, modifiedBefore: .max, limit: Recovery.leftoverLimit)
    return receipts
  }

  /// Writes the receipt anew.
  func writeReceipt(with handover: Handover, in receipts: Folder) throws(DiskError) {
    try handover.write(submission.receiptJSON, receipt, for: name, in: receipts)
  }

  /// Opens the depot of files of one door, and ends the removals of them and of their sidecars that
  /// were cut short; `nil` where there is no depot any more.
  static func depot(of files: [Recovery]) throws(DiskError) -> Folder? {
    guard let door = files.first?.door, access(door.depotPath, F_OK) == 0 else { return nil }
    let depot = try door.depot()
    try endRemovals(of: files, in: depot)
    return depot
  }

  /// Takes the file out of its depot, if it is still there; after the receipt is on the disk.
  func clear(with handover: Handover, in depot: Folder) throws(DiskError) {
    try clearSidecar(in: depot)
    guard let stamp = try depot.stamp(of: name) else { return }
    if isWhatWasRead(stamp) {
      _ = try depot.remove(name, ifStill: stamp, token: receipt.id)
    } else if submission.identity == nil, stamp.kind != .regular || stamp.links > 1 {
      _ = try handover.setAside(name, receipt, in: depot)
    }
  }

  /// What a writer had put in the place of a file or of its sidecar at the last moment gets its name
  /// back, for nobody has read it.
  ///
  /// One look at the depot for all its files: a team may have made many names there.
  private static func endRemovals(of files: [Recovery], in depot: Folder) throws(DiskError) {
    let tokens = files.flatMap { [($0.receipt.id, $0), ($0.sidecarToken, $0)] }
    let byToken = Dictionary(tokens) { first, _ in first }
    _ = try depot.recoverTaken(limit: takenLimit) { token, stamp in
      guard let file = byToken[token] else { return .leave }
      guard token == file.receipt.id else { return .restore(file.sidecarName) }
      return file.isWhatWasRead(stamp) ? .remove : .restore(file.name)
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
