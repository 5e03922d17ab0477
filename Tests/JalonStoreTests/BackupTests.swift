import Foundation
import JalonCore
import Testing

@testable import JalonStore

@Suite("Backups: a consistent copy while others write")
struct BackupTests {
  let notebook: TemporaryNotebook

  init() throws { notebook = try TemporaryNotebook() }

  @Test("The copy is whole, and of one moment")
  func whileWriting() throws {
    let connection = try notebook.open()
    let notebook = notebook
    try append(connection, 1...50)
    let failures = Failures()
    let copies = (0..<5).map { notebook.folder + "/copy-\($0).sqlite" }
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      do {
        let connection = try notebook.open()
        guard worker == 0 else { return try append(connection, 51...250) }
        for copy in copies { try connection.backup(to: copy) }
      } catch { failures.add("\(error)") }
    }
    #expect(failures.all == [])
    for copy in copies {
      let copy = try Connection(path: copy)
      #expect(try copy.damages() == [])
      #expect(try copy.ledger.firstMisfit() == nil)
      let entries = try copy.ledger.head().sequence
      #expect(entries >= 50)
      // The fact and its entry were written together: the copy has both or neither.
      #expect(try copy.projects.list(limit: 1_000).count == Int(entries))
    }
    #expect(try connection.ledger.head().sequence == 250)
  }

  @Test("A file that exists, even an empty one, is left alone", arguments: ["", "precious"])
  func existing(content: String) throws {
    let connection = try notebook.open()
    let path = notebook.folder + "/copy.sqlite"
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: StoreError.self) { try connection.backup(to: path) }
    guard case .refused = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
  }

  @Test("Where there is no such folder it says so")
  func nowhere() throws {
    let connection = try notebook.open()
    let error = #expect(throws: StoreError.self) {
      try connection.backup(to: notebook.folder + "/nowhere/copy.sqlite")
    }
    #expect(error?.description.contains("nowhere/copy.sqlite: No such file") == true)
  }

  private func append(_ connection: Connection, _ numbers: ClosedRange<Int>) throws {
    for number in numbers {
      try connection.write { () throws(StoreError) in
        _ = try connection.projects.add("P-\(number)")
        try connection.ledger.append(
          kind: "k", subject: "P-\(number)", body: "{}", at: second(Int64(number)))
      }
    }
  }
}
