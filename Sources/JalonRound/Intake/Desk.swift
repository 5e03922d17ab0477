import JalonCore
import JalonFormats
import JalonPages

/// Reads and enters the arrivals of one transaction, remembering each project between its files.
final class Desk {
  /// How many ids are remembered before those that nobody has are looked up each time.
  private static let mostRemembered = 1_000

  private let notebook: Notebook
  private let world: World
  private let portfolio: Portfolio
  private let now: Instant
  private var projects: [String: KnownProject?] = [:]
  private var nextNumber: Int64?

  /// What is known of a project while its files are read.
  private struct KnownProject {
    let plan: Plan
    var history: History
    var latestReceipt: Instant?
    /// What was known when a file was last read: of a thousand files in one transaction, each would
    /// go through the whole history again.
    var latest: (knowledge: Knowledge, at: Instant)?

    /// What is known at an instant.
    mutating func knowledge(at instant: Instant) -> Knowledge {
      if let latest, latest.at <= instant, !history.hasActs(after: latest.at, by: instant) {
        return latest.knowledge
      }
      let knowledge = Knowledge(history, at: instant)
      latest = (knowledge, instant)
      return knowledge
    }

    /// Takes an accepted file, which was received after all others.
    mutating func take(_ submission: Submission) {
      history.submissions.append(submission)
      guard let (knowledge, instant) = latest else { return }
      let later = max(instant, submission.receivedAt)
      let isNext = !history.hasActs(after: instant, by: later)
      latest = isNext ? knowledge.adding(submission).map { ($0, later) } : nil
    }
  }

  init(_ notebook: Notebook, _ world: World, _ portfolio: Portfolio, now: Instant) {
    self.notebook = notebook
    self.world = world
    self.portfolio = portfolio
    self.now = now
  }

  func file(_ arrival: Arrival) throws -> Filed {
    let number = try nextNumber ?? notebook.submissions.nextNumber()
    nextNumber = number + 1
    var draft = try read(arrival)
    if let known = try draft.project.flatMap(project) {
      draft.receivedAt = max(draft.receivedAt, known.latestReceipt ?? draft.receivedAt)
      if let asked = arrival.receivedAt, asked < draft.receivedAt, let id = draft.project {
        throw RoundError.receivedBefore(project: id, latest: draft.receivedAt)
      }
    }
    // A file may name a project that was never adopted: it is from nobody whom the notebook knows.
    let isKnown = try draft.project.flatMap(project) != nil
    let holder = draft.project.map(DoorHolder.team)
    let filed = try notebook.enter(
      arrival, draft, from: holder, isKnown: isKnown, number: number, now, in: world.language)
    remember(draft, number: number)
    return filed
  }

  /// What the next files of the same transaction are held against.
  private func remember(_ draft: ReceiptDraft, number: Int64) {
    guard let id = draft.project else { return }
    projects[id]??.latestReceipt = draft.receivedAt
    guard draft.status == .accepted else { return }
    projects[id]??.take(
      Submission(
        number: number, receivedAt: draft.receivedAt, units: draft.units,
        milestones: draft.milestones))
  }

  /// What there is to say of a project's alerts; `nil` when it was never adopted.
  func matters(
    of id: String, receipt: @escaping (Int64) throws -> Receipt?
  ) throws -> ProjectMatters? {
    guard let known = try project(id) else { return nil }
    let instant = max(now, known.latestReceipt ?? now)
    return ProjectMatters(
      plan: known.plan, knowledge: Knowledge(known.history, at: instant), gates: [],
      receipt: receipt)
  }

  // MARK: Reading

  private func read(_ arrival: Arrival) throws -> ReceiptDraft {
    let instant = arrival.receivedAt ?? now
    var draft = ReceiptDraft(project: arrival.told, receivedAt: instant)
    if let (bytes, digest) = draft.take(arrival.content, followUp: try followUp(arrival.told)) {
      try read(bytes, digest, told: arrival.told, into: &draft)
    }
    return draft
  }

  /// Whom a team may ask.
  private func followUp(_ told: String?) throws -> [String] {
    try told.flatMap(project)?.plan.programme.followUp ?? []
  }

  private func read(
    _ bytes: [UInt8], _ digest: Digest, told: String?, into draft: inout ReceiptDraft
  ) throws {
    if let told, let first = try notebook.submissions.accepted(told, digest) {
      draft.repeats(first)
      return
    }
    var failure: (any Error)?
    let latest = try told.flatMap(project)?.latestReceipt ?? draft.receivedAt
    let receivedAt = max(draft.receivedAt, latest)
    let reader = ReportReader(toldProject: told, receivedOn: world.day(receivedAt)) { id in
      do {
        return try self.context(id, at: receivedAt)
      } catch {
        failure = error
        return nil
      }
    }
    let report = reader.read(bytes)
    if let failure { throw failure }
    draft.project = draft.project ?? report.project
    if let id = draft.project, told == nil,
      let first = try notebook.submissions.accepted(id, digest)
    {
      draft.repeats(first)
      return
    }
    draft.take(report)
  }

  private func context(_ id: String, at instant: Instant) throws -> ProjectContext? {
    guard let known = try project(id) else { return nil }
    let present = max(instant, known.latestReceipt ?? instant)
    let knowledge = projects[id]??.knowledge(at: present) ?? Knowledge(known.history, at: present)
    return ProjectContext(plan: known.plan, knowledge: knowledge)
  }

  private func project(_ id: String) throws -> KnownProject? {
    if let known = projects[id] { return known }
    let record = try notebook.submissions.project(id, nil)
    let known = try record.map { record in
      KnownProject(
        plan: try portfolio.plan(record.version), history: record.history,
        latestReceipt: try notebook.submissions.latestReceipt(id))
    }
    // A file may name a million projects that nobody has.
    if known != nil || projects.count < Desk.mostRemembered { projects[id] = .some(known) }
    return known
  }
}
