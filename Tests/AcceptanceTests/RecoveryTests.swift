import Foundation
import Testing

@Suite("Files that were filed when the daemon ended, and not answered", .serialized)
struct RecoveryTests {
  /// A recovery goes by steps of 1,024 files; what it left for later would meet a newer file of that
  /// name, and its older answer would end up over the newer one.
  @Test("are all answered at the next start, before any new file is taken")
  func manySteps() async throws {
    let count = 1_100
    let installation = try await Installation.adopted(intake: Installation.eventsOnly)
    try await Daemon.serving(installation) { _ in }
    let door = Door(installation.doors.appendingPathComponent("A"), desk: installation.folder)
    // A file where their folder should be: files are filed, and nobody can be answered.
    let receipts = door.folder.appendingPathComponent("recepisses")
    try FileManager.default.removeItem(at: receipts)
    try Data().write(to: receipts)
    for number in 0..<count {
      try door.rename(SmallPortfolio.report(comment: "n° \(number)"), to: "\(number).csv")
    }
    let tally = "SELECT count(*), sum(pending), sum(status = 'accepted') FROM submission"
    try await Daemon.serving(installation) { _ in
      _ = try await eventually("all are filed", within: 60) {
        try installation.query(tally) == "\(count)|\(count)|\(count)" ? true : nil
      }
    }
    #expect(try door.waiting().count == count)

    try FileManager.default.removeItem(at: receipts)
    let last = try installation.query("SELECT file FROM submission ORDER BY number DESC LIMIT 1")
    try door.rename(SmallPortfolio.report(140), to: last)
    try await Daemon.serving(installation) { daemon in
      try await door.empty(within: 60)
      let log = try daemon.log.filter { $0.contains("finishing") || $0.contains(last) }
      #expect(log.count == 3, "two steps, and then the new file: \(log)")
      #expect(log.last?.contains("\(last) accepted") == true, "\(log)")
    }
    // Anything left by that start would be answered by this one.
    try await Daemon.serving(installation) { _ in }
    #expect(try installation.query(tally) == "\(count + 1)|0|\(count + 1)")
    #expect(try door.receiptNames().count == 2 * count)
    #expect(try await door.receipt(last).receipt == "J0000\(count + 1)")
  }
}
