import JalonCore
import JalonRound

/// Judges projects again as soon as their files are in, and records what changed.
struct RecordedJudgement {
  let notebook: Notebook

  /// Judges the projects of the accepted files as of today.
  func record(_ receipts: [Receipt], _ world: World, telling: TellingSettings?) throws {
    let projects = Set(receipts.filter { $0.status == .accepted }.compactMap(\.project))
    guard !projects.isEmpty else { return }
    do {
      try record(projects, world, telling)
    } catch let error as RoundError {
      // What cannot be judged now cannot be judged the next time either: files go on coming in.
      Log.error("the gates are not judged: \(error)")
    }
  }

  /// Tells what had to wait a few minutes, and what concerns Jalon itself.
  func tellWaiting(_ world: World, _ telling: TellingSettings?) throws {
    guard let telling else { return }
    let now = Clock.now
    try Evaluation(notebook, world, asOf: Clock.day(now), knownAt: now, isPresent: true)
      .tellWaiting(telling, at: now)
  }

  private func record(
    _ projects: Set<String>, _ world: World, _ telling: TellingSettings?
  ) throws {
    let now = Clock.now
    let evaluation = try Evaluation(
      notebook, world, asOf: Clock.day(now), knownAt: now, isPresent: true)
    let recording = Recording(at: Clock.now, telling: telling)
    for project in try evaluation.projects(projects.sorted(), recording: recording) {
      let id = project.plan.project.id
      if case .failure = project.gates {
        Log.error("\(id): a computed figure is too large to be exact; the gates are not judged")
      }
      for change in project.changes { Log.tell(id, change) }
    }
  }
}

// MARK: What the log says of it

extension Log {
  static func tell(_ taken: TakenArrival, _ receipt: Receipt) {
    let what =
      switch receipt.status {
      case .accepted where receipt.acts != nil:
        "recorded, \(receipt.rows) \(receipt.rows == 1 ? "act" : "acts")"
      case .accepted: "accepted, \(receipt.rows) \(receipt.rows == 1 ? "row" : "rows")"
      case .rejected:
        "rejected, \(receipt.errors.count) \(receipt.errors.count == 1 ? "error" : "errors")"
      case .duplicate: "duplicate of \(receipt.duplicateOf ?? "")"
      }
    info("\(taken.door): \(taken.name) \(what) (\(receipt.id))")
  }

  static func tell(_ project: String, _ change: GateChange) {
    let before = change.before?.recommendation.rawValue ?? "none"
    notice(
      "\(project) \(change.now.phase): \(before) -> \(change.now.recommendation.rawValue)"
        + (change.now.flagged ? ", flagged, \(change.now.fundsAtStake) EUR" : ""))
  }
}
