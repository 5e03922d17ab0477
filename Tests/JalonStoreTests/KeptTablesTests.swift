import JalonCore
import Testing

@testable import JalonStore

@Suite("Tables read as they stand, for whoever holds them against the ledger")
struct KeptTablesTests {
  let notebook: TemporaryNotebook
  let connection: Connection
  let units: [(indicator: String, unit: ReportedUnit)]
  let milestones: [MilestoneReach]

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
    let period = Period(cadence: .monthly, index: 2_021 * 12)
    units = [
      (
        "agents",
        ReportedUnit(
          period: period, submission: 1,
          observations: [
            Observation(value: Quantity(micros: 5), line: 2),
            Observation(profile: "siège", value: nil, evidence: .observed, line: 3),
          ])
      )
    ]
    milestones = [
      MilestoneReach(
        milestone: "M1", reached: Day(number: 18_700), source: Source(submission: 1, line: 4))
    ]
    let (connection, units, milestones) = (connection, units, milestones)
    try connection.write { () throws(StoreError) in
      let project = try connection.projects.add("P")
      for number in 1...3 as ClosedRange<Int64> {
        try connection.submissions.add(
          .sample(
            number, project: number == 3 ? nil : project,
            status: number == 3 ? .rejected : .accepted))
      }
      try connection.histories.add(
        Submission(
          number: 1, receivedAt: second(1), units: units, milestones: milestones), to: project)
      try connection.ledger.append(kind: "k", subject: "s", body: "{}", at: second(1))
    }
  }

  func tamper(_ sql: String) throws {
    for table in ["observation", "milestone", "submission"] {
      try connection.execute("DROP TRIGGER \(table)_keeps_facts", "tampering")
      try connection.execute("DROP TRIGGER \(table)_keeps_rows", "tampering")
    }
    try connection.execute("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF", "")
    try connection.execute(sql, "tampering")
  }

  @Test("The digest of a file's rows is that of what was recorded")
  func facts() throws {
    let facts = try connection.kept.facts(of: [1, 2])
    #expect(facts[1] == FactsDigest.of(units, milestones))
    #expect(facts[2] == FactsDigest.of([], []))
  }

  @Test(
    "and another one, or none, as soon as a row is another",
    arguments: [
      "UPDATE observation SET value = 6 WHERE row = 1", "UPDATE observation SET value = NULL",
      "UPDATE observation SET line = 9 WHERE row = 2", "DELETE FROM observation WHERE row = 2",
      "UPDATE observation SET row = 3 WHERE row = 2",
      // Beyond the bounds of the types: cut off, they would be what they were.
      "UPDATE observation SET period = period + (1 << 40)",
      "UPDATE observation SET line = line + (1 << 40)",
      "UPDATE observation SET evidence = evidence + 256",
      "UPDATE observation SET indicator = 99", "UPDATE milestone SET reached = reached + (1 << 40)",
      "UPDATE milestone SET line = 5", "UPDATE milestone SET milestone = 77",
      "UPDATE milestone SET row = 2",
    ])
  func tampered(sql: String) throws {
    try tamper(sql)
    #expect(try connection.kept.facts(of: [1])[1] != FactsDigest.of(units, milestones))
  }

  @Test("A row is read whatever it says")
  func rows() throws {
    let before = try #require(try connection.kept.submissions([1])[1])
    #expect(before.project == "P")
    try tamper("UPDATE submission SET status = 'Accepted', project = 9, sha256 = x'00'")
    let after = try #require(try connection.kept.submissions([1, 7])[1])
    #expect(after.status == "Accepted")
    #expect(after.project == "")
    #expect(after.sha256 == "")
    #expect(after.record != before.record)
    #expect(try connection.kept.submissions([7]).isEmpty)
  }

  @Test("Files with rows are told once each, and whether they were accepted for that project")
  func strays() throws {
    try tamper(
      """
      INSERT INTO observation SELECT 4, 1, row, line, indicator, period, profile, value, weight,
        evidence FROM observation;
      INSERT INTO milestone VALUES (1, 3, 1, 1, 1, NULL)
      """)
    let kept = connection.kept
    let observed = try kept.filesWithRows(in: .observation, after: .start, limit: 10)
    #expect(observed.map(\.place.project) == [1, 4])
    #expect(observed.map(\.isAccepted) == [true, false])
    let first = try kept.filesWithRows(in: .milestone, after: .start, limit: 1)
    #expect(first.map(\.place.submission) == [1])
    let second = try kept.filesWithRows(in: .milestone, after: first[0].place, limit: 1)
    #expect(second.map(\.place.submission) == [3])
    #expect(second.map(\.isAccepted) == [false])
  }

  @Test("How far the notebook reaches")
  func extent() throws {
    let extent = try connection.kept.extent()
    #expect(extent.head == (try connection.ledger.head()))
    #expect(extent.submission == 3)
    #expect(extent.version == 0)
    #expect(try connection.kept.submissionNumbers(after: 1, limit: 5) == [2, 3])
  }
}
