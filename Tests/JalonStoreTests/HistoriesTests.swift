import JalonCore
import Testing

@testable import JalonStore

@Suite("Histories: what was inserted comes back, as the core judges it")
struct HistoriesTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  private func add(_ submission: Submission, _ project: String) throws {
    let connection = connection
    try connection.write { () throws(StoreError) in
      let key = try connection.projects.add(project)
      try connection.submissions.add(
        .sample(submission.number, project: key, at: submission.receivedAt))
      try connection.histories.add(submission, to: key)
    }
  }

  @Test("Random histories, read one by one or in pieces of any size", arguments: [1, 7, 1_000])
  func roundTrip(limit: Int) throws {
    var random = SeededGenerator(state: 20_210_720)
    var expected: [String: [Submission]] = [:]
    for number in 1...60 {
      let project = "P-\(Int.random(in: 0..<15, using: &random))"
      let submission = randomSubmission(Int64(number), &random)
      expected[project, default: []].append(submission)
      try add(submission, project)
    }
    // Another connection knows no names yet.
    let reader = try notebook.open()
    var seen: [String] = []
    var next: Int64 = 0
    while case let piece = try reader.histories.histories(from: next, limit: limit),
      let last = piece.last
    {
      for project in piece {
        seen.append(project.id)
        #expect(
          project.history.submissions.map(told) == expected[project.id]?.map(told), "\(project.id)")
        let alone = try reader.histories.history(of: project.project)
        #expect(alone.submissions.map(told) == project.history.submissions.map(told))
      }
      next = last.project + 1
    }
    #expect(Set(seen) == Set(expected.keys))
    #expect(seen.count == expected.count)
  }

  @Test("Only what was received by an instant, and only what was accepted")
  func knownAt() throws {
    var random = SeededGenerator(state: 1)
    for number in 1...4 { try add(randomSubmission(Int64(number), &random), "P-1") }
    try connection.write { () throws(StoreError) in
      try connection.submissions.add(.sample(5, project: 1, status: .rejected))
    }
    func numbers(_ instant: Instant?) throws -> [Int64] {
      try connection.histories.history(of: 1, knownAt: instant).submissions.map(\.number)
    }
    #expect(try numbers(nil) == [1, 2, 3, 4])
    #expect(try numbers(second(2)) == [1, 2])
    #expect(try numbers(Instant(microseconds: second(2).microseconds - 1)) == [1])
    #expect(try numbers(second(0)) == [])
    let late = try connection.histories.histories(limit: 5, knownAt: second(3))
    #expect(late.map { $0.history.submissions.count } == [3])
    let whole = try connection.histories.history(of: 1)
    #expect(late[0].history.submissions.map(told) == whole.submissions.prefix(3).map(told))
  }

  @Test("A project without submissions has an empty history")
  func nothing() throws {
    try connection.write { () throws(StoreError) in _ = try connection.projects.add("P-1") }
    #expect(try connection.histories.histories(limit: 5).map(\.id) == ["P-1"])
    #expect(try connection.histories.history(of: 1).submissions.isEmpty)
    #expect(try connection.histories.history(of: 2).submissions.isEmpty)
  }

  @Test("Facts without their accepted submission are refused", arguments: [1, 2, 3])
  func orphans(number: Int64) throws {
    var random = SeededGenerator(state: 2)
    let facts = randomSubmission(number, &random)
    let connection = connection
    #expect(throws: StoreError.self) {
      try connection.write { () throws(StoreError) in
        let project = try connection.projects.add("P-1")
        let other = try connection.projects.add("P-2")
        try connection.submissions.add(.sample(1, project: project, status: .rejected))
        try connection.submissions.add(.sample(2, project: other))
        try connection.histories.add(facts, to: project)
      }
    }
  }

  private func randomSubmission(
    _ number: Int64, _ random: inout SeededGenerator
  ) -> Submission {
    var submission = Submission(number: number, receivedAt: second(number))
    var line: Int32 = 1
    var taken: Set<String> = []
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let indicator = "indicateur-\(Int.random(in: 0..<4, using: &random))"
      let cadence = Cadence.allCases.randomElement(using: &random) ?? .monthly
      let period = Period(cadence: cadence, index: Int32.random(in: 2_000...2_009, using: &random))
      guard taken.insert("\(indicator) \(period)").inserted else { continue }
      let rows = (0..<Int.random(in: 1...4, using: &random)).map { row in
        line += Int32.random(in: 0...2, using: &random)
        return Observation(
          profile: row == 0 ? nil : "profil-\(row)",
          value: Bool.random(using: &random)
            ? Quantity(
              micros: .random(
                in: -9_000_000_000_000_000_000...9_000_000_000_000_000_000, using: &random))
            : nil,
          weight: Bool.random(using: &random)
            ? Quantity(micros: .random(in: 1...1_000_000_000_000_000, using: &random)) : nil,
          evidence: Evidence.allCases.randomElement(using: &random) ?? .estimated, line: line)
      }
      submission.units.append(
        (indicator, ReportedUnit(period: period, submission: number, observations: rows)))
    }
    for row in 0..<Int.random(in: 0...3, using: &random) {
      submission.milestones.append(
        MilestoneReach(
          milestone: "M\(row % 2)",
          reached: Bool.random(using: &random)
            ? Day(number: .random(in: -5...20_000, using: &random)) : nil,
          source: Source(submission: number, line: line + Int32(row))))
    }
    return submission
  }

  /// All that a submission says, which its own `==` does not compare.
  private func told(_ submission: Submission) -> String {
    "\(submission.number) \(submission.receivedAt) \(submission.units) \(submission.milestones)"
  }
}
