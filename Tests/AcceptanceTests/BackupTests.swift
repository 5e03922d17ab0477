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

  @Test("of a name of their own have it only when they are whole, and tidy up after killed ones")
  func ownName() async throws {
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

  /// What the folder of dated copies holds, hidden names too.
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func copyFolder(of installation: Installation) throws -> URL {
    let folder = installation.folder.appendingPathComponent("copies")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test("in a folder are dated, and only the newest are kept, whatever else lies there")
  func dated() async throws {
    let installation = try await Installation.adopted()
    let folder = try copyFolder(of: installation)
    let older = (1...4).map { "jalon-2021-07-0\($0)T013000Z.sqlite" }
    // From a machine whose clock was ahead: the one just made stays all the same.
    let ahead = "jalon-2999-01-01T013000Z.sqlite"
    let foreign = [".keep", "jalon-2021-07-01.sqlite", "jalon-2021-07-0XT013000Z.sqlite", "notes"]
    for name in older + foreign + [ahead] {
      try Data(name.utf8).write(to: folder.appendingPathComponent(name))
    }
    // Without a number, nothing goes.
    let first = try await installation.run("backup", folder.path)
    #expect(try names(in: folder).count == older.count + foreign.count + 2)
    // Another one in the same second would want the same name.
    try FileManager.default.removeItem(atPath: first.output.trimmingCharacters(in: .newlines))
    let outcome = try await installation.run("backup", "--keep", "3", folder.path)
    #expect(outcome.status == 0)
    let made = outcome.output.trimmingCharacters(in: .newlines)
    let copy = URL(fileURLWithPath: made)
    #expect(try installation.query("PRAGMA integrity_check", in: copy) == "ok")
    let kept = [older[3], copy.lastPathComponent, ahead]
    #expect(try names(in: folder) == (kept + foreign).sorted())
  }

  @Test("that fail leave the older ones, and no dated name")
  func failed() async throws {
    let installation = try await Installation.adopted()
    let folder = try copyFolder(of: installation)
    let older = ["jalon-2021-07-01T013000Z.sqlite", "jalon-2021-07-02T013000Z.sqlite"]
    for name in older { try Data(name.utf8).write(to: folder.appendingPathComponent(name)) }
    // A notebook that is none any more.
    try Data(repeating: 0x2A, count: 100_000).write(to: installation.database)
    let outcome = try await installation.run("backup", "--keep", "1", folder.path)
    #expect(outcome.status != 0)
    #expect(outcome.output.isEmpty)
    #expect(try names(in: folder) == older)
  }

  @Test("cut short by a kill are hidden, and cleared away by a later one")
  func leftovers() async throws {
    let installation = try await Installation.adopted()
    let folder = try copyFolder(of: installation)
    let names = [".jalon-new-jalon-2021-07-01T013000Z.sqlite", ".jalon-new-young"]
    for name in names { try Data("half".utf8).write(to: folder.appendingPathComponent(name)) }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7_200)],
      ofItemAtPath: folder.appendingPathComponent(names[0]).path)
    #expect(try await installation.run("backup", "--keep", "1", folder.path).status == 0)
    let left = try self.names(in: folder)
    #expect(left.count == 2)
    #expect(left.first == names[1])
  }

  @Test(
    "ask for a folder, and for a number that makes sense", arguments: ["0", "-1", "many", "10001"])
  func refusals(number: String) async throws {
    let installation = try await Installation.adopted()
    let folder = try copyFolder(of: installation)
    #expect(try await installation.run("backup", "--keep=\(number)", folder.path).status == 64)
    let absent = folder.appendingPathComponent("absent")
    let outcome = try await installation.run("backup", "--keep", "3", absent.path)
    #expect(outcome.status == 66)
    #expect(outcome.complaint.contains("absent"))
    #expect(try names(in: folder).isEmpty)
  }
}
