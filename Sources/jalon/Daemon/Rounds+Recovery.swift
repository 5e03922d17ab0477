import JalonCore
import JalonDisk
import JalonRound

extension Rounds {
  /// Finishes what was filed and not handed over, before anything new (SPEC §7).
  ///
  /// All of it where a process or a round before was cut short; else, at a look, some of what could
  /// not be finished, the rest at the next ones: a team that forbids its depot must not hold up the
  /// others.
  func recover() throws {
    let isWhole = isInterrupted
    if isWhole { (recoveredUpTo, unfinished) = (0, []) }
    isInterrupted = true
    repeat {
      let pending = try notebook.submissions.pending(recoveredUpTo, Rounds.recoveryFiles)
      recoveredUpTo = pending.count < Rounds.recoveryFiles ? 0 : pending.last?.number ?? 0
      try recover(pending)
    } while isWhole && recoveredUpTo > 0
    isInterrupted = false
  }

  private func recover(_ pending: [PendingSubmission]) throws {
    if !pending.isEmpty { Log.notice("finishing \(pending.count) files that were interrupted") }
    let handover = Handover(language: language)
    let recoveries = pending.compactMap { submission in
      let recovery = Recovery(submission)
      if recovery == nil {
        Log.error("\(Receipt.id(number: submission.number)): a receipt that cannot be read")
      }
      return recovery
    }
    for file in recoveries { unfinished.remove(Unfinished(file)) }
    let written = try byDoor(recoveries) { files in
      let receipts = Result { () throws(DiskError) in try Recovery.receipts(of: files[0].door) }
      return { (file) throws(DiskError) in
        try file.writeReceipt(with: handover, in: receipts.get())
      }
    }
    if !written.isEmpty { try root.syncFileSystem() }
    let finished = try byDoor(written) { files in
      let depot = Result { () throws(DiskError) in try Recovery.depot(of: files) }
      return { (file) throws(DiskError) in
        if let depot = try depot.get() { try file.clear(with: handover, in: depot) }
      }
    }
    let receipts = finished.map(\.receipt)
    try judgement.record(receipts, world, telling: terms.telling)
    try filing.removeExpunged(after: receipts)
    try finish(finished.map(\.submission.number))
  }

  /// Does a step for each file, with what is prepared once for all files of a door.
  ///
  /// - Returns: those for which it was done.
  private func byDoor(
    _ files: [Recovery],
    _ prepare: ([Recovery]) -> (Recovery) throws(DiskError) -> Void
  ) throws -> [Recovery] {
    let doors = Dictionary(grouping: files, by: \.door.id).sorted { $0.key < $1.key }
    return try doors.flatMap { _, files in
      let step = prepare(files)
      return try files.filter { file in
        try unlessPostponed(Unfinished(file)) { () throws(DiskError) in try step(file) }
      }
    }
  }
}
