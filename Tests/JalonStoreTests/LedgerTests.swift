import JalonCore
import Testing

@testable import JalonStore

@Suite("The ledger: every entry carries the one before")
struct LedgerTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
    let connection = connection
    try connection.write { () throws(StoreError) in
      for number in 1...2_500 {
        try connection.ledger.append(
          kind: "submission", subject: "P-\(number)", body: #"{"é":\#(number)}"#,
          at: second(Int64(number)))
      }
    }
  }

  @Test("The digests can be recomputed from the documented form alone")
  func recomputed() throws {
    var previous = [UInt8](repeating: 0, count: 32)
    for entry in try connection.ledger.entries(limit: 20) {
      var form = previous
      func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { form += $0 } }
      add(entry.sequence)
      add(entry.at.microseconds)
      for text in [entry.kind, entry.subject, entry.body] {
        add(Int64(text.utf8.count))
        form += Array(text.utf8)
      }
      #expect(entry.previous.bytes == previous)
      #expect(entry.sha256 == SHA256.hash(form))
      previous = entry.sha256.bytes
    }
    #expect(try connection.ledger.head().sequence == 2_500)
    #expect(try connection.ledger.firstMisfit() == nil)
  }

  @Test(
    "The first entry that does not fit is named",
    arguments: [
      ("UPDATE ledger SET body = '{}' WHERE sequence = 1207", 1_207),
      ("UPDATE ledger SET at = at + 1 WHERE sequence = 2500", 2_500),
      ("UPDATE ledger SET kind = 'submissionP', subject = '-7' WHERE sequence = 7", 7),
      ("UPDATE ledger SET sha256 = zeroblob(32) WHERE sequence = 1000", 1_000),
      ("UPDATE ledger SET previous = zeroblob(32) WHERE sequence = 1001", 1_001),
      ("DELETE FROM ledger WHERE sequence = 1", 2),
      ("DELETE FROM ledger WHERE sequence BETWEEN 1000 AND 1100", 1_101),
    ])
  func tampered(sql: String, misfit: Int64) throws {
    try connection.execute(
      "DROP TRIGGER ledger_keeps_rows; DROP TRIGGER ledger_keeps_facts", "tampering")
    try connection.execute(sql, "tampering")
    #expect(try connection.ledger.firstMisfit()?.sequence == misfit)
  }

  @Test("A transaction rolled back leaves the chain as it was")
  func rolledBack() throws {
    let connection = connection
    let head = try connection.ledger.head()
    #expect(throws: StoreError.self) {
      try connection.write { () throws(StoreError) in
        try connection.ledger.append(kind: "k", subject: "s", body: "b", at: second(0))
        throw .busy(doing: "failing")
      }
    }
    #expect(try connection.ledger.head() == head)
  }
}
