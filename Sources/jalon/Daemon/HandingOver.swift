import JalonCore
import JalonDisk
import JalonRound

/// Hands a filed batch over: its receipts first, and once they are on the disk, its depots.
///
/// A value of its own, with nothing of the notebook or of the rounds in it, so that it can go on
/// while the projects are judged.
struct HandingOver: Sendable {
  /// What was filed, with its answers.
  let files: [(taken: TakenArrival, answer: Filed)]
  /// The folder of all doors.
  let doors: String
  /// That folder, for the sync of everything below it.
  let root: Folder
  let world: World

  /// What came of it.
  struct Outcome: Sendable {
    /// The numbers of the files that are done.
    var done: [Int64] = []
    /// Files whose folders refused a step: filed, and still to be finished.
    var postponed: [(file: Rounds.Unfinished, error: DiskError)] = []
    /// What there is to say of the others.
    var notices: [String] = []
  }

  /// A file, its answer, and the door it came through.
  private typealias Answered = (taken: TakenArrival, answer: Filed, door: Door)

  /// Hands everything over.
  ///
  /// - Returns: what came of it, or the failed sync, after which nothing is sure.
  @Sendable func run() -> Result<Outcome, DiskError> {
    Result { () throws(DiskError) in
      let handover = Handover(language: world.language)
      let answered = files.map { taken, answer in
        (taken: taken, answer: answer, door: Door(taken.holder, in: doors))
      }
      var outcome = Outcome()
      let written = try each(answered, &outcome) { (file) throws(DiskError) in
        let receipts = try file.door.receipts()
        try handover.write(
          file.answer.json, file.answer.receipt, for: file.taken.name, in: receipts)
        return nil
      }
      try root.syncFileSystem()
      let cleared = try each(written, &outcome) { (file) throws(DiskError) in
        let depot = try file.door.depot()
        let notice = try handover.clear(file.taken, file.answer.receipt, in: depot)
        return notice.map { "\(file.taken.door): \($0)" }
      }
      outcome.done = cleared.map(\.answer.number)
      return outcome
    }
  }

  /// Does a step for each file, several at once.
  ///
  /// Most of the time of ten thousand small files goes to the kernel's work on folders.
  ///
  /// - Returns: those for which it was done.
  private func each(
    _ files: [Answered], _ outcome: inout Outcome,
    _ step: @Sendable (Answered) throws(DiskError) -> String?
  ) throws(DiskError) -> [Answered] {
    let results = world.map(files) { file in
      Result { () throws(DiskError) in try step(file) }
    }
    var done: [Answered] = []
    for (file, result) in zip(files, results) {
      switch result {
      case .success(let notice):
        done.append(file)
        if let notice { outcome.notices.append(notice) }
      case .failure(let error):
        if error.kind == .syncFailed { throw error }
        outcome.postponed.append(
          (Rounds.Unfinished(door: file.taken.door, name: file.taken.name), error))
      }
    }
    return done
  }
}
