import Foundation
import Testing

@Suite("Copies made while the daemon writes", .serialized)
struct BackupTests {
  @Test("are whole: SQLite finds them sound, and the ledger's chain holds from first to last")
  func whole() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      for number in 0..<60 {
        try daemon.door().rename(SmallPortfolio.report(100 + number), to: "\(number).csv")
      }
      for number in 0..<4 {
        let copy = installation.folder.appendingPathComponent("copy\(number).sqlite")
        let outcome = try await installation.run("backup", copy.path)
        #expect(outcome.status == 0)
        #expect(try installation.query("PRAGMA integrity_check", in: copy) == "ok")
        let broken = """
          SELECT count(*) FROM ledger AS entry JOIN ledger AS before
          ON before.sequence = entry.sequence - 1 WHERE entry.previous != before.sha256
          """
        #expect(try installation.query(broken, in: copy) == "0")
        let gaps = "SELECT max(sequence) - count(*) FROM ledger"
        #expect(try installation.query(gaps, in: copy) == "0")
        let told = """
          SELECT (SELECT count(*) FROM submission)
          - (SELECT count(*) FROM ledger WHERE kind = 'submission')
          """
        #expect(try installation.query(told, in: copy) == "0")
      }
      try await daemon.door().empty()
    }
    // And a copy is a notebook that answers.
    let copy = installation.folder.appendingPathComponent("last.sqlite")
    #expect(try await installation.run("backup", copy.path).status == 0)
    let gates = try await installation.evaluate("--dry-run").lines
    let state = installation.folder.appendingPathComponent("restored")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: copy, to: state.appendingPathComponent("jalon.sqlite"))
    try installation.configure(#"{"locale": "en", "state": "restored"}"#)
    #expect(try await installation.evaluate("--dry-run").lines == gates)
    #expect(gates.contains("A;P1;release;2021-06-30;false"))
  }

  @Test("have their name only when they are whole, and tidy up after those that were killed")
  func leftovers() async throws {
    let installation = try await Installation.adopted()
    let old = try installation.write("half", to: ".jalon-new-0123456789abcdef")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: old.path)
    let young = try installation.write("half", to: ".jalon-new-fedcba9876543210")
    let copy = installation.folder.appendingPathComponent("desk/copy.sqlite")
    #expect(try await installation.run("backup", copy.path).status == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: copy.deletingLastPathComponent().path)
    #expect(
      names.filter { $0.hasPrefix(".jalon") } == [young.lastPathComponent], "another may be at work"
    )
  }

  @Test("never overwrite what is there")
  func existing() async throws {
    let installation = try await Installation.adopted()
    let file = try installation.write("precious", to: "copy.sqlite")
    let outcome = try await installation.run("backup", file.path)
    #expect(outcome.status == 64)
    #expect(outcome.complaint.contains("copy.sqlite is there already"))
    #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
  }
}
