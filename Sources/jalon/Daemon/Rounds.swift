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
  /// Unfinished files that one look tries to finish.
  static let recoveryFiles = 1_024

  let notebook: Notebook
  private let archive: ReportArchive
  private let program: Program
  let doors: Doors
  let root: Folder
  let judgement: RecordedJudgement
  /// What people read from now on.
  var language: Language
  /// How they are told, and how officers decide, from now on.
  var terms: Deciding.Terms
  /// How many bytes the archive may hold of one project's files, from now on.
  var quota: Int
  /// Whether files may be filed and not handed over, or not judged: they come before any new one.
  var isInterrupted = true
  /// Names that the notebook knows and whose files could not leave their depots yet.
  ///
  /// The name is held back, not only the file: what came next under it would get its receipt, and
  /// then have it overwritten with the older one.
  var unfinished: Set<Unfinished> = []
  /// Doors whose teams have been told that their files have to wait.
  var toldToWait: Set<String> = []

  /// The number of the last unfinished file that was tried; 0 when the next look begins anew.
  var recoveredUpTo: Int64 = 0

  struct Unfinished: Hashable, Sendable {
    let door: String
    let name: FileName

    init(door: String, name: FileName) {
      self.door = door
      self.name = name
    }

    init(_ recovery: Recovery) { self.init(door: recovery.door.id, name: recovery.name) }
  }

  init(_ program: Program, _ doors: Doors) throws {
    self.program = program
    self.doors = doors
    notebook = try program.notebook()
    archive = try program.archive()
    judgement = RecordedJudgement(notebook: notebook)
    root = try Folder.open(program.configuration.doors)
    language = program.language
    terms = program.terms
    quota = program.configuration.intake.projectQuotaBytes
  }

  var world: World {
    var world = program.world
    world.language = language
    return world
  }

  var filing: Filing {
    Filing(notebook: notebook, archive: archive, world: world, terms: terms, quota: quota)
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
    if isInterrupted { try recover() }
    let batch = try gather(at: now, limit: intake.maxFileBytes)
    tellHeldBack()
    guard !batch.isEmpty else { return false }
    isInterrupted = true
    let filing = filing
    let filed = try filing.file(batch)
    let receipts = filed.map(\.answer.receipt)
    for (taken, answer) in filed {
      doors.filed(taken.door, taken.name)
      Log.tell(taken, answer.receipt)
    }
    // Side by side, for the one waits for the disk and the other reckons. Both come before the
    // notebook's note that all is done: a crash before it has the next process do both again.
    let handingOver = HandingOver(
      files: filed, doors: program.configuration.doors, root: root, world: world)
    let (handed, _) = try alongside(handingOver.run) {
      try judgement.record(receipts, world, telling: terms.telling)
    }
    let done = try settle(handed.get())
    try filing.removeExpunged(after: receipts)
    try finish(done)
    isInterrupted = false
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
          doors.turns.take(door.id, at: now)
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
    if unfinished.contains(Unfinished(door: door.id, name: name)) {
      doors.update(door.id) { $0.forget(name) }
      return nil
    }
    do {
      switch try Taking.take(name, stamp, from: door, in: depot, limit: limit, at: now) {
      case .taken(let taken): return taken
      case .gone: doors.update(door.id) { $0.forget(name) }
      case .changed(let stamp):
        doors.update(door.id) { $0.see(name, stamp, .scanned, at: now) }
      case .mayBeCut: doors.update(door.id) { $0.suspectCut(name) }
      case .lateSidecar(let file, let announced, let taken):
        return try settle(taken, file, announced, door, depot, at: now)
      }
    } catch let error as DiskError {
      if error.kind == .syncFailed { throw error }
      Log.error("\(door.id): \(error.advice); it stays in the depot")
      doors.update(door.id) { $0.forget(name) }
    }
    return nil
  }

  /// A sidecar that came after its file: held against what was taken under that name (SPEC §7).
  private func settle(
    _ taken: TakenArrival, _ file: FileName, _ announced: String?, _ door: Door, _ depot: Folder,
    at now: UInt64
  ) throws -> TakenArrival? {
    guard let digest = try notebook.submissions.lastTaken(door.path, file.bytes) else {
      // Its file may still come; the next scan sees it again.
      doors.update(door.id) { $0.forget(taken.name) }
      return nil
    }
    guard announced == digest.hexadecimal, let stamp = taken.stamp else {
      if door.settling.isTakenWhole(taken.name, at: now) { return taken }
      // It may announce the next file of that name, which is still on its way.
      doors.update(door.id) { $0.suspectCut(taken.name) }
      return nil
    }
    doors.update(door.id) { $0.forget(taken.name) }
    _ = try depot.remove(taken.name, ifStill: stamp, token: Doors.sidecarToken(stamp))
    Log.info("\(door.id): \(taken.name) confirms what was taken")
    return nil
  }

  // MARK: Telling

  /// Tells what had to wait a few minutes, and what concerns Jalon itself.
  func tellWaiting() throws { try judgement.tellWaiting(world, terms.telling) }

  // MARK: Resting

  /// Before a long wait: gives back the memory that the last work needed.
  func rest() {
    program.releaseMemory()
    ProcessMemory.giveBack()
  }

  // MARK: Handing over

  /// Takes note of what could not be handed over; the next scan finishes it.
  ///
  /// - Returns: the numbers of the files that are done.
  private func settle(_ handed: HandingOver.Outcome) throws(DiskError) -> [Int64] {
    for (file, error) in handed.postponed {
      _ = try unlessPostponed(file) { () throws(DiskError) in throw error }
    }
    for notice in handed.notices { Log.notice(notice) }
    return handed.done
  }

  /// Does a step for one file; what one file's folder refuses must not hold up the others.
  ///
  /// - Returns: whether it was done; if not, the next scan finishes it.
  func unlessPostponed(
    _ file: Unfinished, _ step: () throws(DiskError) -> Void
  ) throws(DiskError) -> Bool {
    do throws(DiskError) {
      try step()
      return true
    } catch {
      guard error.kind != .syncFailed else { throw error }
      unfinished.insert(file)
      Log.error("\(file.door): \(error.advice); it is filed, and is finished at the next scan")
      return false
    }
  }

  /// Notes that files are done, after what was done to their depots is on the disk.
  func finish(_ numbers: [Int64]) throws {
    guard !numbers.isEmpty else { return }
    try root.syncFileSystem()
    try notebook.write { try notebook.submissions.finish(numbers) }
  }
}
