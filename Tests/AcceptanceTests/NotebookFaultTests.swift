import Foundation
import Testing

@Suite("A notebook that is damaged or gone: nothing begins, and the log says what to do")
struct NotebookFaultTests {
  @Test(
    "one that is gone or empty is not replaced by a new one, whoever asks",
    arguments: [
      ["serve", "--no-mail"], ["evaluate"], ["adopt", "--by", "C. Roux", "--reason", "x"],
      ["courier", "--once"], ["courier"],
    ], [true, false])
  func gone(words: [String], isRemoved: Bool) async throws {
    let installation = try await Installation.adopted()
    if isRemoved {
      try FileManager.default.removeItem(at: installation.database)
    } else {
      try Data().write(to: installation.database)
    }
    let outcome = try await installation.run(words)
    #expect(outcome.status == 74)
    #expect(outcome.complaint.contains("jalon.sqlite is gone or empty"), "\(outcome.complaint)")
    #expect(outcome.complaint.contains("put the last copy that 'jalon backup' made in its place"))
    let size = try? Data(contentsOf: installation.database).count
    #expect(size == (isRemoved ? nil : 0), "nothing was made")
    // To begin anew is to say so.
    let head = installation.folder.appendingPathComponent("state/ledger.head")
    try FileManager.default.removeItem(at: head)
    #expect(try await installation.adopt().status == 0)
  }

  @Test("damage deep inside keeps the daemon from starting, before it takes anything")
  func damaged() async throws {
    let installation = try await Installation.adopted()
    var bytes = try Data(contentsOf: installation.database)
    // The last page, which opening it does not read.
    bytes.replaceSubrange((bytes.count - 4096)..., with: Data(repeating: 0x5A, count: 4096))
    try bytes.write(to: installation.database)
    let outcome = try await installation.run("serve", "--no-mail")
    #expect(outcome.status == 74)
    #expect(outcome.complaint.hasPrefix("<3>cannot start: checking the notebook"))
    #expect(outcome.complaint.contains("state/jalon.sqlite"))
    #expect(!outcome.complaint.contains("ready"))
    #expect(try Data(contentsOf: installation.database) == bytes)
  }

  @Test("what is no file to open is named, with what to check")
  func unopenable() async throws {
    let installation = try await Installation.adopted()
    try FileManager.default.removeItem(at: installation.database)
    try FileManager.default.createDirectory(
      at: installation.database, withIntermediateDirectories: false)
    let outcome = try await installation.run("evaluate")
    #expect(outcome.status == 74)
    #expect(outcome.complaint.contains("check that it is a file"), "\(outcome.complaint)")
  }
}
