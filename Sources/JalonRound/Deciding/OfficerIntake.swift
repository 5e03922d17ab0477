public import JalonCore
import JalonFormats
import JalonPages

/// Takes the files of an officer's own door: each row is an act, and a file counts whole or not at
/// all (SPEC §8).
///
/// Archive, notebook, receipt and hand-over are those of any other file.
public struct OfficerIntake {
  private let notebook: Notebook
  private let archive: ReportArchive
  private let world: World
  private let terms: Deciding.Terms

  /// Why nothing of a file was recorded: thrown to take its transaction back.
  private struct Refusal: Error {
    let problems: [DecisionProblem]
  }

  /// An intake.
  public init(
    _ notebook: Notebook, _ archive: ReportArchive, _ world: World, _ terms: Deciding.Terms
  ) {
    self.notebook = notebook
    self.archive = archive
    self.world = world
    self.terms = terms
  }

  /// Files what came through an officer's door: acts, ledger entries, what they change and whom it
  /// is told, in one transaction with the file.
  ///
  /// - Throws: what the ports throw, with nothing entered.
  public func file(
    _ arrival: Arrival, of officer: String, now clock: @autoclosure () -> Instant
  ) throws -> Filed {
    try archive.keep([arrival], expunged: notebook.acts.isExpunged, world)
    do {
      return try enter(arrival, officer, clock, refused: [])
    } catch let refusal as Refusal {
      return try enter(arrival, officer, clock, refused: refusal.problems)
    }
  }

  private func enter(
    _ arrival: Arrival, _ officer: String, _ clock: () -> Instant, refused: [DecisionProblem]
  ) throws -> Filed {
    var answer: Filed?
    try notebook.write {
      let now = clock()
      let holder = DoorHolder.officer(officer)
      let latest = try notebook.submissions.latestReceipt(holder.id)
      var draft = ReceiptDraft(project: nil, receivedAt: max(now, latest ?? now))
      draft.acts = []
      if let (bytes, digest) = draft.take(arrival.content) {
        if let first = try notebook.submissions.accepted(holder.id, digest) {
          draft.repeats(first)
        } else {
          let file = DecisionFile(bytes)
          draft.warn(file.warnings)
          if refused.isEmpty {
            draft.record(try perform(file, by: officer, now))
          } else {
            draft.reject(refused)
          }
        }
      }
      answer = try notebook.enter(arrival, draft, from: holder, now, in: world.language)
    }
    guard let answer else { throw RoundError.nothingAdopted }
    return answer
  }

  /// Performs what a file asks for; what is sound in a file with errors is tried too, so that all
  /// that is wrong with it is told at once.
  private func perform(
    _ file: DecisionFile, by officer: String, _ now: Instant
  ) throws -> [OfficerAct] {
    let acting = Acting(notebook, world, terms, now: now)
    var acts: [OfficerAct] = []
    var problems = file.errors
    for request in file.requests {
      do {
        let act = try perform(request, by: officer, acting)
        // What the next row asks for is held against what this one has changed.
        try acting.record([act])
        acts.append(act)
      } catch {
        guard let problem = DecisionProblem(error, of: request) else { throw error }
        problems.append(problem)
      }
    }
    guard problems.isEmpty else {
      throw Refusal(problems: problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }
    try acting.tell(acts)
    return acts
  }

  private func perform(
    _ request: RequestedAct, by officer: String, _ acting: Acting
  ) throws -> OfficerAct {
    let author = Author(name: request.name ?? officer, user: officer, reason: request.reason)
    switch request.wish {
    case .confirm(let number): return try acting.second(number, by: author, way: .door)
    case .act(let deed, let project):
      return try acting.enter(
        deed, about: try subject(of: deed, project), by: author, way: .door,
        anyway: request.goesOnAnyway)
    }
  }

  private func subject(of deed: OfficerAct.Deed, _ project: String?) throws -> String {
    guard case .expunge(let digest) = deed else { return project ?? "" }
    let projects = try notebook.acts.projectsWith(digest)
    guard let found = project.map({ projects.contains($0) ? $0 : nil }) ?? projects.first,
      try !notebook.acts.isExpunged(digest)
    else { throw DecidingError.unknownFile(digest) }
    return found
  }
}
