import JalonCore
import Testing

@testable import JalonStore

@Suite("An older notebook is brought up to date with all that it holds")
struct SchemaTests {
  @Test("The first step is the one that was released")
  func firstStep() {
    let digest = SHA256.hash(Array(Schema.migrations[0].utf8)).hexadecimal
    #expect(digest == "d121774e0a5714723b25467de57047ac6c26804a73b46df5438602f1ff417236")
  }

  @Test("A notebook of the first schema keeps its rows, and gets what came after")
  func fromFirst() throws {
    let notebook = try TemporaryNotebook()
    do {
      let old = try Connection(path: notebook.path, migrations: Array(Schema.migrations.prefix(1)))
      #expect(try schema(of: old) == 1)
      try old.write { () throws(StoreError) in
        let project = try old.projects.add("P-1")
        try old.execute(Self.insertion(.sample(1, project: project)), "writing")
        try old.recommendations.add(.sample(project, "P1", .withhold))
        try old.ledger.append(kind: "submission", subject: "P-1", body: "{}", at: second(1))
      }
      #expect(throws: StoreError.self) { try old.alerts.open() }
    }
    #expect(throws: StoreError.olderSchema(found: 1, known: Schema.migrations.count)) {
      try Connection(path: notebook.path, readOnly: true)
    }
    let connection = try notebook.open()
    #expect(try schema(of: connection) == Schema.migrations.count)
    #expect(try connection.submissions.submission(1) == .sample(1, project: 1))
    #expect(
      try connection.recommendations.changes(recordedAfter: second(0), limit: 9).map(\.project)
        == ["P-1"])
    #expect(try connection.ledger.firstMisfit() == nil)
    #expect(try connection.ledger.head().sequence == 1)
    #expect(try connection.damages() == [])
    try connection.write { () throws(StoreError) in
      _ = try connection.alerts.put(.sample(), at: second(1))
    }
    #expect(try notebook.open().alerts.open().count == 1)
  }

  @Test("Of older files it is noted whether the archive has them: by the ledger, or the receipt")
  func archived() throws {
    let notebook = try TemporaryNotebook()
    let records: [SubmissionRecord] = [
      .sample(1, project: 1, bytes: 100), .sample(2, project: 1, status: .rejected, bytes: 200),
      .sample(3, project: 1, status: .rejected, bytes: 400),
      .sample(4, project: 1, status: .rejected, bytes: 800),
      .sample(5, project: 1, status: .duplicate, content: "content 1", duplicateOf: 1, bytes: 100),
    ]
    do {
      let old = try Connection(path: notebook.path, migrations: Array(Schema.migrations.prefix(3)))
      try old.write { () throws(StoreError) in
        try old.projects.add("P-1")
        for var record in records {
          // What a team wrote is quoted there, and looks otherwise.
          let code = record.number == 4 ? "too-large" : "value"
          record.receipt = #"{"file": "\"too-large\"", "code": "\#(code)"}"#
          try old.execute(Self.insertion(record), "writing")
          let isArchived = record.number != 3
          try old.ledger.append(
            kind: "submission", subject: "P-1",
            body: #"{"receipt":"J0000000\#(record.number)","archived":\#(isArchived)}"#,
            at: second(1))
        }
      }
    }
    let connection = try notebook.open()
    let archived = try (1...5).map { try connection.submissions.submission($0)?.isArchived }
    #expect(archived == [true, true, false, false, true])
    #expect(try connection.submissions.archived(of: .project(1)).bytes == 300)
  }

  /// A file as the first schema knew it.
  private static func insertion(_ record: SubmissionRecord) -> String {
    let digest = record.sha256.hexadecimal
    let original = record.duplicateOf.map { "\($0)" } ?? "NULL"
    return """
      INSERT INTO submission(number, project, file, name, sha256, bytes, received_at, recorded_at,
        status, duplicate_of, rows, door, device, inode, size, modified, pending, receipt)
      VALUES (\(record.number), \(record.project ?? 0), '\(record.file)',
        x'7265706f72742e637376', x'\(digest)', \(record.bytes), \(record.receivedAt.microseconds),
        \(record.recordedAt.microseconds), '\(record.status.rawValue)', \(original),
        \(record.rows), NULL, NULL, NULL, NULL, NULL, 1, '\(record.receipt)')
      """
  }

  private func schema(of connection: Connection) throws -> Int {
    var statement = try connection.statement("PRAGMA user_version", "asking")
    return try Int(statement.first { $0.integer(0) } ?? 0)
  }
}
