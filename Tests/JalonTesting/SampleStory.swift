public import JalonCore
public import JalonPages
import JalonRound

/// Three projects half a year on, for the pages that people read: one withheld on its conditions, one
/// at the follow-up team's choice, one released.
public struct SampleStory {
  private let world: InMemoryWorld

  /// The day the story is told.
  public static let day = SampleStory.day("2021-07-20")
  /// What is known then.
  public static let knownAt = Instant(utc: SampleStory.day("2021-07-20"))

  /// The story from its beginning.
  public init(_ language: Language) throws {
    world = InMemoryWorld(language: language)
    let start = Instant(utc: SampleStory.day("2021-01-01"))
    _ = try world.adopt(
      [
        SampleFiles.programme(), SampleFiles.project(),
        SampleFiles.project("SNAP3-018", minimum: "100", title: "Messagerie des préfectures"),
        SampleFiles.project("SNAP3-019", minimum: "100", title: "Téléphonie chiffrée"),
      ], at: start)
    try receive(
      "SNAP3-017", "remontée T1.csv", on: "2021-04-10", "postes;2021-Q1;;120;constaté;;",
      "depenses;2021-Q1;achats;10000;;;", "depenses;2021-Q1;études;2500,5;;;")
    try receive(
      "SNAP3-017", "remontée T2.csv", on: "2021-07-10", "postes;2021-Q2;;250;;;",
      "depenses;2021-Q2;;1350000;;;")
    try receive(
      "SNAP3-018", "t1.csv", on: "2021-04-11", "postes;2021-Q1;;120;;;", ";;;;;M1;2021-03-12")
    try receive(
      "SNAP3-019", "t1.csv", on: "2021-04-12", "postes;2021-Q1;;120;;;", ";;;;;M1;2021-03-12")
    try receive(
      "SNAP3-019", "t2.csv", on: "2021-07-12", "postes;2021-Q2;;410;;;",
      "depenses;2021-Q2;;s.o.;;;")
  }

  private func receive(
    _ project: String, _ file: String, on received: String, _ lines: String...
  ) throws {
    let header = "indicateur;periode;profil;valeur;preuve;jalon;date"
    let bytes = Array(([header] + lines).joined(separator: "\r\n").utf8) + [0x0D, 0x0A]
    let arrival = Arrival(
      told: project, file: file, name: Array(file.utf8),
      content: .bytes(bytes, SHA256.hash(bytes)))
    let instant = Instant(microseconds: Instant(utc: SampleStory.day(received)).microseconds + 1)
    _ = try world.file([arrival], at: instant)
  }

  /// Why a gate stands where it stands.
  public func explanation(_ project: String, _ phase: String) throws -> Explanation {
    try evaluation().explain(project, phase)
  }

  /// Where every project stands, in order.
  public func statuses() throws -> [ProjectStatus] {
    var statuses: [ProjectStatus] = []
    try evaluation().all(recording: nil) { judged in
      statuses += judged.map {
        ProjectStatus(
          plan: $0.plan, gates: try? $0.gates.get(),
          missing: $0.plan.allMissing(knowing: $0.knowledge))
      }
    }
    return statuses
  }

  /// The files received of a project, latest first.
  public func received(_ project: String) throws -> [ReceivedLine] {
    try world.notebook.port.submissions.recent(project, 20).map {
      ReceivedLine(
        receivedAt: $0.receivedAt, receipt: Receipt.id(number: $0.number), file: $0.file,
        status: $0.status, rows: $0.rows)
    }
  }

  private func evaluation() throws -> Evaluation {
    try world.evaluation(asOf: SampleStory.day, knownAt: SampleStory.knownAt)
  }

  private static func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("no such day: \(text)") }
    return day
  }
}
