import Foundation
import JalonCore
import Testing

@testable import JalonStore

@Suite("Transactions: all or nothing, whoever else writes")
struct ConnectionTests {
  let notebook: TemporaryNotebook

  init() throws { notebook = try TemporaryNotebook() }

  @Test("Four connections that read, then write, at once lose nothing and number without gaps")
  func writersAtOnce() throws {
    _ = try notebook.open()
    let notebook = notebook
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      do {
        let connection = try notebook.open()
        for turn in 0..<25 {
          try connection.write { () throws(StoreError) in
            let project = try connection.projects.add("P-\(turn % 5)")
            let number = try connection.submissions.nextNumber()
            let latest = try connection.submissions.latestReceipt(of: project)
            try connection.submissions.add(
              .sample(number, project: project, at: max(latest ?? second(0), second(number))))
            try connection.ledger.append(
              kind: "submission", subject: "\(writer)", body: "\(turn)", at: second(number))
          }
        }
      } catch { failures.add("\(error)") }
    }
    #expect(failures.all == [])
    let connection = try notebook.open()
    #expect(try connection.submissions.counts() == [.accepted: 100])
    let numbers = try connection.submissions.pending(limit: 1_000).map(\.number)
    #expect(numbers == Array(1...100))
    #expect(try connection.ledger.head().sequence == 100)
    #expect(try connection.ledger.firstMisfit() == nil)
  }

  @Test("A write that fails leaves nothing, and the names it made are forgotten")
  func rollback() throws {
    let connection = try notebook.open()
    let failure = StoreError.busy(doing: "failing")
    #expect(throws: failure) {
      try connection.write { () throws(StoreError) in
        _ = try connection.projects.add("P-1")
        _ = try connection.names.key(of: "postes")
        throw failure
      }
    }
    #expect(try connection.projects.key(of: "P-1") == nil)
    let (project, name) = try connection.write { () throws(StoreError) in
      (try connection.projects.add("P-2"), try connection.names.key(of: "etp"))
    }
    let other = try notebook.open()
    #expect(try other.projects.id(of: project) == "P-2")
    #expect(try other.names.text(of: name) == "etp")
    #expect(try connection.names.text(of: name) == "etp")
  }

  @Test("After SQLite gave a transaction up, nothing more of it is committed")
  func lostTransaction() throws {
    let connection = try notebook.open()
    #expect(throws: StoreError.self) {
      try connection.write { () throws(StoreError) in
        _ = try connection.projects.add("P-1")
        do throws(StoreError) {
          try connection.execute("INSERT OR ROLLBACK INTO project(id) VALUES ('')", "failing")
        } catch {}
        _ = try connection.projects.add("P-2")
      }
    }
    #expect(try connection.projects.list(limit: 10).isEmpty)
    try connection.write { () throws(StoreError) in _ = try connection.projects.add("P-3") }
    #expect(try connection.projects.list(limit: 10).map(\.id) == ["P-3"])
  }

  @Test("A lock that lasts longer than the patience is told as busy")
  func busy() throws {
    let first = try notebook.open()
    let second = try notebook.open(patience: 20)
    try first.write { () throws(StoreError) in
      _ = #expect(throws: StoreError.busy(doing: "starting to write")) {
        try second.write { () throws(StoreError) in }
      }
    }
    try second.write { () throws(StoreError) in }
  }

  @Test("A full disk is told as full, leaves nothing, and ends with the disk's being full")
  func full() throws {
    let connection = try notebook.open()
    try connection.execute("PRAGMA max_page_count = 60", "filling")
    let error = #expect(throws: StoreError.self) {
      try connection.write { () throws(StoreError) in
        for number in 0..<100_000 { _ = try connection.projects.add("P-\(number)") }
      }
    }
    guard case .full = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try connection.projects.list(limit: 10).isEmpty)
    try connection.execute("PRAGMA max_page_count = 6000", "making room")
    try connection.write { () throws(StoreError) in _ = try connection.projects.add("P-1") }
    #expect(try connection.projects.list(limit: 10).map(\.id) == ["P-1"])
  }

  @Test("After a failed sync nothing is written any more")
  func failedSync() throws {
    let connection = try notebook.open()
    let failure = StoreError(code: 1_034, message: "disk I/O error", doing: "committing")
    #expect(failure == .syncFailed(message: "disk I/O error", doing: "committing"))
    _ = connection.failure(1_034, "committing")
    let error = #expect(throws: StoreError.self) {
      try connection.write { () throws(StoreError) in }
    }
    guard case .syncFailed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Every connection writes with a rollback journal, synced with its folder")
  func durability() throws {
    let connection = try notebook.open()
    func setting(_ name: String) throws -> String? {
      var statement = try connection.statement("PRAGMA \(name)", "asking")
      return try statement.first { $0.text(0) }
    }
    #expect(try setting("journal_mode") == "delete")
    #expect(try setting("synchronous") == "3")
    #expect(try setting("foreign_keys") == "1")
    #expect(try setting("busy_timeout") == "90000")
    #expect(try setting("trusted_schema") == "0")
  }
}

/// What went wrong on several threads.
final class Failures: @unchecked Sendable {
  // A lock guards the only state.
  private let lock = NSLock()
  private var messages: [String] = []

  var all: [String] { lock.withLock { messages } }
  func add(_ message: String) { lock.withLock { messages.append(message) } }
}
