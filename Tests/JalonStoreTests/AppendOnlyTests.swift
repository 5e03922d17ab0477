import JalonCore
import Testing

@testable import JalonStore

@Suite("What the notebook holds cannot be rewritten, whoever asks")
struct AppendOnlyTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
    let connection = connection
    try connection.write { () throws(StoreError) in
      let project = try connection.projects.add("P-1")
      _ = try connection.versions.add(
        VersionRecord(
          kind: .project, object: "P-1", path: "projects/p.json", sha256: SHA256.hash([1]),
          adoptedAt: second(0), adoptedBy: "A", user: "a", reason: "R"), bytes: [1])
      try connection.submissions.add(.sample(1, project: project))
      let observation = Observation(value: Quantity(1))
      let unit = ReportedUnit(
        period: Period(cadence: .monthly, index: 24_252), submission: 1,
        observations: [observation])
      let reach = MilestoneReach(
        milestone: "M1", reached: nil, source: Source(submission: 1, line: 4))
      try connection.histories.add(
        Submission(
          number: 1, receivedAt: second(1), units: [("postes", unit)], milestones: [reach]),
        to: project)
      try connection.recommendations.add(.sample(project, "P1", .pending))
      try connection.evaluations.add(
        EvaluationRecord(at: second(2), asOf: Day(number: 18_000), projects: 1, changes: 1))
      try connection.ledger.append(kind: "submission", subject: "P-1", body: "{}", at: second(1))
      try Self.addMail(to: connection)
    }
  }

  /// Of each of alerts, silences and messages, one that is done with and one that is not.
  private static func addMail(to connection: Connection) throws(StoreError) {
    try connection.alerts.put(.sample().told(at: second(1)).ended(closed: true), at: second(2))
    try connection.alerts.put(.sample(.gateAtRisk).told(at: second(1)), at: second(2))
    try connection.silences.add(.sample())
    try connection.silences.add(.sample())
    _ = try connection.silences.end(1, .sample, on: day(1))
    for id in ["a", "b"] { try connection.outbox.add(.sample(id), at: second(1)) }
    try connection.outbox.sent(1, at: second(2), reply: "ok")
    try connection.tellings.add(
      TellingRecord(message: 1, alert: 1, action: .fire, reason: AlertReason.began.code))
    try connection.digests.add(day(0), at: second(1))
  }

  @Test(
    "is refused",
    arguments: [
      "DELETE FROM project", "UPDATE project SET id = 'P-2'",
      "DELETE FROM name", "UPDATE name SET text = 'other'",
      "DELETE FROM version", "UPDATE version SET reason = 'better'",
      "DELETE FROM submission", "UPDATE submission SET status = 'rejected'",
      "UPDATE submission SET received_at = 0", "UPDATE submission SET number = 7",
      "UPDATE submission SET rowid = 7", "UPDATE submission SET door = 'x'",
      "UPDATE submission SET receipt = '{}', pending = 0",
      "UPDATE submission SET archived = 0",
      "DELETE FROM observation", "UPDATE observation SET value = 2000000",
      "DELETE FROM milestone", "UPDATE milestone SET reached = 18000",
      "DELETE FROM recommendation", "UPDATE recommendation SET flagged = 0",
      "DELETE FROM evaluation", "UPDATE evaluation SET at = 0",
      "DELETE FROM ledger", "UPDATE ledger SET body = '{\"a\":1}'",
      "DELETE FROM alert WHERE number = 1", "DELETE FROM alert WHERE number = 2",
      "UPDATE alert SET closed_at = NULL WHERE number = 1",
      "UPDATE alert SET programme = 'x' WHERE number = 1",
      "UPDATE alert SET subject = 'x' WHERE number = 2",
      "UPDATE alert SET began_at = 0 WHERE number = 2",
      "UPDATE alert SET times_told = 0, told_at = NULL, told_on = NULL WHERE number = 2",
      "DELETE FROM silence", "UPDATE silence SET until = until + 1 WHERE number = 2",
      "UPDATE silence SET reason = 'x' WHERE number = 2",
      "UPDATE silence SET ended_reason = 'x' WHERE number = 1",
      "UPDATE silence SET ended_at = NULL, ended_by = NULL, ended_user = NULL, ended_reason = NULL",
      "UPDATE silence SET ended_at = 5 WHERE number = 2",
      "DELETE FROM message WHERE number = 1", "DELETE FROM message WHERE number = 2",
      "UPDATE message SET reply = 'x' WHERE number = 1",
      "UPDATE message SET state = 'waiting', finished_at = NULL WHERE number = 1",
      "UPDATE message SET message_id = 'x' WHERE number = 2",
      "UPDATE message SET recipient = 'x' WHERE number = 2",
      "UPDATE message SET subject = 'x' WHERE number = 2",
      "UPDATE message SET sha256 = zeroblob(32) WHERE number = 2",
      "UPDATE message SET queued_at = 0 WHERE number = 2",
      "UPDATE message SET state = 'sent' WHERE number = 2",
      "UPDATE message SET state = 'lost' WHERE number = 2",
      "DELETE FROM message_content WHERE message = 2",
      "UPDATE message_content SET content = x'00'",
      "INSERT OR REPLACE INTO message_content VALUES (2, x'00')",
      "INSERT OR REPLACE INTO message SELECT * FROM message WHERE number = 2",
      "DELETE FROM telling", "UPDATE telling SET action = 'repeat'",
      "DELETE FROM digest", "UPDATE digest SET at = 0",
      "INSERT OR REPLACE INTO observation SELECT * FROM observation",
      "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
      "INSERT OR REPLACE INTO version SELECT * FROM version",
    ])
  func refuses(sql: String) throws {
    let error = #expect(throws: StoreError.self) { try connection.execute(sql, "tampering") }
    guard case .refused = error else {
      Issue.record("\(sql): \(String(describing: error))")
      return
    }
    #expect(try connection.ledger.firstMisfit() == nil)
    #expect(try connection.submissions.submission(1)?.status == .accepted)
  }

  @Test("nor do bytes that were dropped come back")
  func droppedBytes() throws {
    try connection.execute("DELETE FROM message_content WHERE message = 1", "dropping")
    #expect(throws: StoreError.self) {
      try connection.execute("INSERT INTO message_content VALUES (1, x'00')", "tampering")
    }
  }

  @Test("but a submission is finished once, and stays so")
  func finishing() throws {
    #expect(try connection.submissions.pending(limit: 10).map(\.number) == [1])
    try connection.write { () throws(StoreError) in try connection.submissions.finish([1, 1]) }
    #expect(try connection.submissions.pending(limit: 10).isEmpty)
    #expect(throws: StoreError.self) {
      try connection.execute("UPDATE submission SET pending = 1", "tampering")
    }
  }
}
