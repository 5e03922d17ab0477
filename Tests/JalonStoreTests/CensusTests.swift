import JalonCore
import Testing

@testable import JalonStore

@Suite("The census: how much there is, counted a few thousand projects at a time")
struct CensusTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  private func write(_ body: () throws(StoreError) -> Void) throws {
    try connection.write { () throws(StoreError) in try body() }
  }

  @Test("an empty notebook holds nothing")
  func empty() throws {
    var expected = NotebookCensus()
    // Nothing of each kind, said in so many words.
    for status in ReceiptStatus.allCases { expected.received[status] = .init() }
    #expect(try connection.census() == expected)
  }

  @Test("files, whatever project they are of, or none")
  func files() throws {
    try write { () throws(StoreError) in
      // More projects than one transaction counts.
      for number in 1...4_001 { try connection.projects.add("P-\(number)") }
      // An officer's door, whose files count and which is no project.
      let officer = try connection.projects.add(".decisions/roux")
      try connection.submissions.add(.sample(1, project: 1, bytes: 100))
      try connection.submissions.add(.sample(2, project: 2_001, bytes: 20, door: "D"))
      try connection.submissions.add(.sample(3, project: 4_001, bytes: 3))
      try connection.submissions.add(.sample(4, project: nil, status: .rejected, bytes: 7))
      try connection.submissions.add(
        .sample(5, project: 1, status: .duplicate, duplicateOf: 1, bytes: 100))
      try connection.submissions.add(.sample(6, project: officer, status: .rejected, bytes: 5))
    }
    let pending = "UPDATE submission SET pending = 0 WHERE number <> 2"
    try write { () throws(StoreError) in try connection.execute(pending, "finishing") }
    let census = try connection.census()
    #expect(census.projects == 4_001)
    #expect(census.received.mapValues(\.files) == [.accepted: 3, .rejected: 2, .duplicate: 1])
    #expect(census.received.mapValues(\.bytes) == [.accepted: 123, .rejected: 12, .duplicate: 100])
    #expect(census.unfinished == (try connection.submissions.pending(limit: 9).count))
  }

  @Test("messages, and since when the oldest that waits is there")
  func messages() throws {
    try write { () throws(StoreError) in
      for number in 1...6 {
        try connection.outbox.add(.sample("\(number)"), at: second(Int64(number)))
      }
      try connection.outbox.sent(1, at: second(9), reply: nil)
      try connection.outbox.sent(6, at: second(9), reply: nil)
      try connection.outbox.refused(2, at: second(9), code: 550, reply: nil)
      try connection.outbox.expire(3, at: second(9), reply: nil)
    }
    var expected = NotebookCensus.Messages()
    (expected.waiting, expected.sent, expected.refused, expected.expired) = (2, 2, 1, 1)
    expected.oldestWaiting = second(4)
    #expect(try connection.census().messages == expected)
  }

  @Test("alerts that are not closed, and what was recorded last of each gate")
  func judgement() throws {
    try write { () throws(StoreError) in
      for id in ["P-1", "P-2"] { try connection.projects.add(id) }
      for alert: OpenAlert in [
        .sample(), .sample(.gateWithhold, "P-2"), .sample(.reportOverdue, audience: .team),
        .sample(.milestoneOverdue).ended(), .sample(.dueSoon).ended(closed: true),
      ] { try connection.alerts.put(alert, at: second(1)) }
      for record: RecommendationRecord in [
        .sample(1, "P1", .withhold), .sample(1, "P2", .pending), .sample(2, "P1", .withhold),
        .sample(1, "P2", .withhold), .sample(2, "P1", .release),
      ] { try connection.recommendations.add(record) }
      for number in 1...3 {
        try connection.evaluations.add(
          EvaluationRecord(at: second(Int64(number)), asOf: day(0), projects: 2, changes: 0))
      }
      try connection.ledger.append(kind: "k", subject: "s", body: "{}", at: second(1))
    }
    let census = try connection.census()
    #expect(census.alerts == [.gateWithhold: 2, .reportOverdue: 1, .milestoneOverdue: 1])
    #expect(census.gates.flagged == 2 && census.gates.euros == 900_000)
    #expect(census.evaluations == 3 && census.lastEvaluation == second(3))
    #expect(census.ledgerEntries == 1)
  }
}
