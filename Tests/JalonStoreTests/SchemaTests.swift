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
        try old.submissions.add(.sample(1, project: project))
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

  private func schema(of connection: Connection) throws -> Int {
    var statement = try connection.statement("PRAGMA user_version", "asking")
    return try Int(statement.first { $0.integer(0) } ?? 0)
  }
}
