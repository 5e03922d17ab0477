import Foundation
import Testing

@Suite("What a team puts into its depot", .serialized)
struct DepotTests {
  private let report = SmallPortfolio.report()

  @Test("a file renamed into place is taken at once, answered in two forms, and leaves the depot")
  func renamed() async throws {
    try await Daemon.serving(.adopted(intake: Installation.eventsOnly)) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      let receipt = try await daemon.door().receipt("T2.csv")
      #expect(receipt.status == "accepted")
      #expect(receipt.rows == 3)
      #expect(receipt.periods == ["2021-Q1", "2021-Q2"])
      #expect(receipt.project == "A")
      #expect(receipt.bytes == report.utf8.count)
      #expect(try await daemon.door().letter("T2.csv").contains("ACCEPTED: 3 rows counted"))
      try await daemon.door().cleared("T2.csv")
    }
  }

  @Test("a file that its client has written as NAME.filepart and renamed is taken at once")
  func renamedFromHalf() async throws {
    // Whatever had to wait here would wait for an hour.
    let intake = #"{"settleSeconds": 3600, "scanSettleSeconds": 3600, "rescanSeconds": 3600}"#
    try await Daemon.serving(.adopted(intake: intake)) { daemon in
      let door = daemon.door()
      try door.write(report, to: "T2.csv.filepart")
      let half = door.path(Array("T2.csv.filepart".utf8))
      try door.check("rename", Glibc.rename(half, door.path(Array("T2.csv".utf8))))
      #expect(try await door.receipt("T2.csv").status == "accepted")
      try await door.cleared("T2.csv")
    }
  }

  private static let waitingTimes: [(String, String, String, Int)] = [
    ("closed whole, with the waiting times as delivered", "{}", "\n", 1_950),
    (
      "closed whole", #"{"settleSeconds": 1, "scanSettleSeconds": 3000}"#, "\n", 950
    ),
    (
      "without the end of its last line",
      #"{"settleSeconds": 0, "scanSettleSeconds": 1, "rescanSeconds": 3000}"#, "", 950
    ),
  ]

  @Test(
    "a file written in place waits until it has been left alone for a while",
    arguments: waitingTimes)
  func waits(kind: String, intake: String, ending: String, milliseconds: Int) async throws {
    try await Daemon.serving(.adopted(intake: intake)) { daemon in
      let start = ContinuousClock.now
      try daemon.door().write(String(report.dropLast()) + ending, to: "T2.csv")
      let receipt = try await daemon.door().receipt("T2.csv")
      #expect(ContinuousClock.now - start >= .milliseconds(milliseconds))
      #expect(receipt.status == "accepted")
      #expect(receipt.warnings.map(\.code) == (ending.isEmpty ? ["last-line"] : []))
    }
  }

  @Test("a file that goes on growing is not taken half")
  func growing() async throws {
    let intake = #"{"settleSeconds": 5, "scanSettleSeconds": 5, "rescanSeconds": 0.1}"#
    try await Daemon.serving(.adopted(intake: intake)) { daemon in
      let file = daemon.door().depot.appendingPathComponent("T2.csv")
      try Data(SmallPortfolio.header.utf8).write(to: file)
      for month in 1...3 {
        try await Task.sleep(for: .milliseconds(200))
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("2021-Q\(month);depenses;;\(month);;;\n".utf8))
        try handle.close()
      }
      #expect(try await daemon.door().receipt("T2.csv").rows == 3)
      #expect(try daemon.door().receiptNames().count == 2)
    }
  }

  @Test("names of files that somebody still writes are left alone, and nothing is said of them")
  func leftAlone() async throws {
    let names = [
      ".x", "x.part", "x.filepart", "x.tmp", "x.crdownload", "x~", "x.0123456789",
    ]
    try await Daemon.serving(.adopted()) { daemon in
      for name in names { try daemon.door().rename(report, to: name) }
      try daemon.door().write(report, to: "x.012345678")
      try daemon.door().rename(report, to: "last.csv")
      // Two looks later than the file that came after them; a receipt is there before its file goes.
      for name in ["x.012345678", "last.csv"] {
        _ = try await daemon.door().receipt(name)
        try await daemon.door().cleared(name)
      }
      #expect(try daemon.door().waiting() == names.sorted())
      #expect(try daemon.door().receiptNames().count == 4)
    }
  }

  @Test("a file already there when the daemon starts is taken")
  func alreadyThere() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { _ in }
    let door = Door(installation.doors.appendingPathComponent("A"), desk: installation.folder)
    try door.write(report, to: "T2.csv")
    try await Daemon.serving(installation) { daemon in
      #expect(try await daemon.door().receipt("T2.csv").status == "accepted")
      try await daemon.door().empty()
    }
  }

  @Test("a depot replaced by another folder is served as before")
  func replaced() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let depot = daemon.door().depot
      try FileManager.default.moveItem(at: depot, to: depot.appendingPathExtension("old"))
      try FileManager.default.createDirectory(at: depot, withIntermediateDirectories: false)
      try daemon.door().write(report, to: "T2.csv")
      #expect(try await daemon.door().receipt("T2.csv").status == "accepted")
      // And by its events, not only by looks: with a name of its own in the new folder.
      try daemon.door().rename(SmallPortfolio.report(130), to: "again.csv")
      #expect(try await daemon.door().receipt("again.csv").status == "accepted")
    }
  }

  @Test("a depot that is a link is not followed: it may lead to another team's")
  func linked() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let (depot, other) = (daemon.door().depot, daemon.door("B").depot)
      let aside = depot.appendingPathExtension("aside")
      try FileManager.default.moveItem(at: depot, to: aside)
      try FileManager.default.createSymbolicLink(at: depot, withDestinationURL: other)
      try await daemon.logs("A: the depot is a link, and is not followed")
      try daemon.door("B").write(report, to: "T2.csv")
      #expect(try await daemon.door("B").receipt("T2.csv").project == "B")
      try await daemon.door("B").empty()
      #expect(try daemon.door().receiptNames().isEmpty)
      // And the depot is served again when it is one.
      try FileManager.default.removeItem(at: depot)
      try FileManager.default.moveItem(at: aside, to: depot)
      try daemon.door().write(report, to: "T2.csv")
      #expect(try await daemon.door().receipt("T2.csv").status == "accepted")
    }
  }

  @Test("a door with hundreds of files does not hold up one with a single file")
  func turns() async throws {
    let installation = try await Installation.adopted(["A", "Z"])
    for name in ["A", "Z"] {
      try FileManager.default.createDirectory(
        at: installation.doors.appendingPathComponent("\(name)/depot"),
        withIntermediateDirectories: true)
    }
    func door(_ name: String) -> Door {
      Door(installation.doors.appendingPathComponent(name), desk: installation.folder)
    }
    for number in 1...600 { try door("A").rename("\(number)", to: "\(number).csv") }
    try door("Z").rename(report, to: "T2.csv")
    try await Daemon.serving(installation) { _ in
      #expect(try await door("Z").receipt("T2.csv").status == "accepted")
      try await door("A").empty(within: 60)
    }
    let place = try installation.query(
      "SELECT number FROM submission WHERE file = 'T2.csv'")
    #expect(Int(place).map { $0 <= 17 } == true, "\(place)")
  }

  @Test("a project adopted while the daemon runs gets its door, and it is served")
  func newProject() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      try installation.draw(["C"])
      #expect(try await installation.adopt().status == 0)
      let door = daemon.door("C")
      try await eventually("C has a depot") {
        FileManager.default.fileExists(atPath: door.depot.path) ? true : nil
      }
      try door.rename(report, to: "T2.csv")
      #expect(try await door.receipt("T2.csv").project == "C")
    }
  }

  @Test("the same bytes again change nothing, and the receipt names the first")
  func duplicate() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      let first = try await daemon.door().receipt("T2.csv")
      try daemon.door().rename(report, to: "T2 (2).csv")
      let second = try await daemon.door().receipt("T2 (2).csv")
      #expect(second.status == "duplicate")
      #expect(second.duplicateOf == first.receipt)
      #expect(second.rows == 0)
      #expect(second.periods == [])
      try await daemon.door().empty()
      // In another project's depot they are no repetition.
      try daemon.door("B").rename(report, to: "T2.csv")
      #expect(try await daemon.door("B").receipt("T2.csv").status == "accepted")
    }
  }

  @Test("bytes that were rejected once are read again")
  func readAgain() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let bad = SmallPortfolio.header + "2021-Q2;agent;;1;;;\n"
      for name in ["1.csv", "2.csv"] {
        try daemon.door().rename(bad, to: name)
        let receipt = try await daemon.door().receipt(name)
        #expect(receipt.status == "rejected")
        #expect(receipt.codes == ["indicator-unknown"])
        #expect(receipt.errors.first?.message.contains("agents") == true)
      }
      #expect(try await daemon.door().letter("1.csv").contains("REJECTED"))
      try await daemon.door().empty()
    }
  }

  @Test("a file that names another project is refused, whatever it holds")
  func foreign() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(
        "projet;periode;indicateur;valeur\nB;2021-Q2;agents;120\n", to: "T2.csv")
      let receipt = try await daemon.door().receipt("T2.csv")
      #expect(receipt.status == "rejected")
      #expect(receipt.codes == ["project-foreign"])
      #expect(receipt.project == "A")
    }
  }

  @Test("a file in the folder of a project that nobody adopted gets an answer, too")
  func unknownProject() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let door = daemon.door("Z9")
      try FileManager.default.createDirectory(at: door.depot, withIntermediateDirectories: true)
      try door.rename(report, to: "T2.csv")
      let receipt = try await door.receipt("T2.csv")
      #expect(receipt.status == "rejected")
      #expect(receipt.codes == ["project-unknown"])
      try await door.empty()
    }
  }

  @Test("a file that is too large is refused with its size, and its bytes are not kept")
  func tooLarge() async throws {
    let intake = #"{"settleSeconds": 0, "scanSettleSeconds": 0, "maxFileBytes": 1000}"#
    let installation = try await Installation.adopted(intake: intake)
    try await Daemon.serving(installation) { daemon in
      let text = report + String(repeating: ";;;;;;\n", count: 200)
      try daemon.door().rename(text, to: "T2.csv")
      let receipt = try await daemon.door().receipt("T2.csv")
      #expect(receipt.codes == ["too-large"])
      #expect(receipt.bytes == text.utf8.count)
      try await daemon.door().empty()
      let archive = installation.folder.appendingPathComponent("state/archive").path
      let kept = try FileManager.default.subpathsOfDirectory(atPath: archive)
      #expect(kept.allSatisfy { !$0.contains(receipt.sha256.dropFirst(4)) })
    }
  }

  @Test("the bytes of every file are in the archive under their digest, accepted or not")
  func archived() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      let texts = ["good.csv": report, "bad.csv": "nonsense\n"]
      for (name, text) in texts {
        try daemon.door().rename(text, to: name)
        let digest = try await daemon.door().receipt(name).sha256
        let file = installation.folder
          .appendingPathComponent("state/archive/\(digest.prefix(2))/\(digest)")
        #expect(try Data(contentsOf: file) == Data(text.utf8))
      }
    }
  }
}
