import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonRound

/// One round after another: takes what has settled, files it, hands it over, judges.
final class Rounds {
  /// Files and bytes that share one transaction and its syncs.
  private static let batchFiles = 256
  private static let batchBytes = 64 << 20
  /// Removals cut short that one look at one depot ends.
  private static let takenLimit = 10_000

  private let notebook: Notebook
  private let archive: ReportArchive
  private let program: Program
  private let doors: Doors
  private let root: Folder
  /// What people read from now on.
  var language: Language
  /// Files that the notebook knows and that could not leave their depots yet.
  private var unfinished: Set<FileIdentity> = []

  init(_ program: Program, _ doors: Doors) throws {
    self.program = program
    self.doors = doors
    notebook = try program.notebook()
    archive = try program.archive()
    root = try Folder.open(program.configuration.doors)
    language = program.language
  }

  private var world: World {
    var world = program.world
    world.language = language
    return world
  }

  /// The ids of the adopted projects.
  func adoptedProjects() -> [String] {
    do {
      return try notebook.versions.latestDigests(.project).keys.sorted()
    } catch {
      Log.error("cannot read the adopted projects: \(Failure(error).message)")
      return []
    }
  }

  // MARK: A batch

  /// Takes a batch of settled files through to their receipts.
  ///
  /// - Returns: whether there may be more.
  func takeBatch(at now: UInt64, intake: Configuration.Intake) throws -> Bool {
    let batch = try gather(at: now, limit: intake.maxFileBytes)
    guard !batch.isEmpty else { return false }
    let instant = Clock.now
    let filed = try Intake(notebook, archive, world).file(batch.map(\.arrival), now: instant)
    for (taken, answer) in zip(batch, filed) {
      doors.update(taken.project) { $0.forget(taken.name) }
      tell(taken, answer.receipt)
    }
    try handOver(batch, filed)
    try judge(Set(filed.filter { $0.receipt.status == .accepted }.compactMap(\.receipt.project)))
    return true
  }

  private func gather(at now: UInt64, limit: Int) throws -> [TakenArrival] {
    var batch: [TakenArrival] = []
    var bytes = 0
    for (door, files) in doors.ready(at: now, files: Rounds.batchFiles) {
      guard let depot = try? door.depot() else { continue }
      for (name, stamp) in files {
        guard batch.count < Rounds.batchFiles, bytes < Rounds.batchBytes else { return batch }
        if let taken = try take(name, stamp, door, depot, limit: limit, at: now) {
          batch.append(taken)
          bytes += Int(taken.stamp?.size ?? 0)
        }
      }
    }
    return batch
  }

  /// Tries one file; what it cannot take yet goes on settling.
  private func take(
    _ name: FileName, _ stamp: FileStamp, _ door: Door, _ depot: Folder, limit: Int, at now: UInt64
  ) throws -> TakenArrival? {
    if unfinished.contains(FileIdentity(stamp)) {
      doors.update(door.project) { $0.forget(name) }
      return nil
    }
    do {
      switch try Taking.take(name, stamp, from: door, in: depot, limit: limit, at: now) {
      case .taken(let taken): return taken
      case .gone: doors.update(door.project) { $0.forget(name) }
      case .changed(let stamp): doors.update(door.project) { $0.see(name, stamp, .scanned, at: now) }
      case .mayBeCut: doors.update(door.project) { $0.suspectCut(name) }
      case .lateSidecar(let file, let announced, let taken):
        return try settle(taken, file, announced, door, depot)
      }
    } catch let error as DiskError {
      if error.kind == .syncFailed { throw error }
      Log.error("\(door.project): \(error); it stays in the depot")
      doors.update(door.project) { $0.forget(name) }
    }
    return nil
  }

  /// A sidecar that came after its file: held against what was taken under that name (SPEC §7).
  private func settle(
    _ taken: TakenArrival, _ file: FileName, _ announced: String?, _ door: Door, _ depot: Folder
  ) throws -> TakenArrival? {
    guard let digest = try notebook.submissions.lastTaken(door.path, file.bytes) else {
      // Its file may still come; the next scan sees it again.
      doors.update(door.project) { $0.forget(taken.name) }
      return nil
    }
    guard announced == digest.hexadecimal, let stamp = taken.stamp else { return taken }
    doors.update(door.project) { $0.forget(taken.name) }
    _ = try depot.remove(taken.name, ifStill: stamp, token: "sidecar-\(stamp.inode)")
    Log.info("\(door.project): \(taken.name) confirms what was taken")
    return nil
  }

  // MARK: Resting

  /// Before a long wait: gives back the memory that the last work needed.
  func rest() {
    program.releaseMemory()
    ProcessMemory.giveBack()
  }

  // MARK: Handing over

