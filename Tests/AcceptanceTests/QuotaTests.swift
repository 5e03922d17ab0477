import Foundation
import Testing

@Suite("A team that sends without end", .serialized)
struct QuotaTests {
  /// A report of about a thousand bytes, which differs by its mark.
  private func report(_ mark: Int) -> String {
    SmallPortfolio.report(120 + mark) + String(repeating: ";;;;;;\n", count: 150)
  }

  private func configuration(_ more: String) -> String {
    #"{"locale": "en", "intake": {"settleSeconds": 0, "scanSettleSeconds": 0.4, "#
      + #""rescanSeconds": 0.3, \#(more)}}"#
  }

  @Test("fills its place in the archive and no more, hears why, and goes on when it is made larger")
  func archive() async throws {
    let installation = try await Installation.adopted()
    try installation.configure(configuration(#""projectQuotaBytes": 2000"#))
    try await Daemon.serving(installation) { daemon in
      var codes: [[String]] = []
      for mark in 1...3 {
        try daemon.door().rename(report(mark), to: "\(mark).csv")
        codes.append(try await daemon.door().receipt("\(mark).csv").codes)
      }
      #expect(codes == [[], ["too-large"], ["too-large"]])
      let said = try await daemon.door().receipt("3.csv").errors.map(\.message)
      #expect(said.first?.contains("of the 2,000 bytes that Jalon keeps") == true, "\(said)")
      #expect(try archived(installation) == 1)
      try await daemon.door().empty()
      // Nobody else is concerned, and what is there already costs nothing.
      try daemon.door("B").rename(report(3), to: "3.csv")
      #expect(try await daemon.door("B").receipt("3.csv").status == "accepted")
      try daemon.door().rename(report(1), to: "again.csv")
      #expect(try await daemon.door().receipt("again.csv").status == "duplicate")

      try installation.configure(configuration(#""projectQuotaBytes": 9000"#))
      daemon.running.signal(SIGHUP)
      try await daemon.logs("configuration read again")
      try daemon.door().rename(report(2), to: "then.csv")
      #expect(try await daemon.door().receipt("then.csv").status == "accepted")
      let verified = try await installation.run("verify")
      #expect(verified.status == 0, "\(verified.complaint)\(verified.output)")
    }
  }

  private func archived(_ installation: Installation) throws -> Int {
    let archive = installation.folder.appendingPathComponent("state/archive").path
    return try FileManager.default.subpathsOfDirectory(atPath: archive)
      .filter { $0.contains("/") }.count
  }

  @Test("from the shell, for a named project, the quota is the same")
  func shell() async throws {
    let installation = try await Installation.adopted()
    try installation.configure(configuration(#""projectQuotaBytes": 2000"#))
    #expect(try await installation.ingest(report(1), to: "A").status == "accepted")
    #expect(try await installation.ingest(report(2), to: "A").codes == ["too-large"])
    #expect(try archived(installation) == 1)
  }

  @Test("has a day's files read; the others wait in the depot, and it reads why")
  func files() async throws {
    let installation = try await Installation.adopted()
    try installation.configure(configuration(#""filesPerDay": 3"#))
    let notice = "EN-ATTENTE.txt"
    try await Daemon.serving(installation) { daemon in
      for mark in 1...5 { try daemon.door().rename(report(mark), to: "\(mark).csv") }
      try await daemon.logs("A: 3 files in a day; the others wait in the depot")
      try await eventually("a notice") {
        try daemon.door().receiptNames().contains(notice) ? true : nil
      }
      try await eventually("two wait") { try daemon.door().waiting().count == 2 ? true : nil }
      let text = try String(
        contentsOf: installation.doors.appendingPathComponent("A/recepisses/\(notice)"),
        encoding: .utf8)
      #expect(text.contains("at most 3 files a day"))
      // The others are served meanwhile, and the daemon does not turn in circles.
      try daemon.door("B").rename(report(1), to: "1.csv")
      #expect(try await daemon.door("B").receipt("1.csv").status == "accepted")
      #expect(try daemon.log.filter { $0.contains("files in a day") }.count == 1)
      #expect(try daemon.door().waiting().count == 2)

      try installation.configure(configuration(#""filesPerDay": 1000000"#))
      daemon.running.signal(SIGHUP)
      try await daemon.door().empty()
      try await eventually("the notice is gone") {
        try daemon.door().receiptNames().contains(notice) ? nil : true
      }
      #expect(try await daemon.door().receipt("5.csv").status == "accepted")
    }
  }
}
