import Foundation
import JalonCore
import Testing

@testable import JalonStore

@Suite("Opening: only a notebook of a schema this program knows")
struct OpeningTests {
  let notebook: TemporaryNotebook

  init() throws { notebook = try TemporaryNotebook() }

  @Test("A newer schema is refused, and left alone")
  func newer() throws {
    let known = Schema.migrations.count
    try notebook.open().execute("PRAGMA user_version = \(known + 3)", "ageing")
    #expect(throws: StoreError.newerSchema(found: known + 3, known: known)) {
      try notebook.open()
    }
  }

  @Test("An older one is brought up, step by step, once")
  func older() throws {
    let connection = try notebook.open()
    let steps =
      Schema.migrations + ["CREATE TABLE later(a INTEGER)", "INSERT INTO later VALUES (1)"]
    try Schema.bringUpToDate(connection, readOnly: false, migrations: steps)
    try Schema.bringUpToDate(connection, readOnly: false, migrations: steps)
    var count = try connection.statement("SELECT count(*) FROM later", "counting")
    #expect(try count.first { $0.integer(0) } == 1)
    #expect(throws: StoreError.self) { try notebook.open() }
  }

  @Test("Several programs that make the same notebook at once all get it", arguments: 0..<20)
  func atOnce(round: Int) throws {
    let notebook = notebook
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      do {
        let connection = try notebook.open()
        try connection.write { () throws(StoreError) in
          _ = try connection.projects.add("P-\(writer)")
        }
      } catch { failures.add("\(error)") }
    }
    #expect(failures.all == [])
    #expect(try notebook.open().projects.list(limit: 10).count == 4)
  }

  @Test("A step that fails leaves the step before it")
  func failedStep() throws {
    let connection = try notebook.open()
    let steps =
      Schema.migrations + ["CREATE TABLE later(a INTEGER); INSERT INTO nowhere VALUES (1)"]
    #expect(throws: StoreError.self) {
      try Schema.bringUpToDate(connection, readOnly: false, migrations: steps)
    }
    #expect(throws: Never.self) { try notebook.open().projects.list(limit: 1) }
    #expect(throws: StoreError.self) { try connection.execute("SELECT * FROM later", "asking") }
  }

  @Test("A file that is not SQLite's is told as damaged")
  func garbage() throws {
    let bytes = Data("This is not a notebook, however long it may be. ".utf8)
    try Data((0..<200).flatMap { _ in bytes }).write(to: URL(fileURLWithPath: notebook.path))
    expectCorrupt { _ = try notebook.open() }
  }

  @Test("Damaged pages are told as damaged when they are read, and by the check")
  func damagedPages() throws {
    do {
      let connection = try notebook.open()
      try connection.write { () throws(StoreError) in
        for number in 0..<5_000 { _ = try connection.projects.add("project-\(number)") }
      }
      #expect(try connection.damages() == [])
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: notebook.path))
    let pages = bytes.count / 4_096
    for page in (pages / 2)..<pages {
      bytes.replaceSubrange(
        page * 4_096..<page * 4_096 + 64, with: Data(repeating: 0xA5, count: 64))
    }
    try bytes.write(to: URL(fileURLWithPath: notebook.path))
    let connection = try notebook.open()
    #expect(try !connection.damages().isEmpty)
    expectCorrupt { _ = try connection.projects.list(limit: 10_000) }
  }

  @Test("A database of another program is not taken for an empty one")
  func foreign() throws {
    do {
      let connection = try notebook.open()
      try connection.execute("PRAGMA application_id = 12; PRAGMA user_version = 0", "faking")
    }
    expectCorrupt { _ = try notebook.open() }
  }

  @Test("Read-only: nothing is made, and writing is refused")
  func readOnly() throws {
    #expect(throws: StoreError.self) { try Connection(path: notebook.path, readOnly: true) }
    #expect(!FileManager.default.fileExists(atPath: notebook.path))
    let writer = try notebook.open()
    try writer.write { () throws(StoreError) in _ = try writer.projects.add("P-1") }
    let reader = try Connection(path: notebook.path, readOnly: true)
    #expect(try reader.projects.key(of: "P-1") == 1)
    #expect(throws: StoreError.readOnly(doing: "starting to write")) {
      try reader.write { () throws(StoreError) in }
    }
  }

  private func expectCorrupt(_ body: () throws -> Void) {
    let error = #expect(throws: StoreError.self, performing: body)
    guard case .corrupt = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