  /// Receipts first, then the depots, then the notebook's note that all is done.
  private func handOver(_ batch: [TakenArrival], _ filed: [Filed]) throws {
    let handover = Handover(language: language)
    var written: [Int] = []
    for index in batch.indices {
      let (taken, answer) = (batch[index], filed[index])
      let isWritten = try unlessPostponed(taken) { () throws(DiskError) in
        let receipts = try door(taken.project).receipts()
        try handover.write(answer.json, answer.receipt, for: taken.name, in: receipts)
      }
      if isWritten { written.append(index) }
    }
    try root.syncFileSystem()
    var done: [Int64] = []
    for index in written {
      let (taken, answer) = (batch[index], filed[index])
      let isCleared = try unlessPostponed(taken) { () throws(DiskError) in
        let depot = try door(taken.project).depot()
        try handover.clear(taken, answer.receipt, in: depot).map {
          Log.notice("\(taken.project): \($0)")
        }
      }
      if isCleared { done.append(answer.number) }
    }
    try finish(done)
  }

  /// Does a step for one file; what one file's folder refuses must not hold up the others.
  ///
  /// - Returns: whether it was done; if not, the next scan finishes it.
  private func unlessPostponed(
    _ taken: TakenArrival, _ step: () throws(DiskError) -> Void
  ) throws(DiskError) -> Bool {
    do throws(DiskError) {
      try step()
      return true
    } catch {
      guard error.kind != .syncFailed else { throw error }
      if let stamp = taken.stamp { unfinished.insert(FileIdentity(stamp)) }
      Log.error("\(taken.project): \(error); it is filed, and is finished at the next scan")
      return false
    }
  }

  private func finish(_ numbers: [Int64]) throws {
    guard !numbers.isEmpty else { return }
    try root.syncFileSystem()
    try notebook.write { try notebook.submissions.finish(numbers) }
  }

  private func door(_ project: String) -> Door {
    Door(
      project: project, path: program.configuration.doors + "/" + project,
      settling: Settling(.init(settleSeconds: 0, scanSettleSeconds: 0)))
  }

  // MARK: Recovery

  /// Finishes what was filed and not handed over, before anything new (SPEC §7).
  func recover() {
    do {
      unfinished = []
      let pending = try notebook.submissions.pending()
      if !pending.isEmpty { Log.notice("finishing \(pending.count) files that were interrupted") }
      var done: [Int64] = []
      for submission in pending {
        do {
          try recover(submission)
          done.append(submission.number)
        } catch let error as DiskError where error.kind != .syncFailed {
          submission.identity.map { _ = unfinished.insert($0) }
          Log.error("\(submission.door): \(error); tried again at the next scan")
        }
      }
      try finish(done)
    } catch {
      Log.error("cannot finish interrupted files: \(Failure(error).message)")
    }
  }

  private func recover(_ submission: PendingSubmission) throws {
    guard let receipt = readReceipt(submission.receiptJSON), let name = FileName(submission.name)
    else { throw Failure(.internalError, "submission \(submission.number) has no readable receipt") }
    let handover = Handover(language: language)
    let door = Door(
      project: PathName.last(of: submission.door), path: submission.door,
      settling: Settling(.init(settleSeconds: 0, scanSettleSeconds: 0)))
    let receipts = try door.receipts()
    try handover.write(submission.receiptJSON, receipt, for: name, in: receipts)
    try root.syncFileSystem()
    guard access(door.depotPath, F_OK) == 0 else { return }
    let depot = try door.depot()
    _ = try depot.recoverTaken(limit: Rounds.takenLimit) { token, _ in
      token == receipt.id || token == receipt.id + "-sha256" ? .remove : .leave
    }
    guard let stamp = try depot.stamp(of: name) else { return }
    if FileIdentity(stamp) == submission.identity {
      _ = try depot.remove(name, ifStill: stamp, token: receipt.id)
    } else if submission.identity == nil, stamp.kind != .regular || stamp.links > 1 {
      _ = try handover.setAside(name, receipt, in: depot)
    }
  }

  // MARK: Judging

  private func judge(_ projects: Set<String>) throws {
    guard !projects.isEmpty else { return }
    let now = Clock.now
    let evaluation = try Evaluation(
      notebook, world, asOf: Clock.day(now), knownAt: now, isPresent: true)
    for project in try evaluation.projects(projects.sorted(), recording: now) {
      let id = project.plan.project.id
      if case .failure = project.gates {
        Log.error("\(id): a computed figure is too large to be exact; the gates are not judged")
      }
      for change in project.changes {
        let before = change.before?.recommendation.rawValue ?? "none"
        Log.notice(
          "\(id) \(change.now.phase): \(before) -> \(change.now.recommendation.rawValue)"
            + (change.now.flagged ? ", flagged, \(change.now.fundsAtStake) EUR" : ""))
      }
    }
  }

  private func tell(_ taken: TakenArrival, _ receipt: Receipt) {
    let what =
      switch receipt.status {
      case .accepted: "accepted, \(receipt.rows) rows"
      case .rejected: "rejected, \(receipt.errors.count) errors"
      case .duplicate: "duplicate of \(receipt.duplicateOf ?? "")"
      }
    Log.info("\(taken.project): \(taken.name) \(what) (\(receipt.id))")
  }
}
