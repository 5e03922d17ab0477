import JalonCore
import JalonPages

/// The portfolio on a Monday morning, gathered while a run judges it.
struct Digests {
  /// How far back a digest tells what changed.
  private static let daysBack = 7
  /// How far ahead it tells what is due.
  private static let daysAhead = 30
  private static let dayMicroseconds: Int64 = 86_400_000_000

  /// The Monday of the week.
  let monday: Day
  private let moment: AlertRules.Moment
  private var entries: [String: [DigestLetter.Entry]] = [:]
  private var deadlines: [String: [Deadline]] = [:]
  private var readers: [String: Set<String>] = [:]

  /// Begins the digest of this week, if it is still to be sent.
  ///
  /// The first week begins on its Monday: whoever starts Jalon on a Thursday has just seen it all.
  init?(_ notebook: Notebook, _ settings: TellingSettings, at moment: AlertRules.Moment) throws {
    let monday = moment.day.monday
    let last = try notebook.outbox.lastDigest()
    guard settings.digest, last.map({ $0 < monday }) ?? true else { return nil }
    guard last != nil || moment.day == monday else {
      try notebook.outbox.recordDigest(monday, moment.now)
      return nil
    }
    self.monday = monday
    self.moment = moment
  }

  /// Adds judged projects.
  mutating func take(_ judged: [JudgedProject]) {
    for project in judged {
      let plan = project.plan
      let programme = plan.programme
      let gates = try? project.gates.get()
      let overdue = plan.allMissing(knowing: project.knowledge).count {
        $0.expected.due.adding(days: plan.graceDays) < moment.day
      }
      readers[programme.id] = Set(programme.followUp)
      entries[programme.id, default: []].append(
        DigestLetter.Entry(plan: plan, gates: gates, overdue: overdue))
      guard let gates else { continue }
      let days = moment.day...moment.day.adding(days: Digests.daysAhead)
      deadlines[programme.id, default: []] += plan.deadlines(
        in: days, knowing: project.knowledge, gates: gates
      ).filter { $0.isForDigest }
    }
  }

  /// One digest for each of those who follow a programme, and the note that they are queued.
  func letters(_ notebook: Notebook, silences: [Silence]) throws -> [DigestLetter] {
    let since = Instant(
      microseconds: moment.now.microseconds - Int64(Digests.daysBack) * Digests.dayMicroseconds)
    let changes = try notebook.gates.changes(since)
    try notebook.outbox.recordDigest(monday, moment.now)
    return Set(readers.values.flatMap { Array($0) }).sorted().map { reader in
      let own = readers.filter { $0.value.contains(reader) }.keys.sorted()
      let followed = own.flatMap { entries[$0] ?? [] }
      let projects = Set(followed.map(\.plan.project.id))
      return DigestLetter(
        to: reader, entries: followed, changes: changes.filter { projects.contains($0.project) },
        deadlines: own.flatMap { deadlines[$0] ?? [] }.sorted {
          ($0.day, $0.project) < ($1.day, $1.project)
        }, silences: silences)
    }
  }
}

extension Deadline {
  /// Gates and milestones: every team's every report would be a list that nobody reads.
  fileprivate var isForDigest: Bool {
    switch matter {
    case .report: false
    case .milestone, .gate, .verdict: true
    }
  }
}
