import JalonCore
import Testing

@testable import JalonStore

@Suite("Submissions: every file that was received")
struct SubmissionTableTests {
  let notebook: TemporaryNotebook
  let connection: Connection
  let project: Int64

  init() throws {
    notebook = try TemporaryNotebook()
    let connection = try notebook.open()
    project = try connection.write { () throws(StoreError) in
      try connection.projects.add("P-0")
      return try connection.projects.add("P-1")
    }
    self.connection = connection
  }

  private func add(_ record: SubmissionRecord) throws {
    try connection.write { () throws(StoreError) in try connection.submissions.add(record) }
  }

  @Test("A record comes back as it was written, hostile name and file identity included")
  func roundTrip() throws {
    var record = SubmissionRecord.sample(
      3, project: project, door: "SNAP3-017", name: [0xFF, 0x0A, 0x00, 0x27],
      identity: FileIdentity(device: .max, inode: 1 << 63, size: 12, modified: -5))
    try add(record)
    #expect(try connection.submissions.submission(3) == record)
    #expect(try connection.submissions.pending(limit: 5) == [record])
    try connection.write { () throws(StoreError) in try connection.submissions.finish([3]) }
    record.pending = false
    #expect(try connection.submissions.submission(3) == record)
    let found = try connection.submissions.latest(door: "SNAP3-017", name: record.name)
    #expect(found == record)
    #expect(try connection.submissions.latest(door: "SNAP3-018", name: record.name) == nil)
    #expect(try connection.submissions.submission(4) == nil)
  }

  @Test("Without a project, a name or a door it is recorded all the same")
  func bare() throws {
    let record = SubmissionRecord.sample(1, project: nil, status: .rejected, name: [])
    try add(record)
    #expect(try connection.submissions.submission(1) == record)
  }

  @Test("Numbers only rise, instants of receipt never fall within a project")
  func order() throws {
    try add(.sample(5, project: project, at: second(50)))
    for refused: SubmissionRecord in [
      .sample(5, project: project, at: second(60)), .sample(4, project: project, at: second(60)),
      .sample(6, project: project, at: second(49)),
    ] {
      let error = #expect(throws: StoreError.self) { try add(refused) }
      guard case .refused = error else {
        Issue.record("\(refused.number): \(String(describing: error))")
        continue
      }
    }
    try add(.sample(6, project: project, at: second(50)))
    try add(.sample(7, project: project - 1, at: second(10)))
    try add(.sample(8, project: nil, at: second(1), status: .rejected))
    #expect(try connection.submissions.latestReceipt(of: project) == second(50))
    #expect(try connection.submissions.latestReceipt(of: 99) == nil)
    let next = try connection.write { () throws(StoreError) in
      try connection.submissions.nextNumber()
    }
    #expect(next == 9)
  }

  @Test("Files still to be finished are listed a few at a time, from any place on")
  func pending() throws {
    for number in 1...5 { try add(.sample(Int64(number), project: project, door: "/d/P-1")) }
    try connection.write { () throws(StoreError) in try connection.submissions.finish([3]) }
    func numbers(after number: Int64, limit: Int) throws -> [Int64] {
      try connection.submissions.pending(after: number, limit: limit).map(\.number)
    }
    #expect(try numbers(after: 0, limit: 2) == [1, 2])
    #expect(try numbers(after: 2, limit: 2) == [4, 5])
    #expect(try numbers(after: 5, limit: 2) == [])
  }

  @Test("The same bytes are accepted once a project, and rejected as often as they come")
  func sameBytes() throws {
    try add(.sample(1, project: project, status: .rejected, content: "a"))
    try add(.sample(2, project: project, status: .rejected, content: "a"))
    let digest = SHA256.hash(Array("a".utf8))
    #expect(try connection.submissions.accepted(project, digest) == nil)
    try add(.sample(3, project: project, content: "a"))
    #expect(throws: StoreError.self) { try add(.sample(4, project: project, content: "a")) }
    try add(.sample(4, project: project, status: .duplicate, content: "a", duplicateOf: 3))
    try add(.sample(5, project: project - 1, content: "a"))
    #expect(try connection.submissions.accepted(project, digest)?.number == 3)
    #expect(
      try connection.submissions.counts() == [.rejected: 2, .accepted: 2, .duplicate: 1])
    let listed = try connection.submissions.submissions(of: project, before: 4, limit: 2)
    #expect(listed.map(\.number) == [3, 2])
  }

  @Test(
    "What makes no sense is refused",
    arguments: [
      SubmissionRecord.sample(1, project: nil),
      .sample(1, project: 99),
      .sample(0, project: 1),
      .sample(1, project: 1, status: .duplicate),
      .sample(1, project: 1, duplicateOf: 1),
      .sample(1, project: 1, bytes: -1),
    ])
  func nonsense(record: SubmissionRecord) throws {
    #expect(throws: StoreError.self) { try add(record) }
    #expect(try connection.submissions.counts() == [:])
  }
}
