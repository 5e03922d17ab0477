import JalonCore
import Testing

@testable import JalonStore

@Suite("What the archive holds of a project's files")
struct ArchivedBytesTests {
  let notebook: TemporaryNotebook
  let connection: Connection
  let project: Int64

  init() throws {
    notebook = try TemporaryNotebook()
    let connection = try notebook.open()
    project = try connection.write { () throws(StoreError) in try connection.projects.add("P-1") }
    self.connection = connection
  }

  private func add(_ records: SubmissionRecord...) throws {
    try connection.write { () throws(StoreError) in
      for record in records { try connection.submissions.add(record) }
    }
  }

  private func bytes(_ owner: SubmissionTable.Owner) throws -> Int64 {
    try connection.submissions.archived(of: owner).bytes
  }

  private func isArchived(_ content: String, of owner: SubmissionTable.Owner) throws -> Bool {
    try connection.submissions.isArchived(SHA256.hash(Array(content.utf8)), of: owner)
  }

  @Test("Each content counts once, accepted or not, and what was not archived does not count")
  func sums() throws {
    #expect(try bytes(.project(project)) == 0)
    var tooLarge = SubmissionRecord.sample(6, project: project, status: .rejected, bytes: 6_000)
    tooLarge.isArchived = false
    try add(
      .sample(1, project: project, status: .rejected, content: "a", bytes: 100),
      .sample(2, project: project, status: .rejected, content: "a", bytes: 100),
      .sample(3, project: project, content: "a", bytes: 100),
      .sample(4, project: project, status: .duplicate, content: "a", duplicateOf: 3, bytes: 100),
      .sample(5, project: project, content: "b", bytes: 20), tooLarge)
    #expect(try bytes(.project(project)) == 120)
    #expect(try connection.submissions.archived(of: .project(project)).rows == 6)
    #expect(try isArchived("a", of: .project(project)))
    #expect(try !isArchived("content 6", of: .project(project)))
    #expect(try !isArchived("a", of: .project(project + 1)))
  }

  @Test("Files of a door without an adopted project count for the door")
  func doors() throws {
    try add(
      .sample(1, project: nil, status: .rejected, content: "a", bytes: 100, door: "/d/Z"),
      .sample(2, project: project, content: "a", bytes: 100, door: "/d/P-1"),
      .sample(3, project: nil, status: .rejected, content: "b", bytes: 20))
    #expect(try bytes(.door("/d/Z")) == 100)
    #expect(try bytes(.door("/d/P-1")) == 0)
    #expect(try bytes(.project(project)) == 100)
    #expect(try isArchived("a", of: .door("/d/Z")))
    #expect(try !isArchived("b", of: .door("/d/Z")))
  }

  @Test("What officers had removed gives its place back, once the second person has said so")
  func expunged() throws {
    try add(.sample(1, project: project, content: "a", bytes: 100))
    try add(.sample(2, project: project, content: "b", bytes: 20))
    func expunge(_ content: String, needsSecond: Bool) -> OfficerAct {
      OfficerAct(
        project: "P-1", deed: .expunge(SHA256.hash(Array(content.utf8))), signature: Self.roux,
        stood: nil, version: SHA256.hash([UInt8]()), rules: 1, needsSecond: needsSecond)
    }
    let act = try connection.write { () throws(StoreError) in
      try connection.acts.add(expunge("a", needsSecond: false))
      return try connection.acts.add(expunge("b", needsSecond: true))
    }
    #expect(try bytes(.project(project)) == 20)
    try connection.write { () throws(StoreError) in try connection.acts.confirm(act, Self.roux) }
    #expect(try bytes(.project(project)) == 0)
  }

  private static let roux = Signature(
    name: "C. Roux", user: "roux", way: .shell, reason: "données personnelles", at: second(9),
    on: Day(number: 18_000))

  @Test(
    "It is found in an index alone, and adding up takes no sorting",
    arguments: [SubmissionTable.Owner.project(1), .door("/d/Z")])
  func plan(owner: SubmissionTable.Owner) throws {
    for question in [
      "SELECT max(bytes), max(rows) FROM submission WHERE \(owner.condition) GROUP BY sha256",
      "SELECT 1 FROM submission WHERE \(owner.condition) AND sha256 = x'00'",
    ] {
      var statement = try connection.statement("EXPLAIN QUERY PLAN \(question)", "asking")
      let steps = try statement.all { $0.text(3) }
      #expect(steps.contains { $0.contains("COVERING INDEX submission_archived") }, "\(steps)")
      #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
    }
  }
}
