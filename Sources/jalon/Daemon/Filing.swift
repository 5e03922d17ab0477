import JalonCore
import JalonRound

/// Files a batch: what came from teams in one transaction, each officer's file in one of its own.
struct Filing {
  let notebook: Notebook
  let archive: ReportArchive
  let world: World
  let terms: Deciding.Terms
  let quota: Int

  /// Files what was taken.
  ///
  /// - Returns: what was filed, with its answer; officers' files come last, so that they decide with
  ///   everything that was there before them.
  func file(_ batch: [TakenArrival]) throws -> [(taken: TakenArrival, answer: Filed)] {
    let teams = batch.filter { $0.holder.project != nil }
    let filed = try Intake(notebook, archive, world, telling: terms.telling, quota: quota)
      .file(teams.map(\.arrival), now: Clock.now)
    let officers = OfficerIntake(notebook, archive, world, terms)
    var decided: [(taken: TakenArrival, answer: Filed)] = []
    for taken in batch {
      guard case .officer(let name) = taken.holder else { continue }
      decided.append((taken, try officers.file(taken.arrival, of: name, now: Clock.now)))
    }
    return Array(zip(teams, filed)) + decided
  }

  /// Removes from the archive what officers' files had removed, as far as that is still to be done.
  ///
  /// After the commit, and before the notebook notes that the file is done: what kills the process
  /// in between leaves it to the recovery.
  func removeExpunged(after receipts: [Receipt]) throws {
    guard receipts.contains(where: { $0.acts?.isEmpty == false }) else { return }
    for digest in try notebook.acts.expunged() { try archive.remove(digest) }
  }
}
