import Foundation
import Testing

@Suite("What stands in a depot and is not a plain report", .serialized)
struct OddFileTests {
  private let report = SmallPortfolio.report()

  enum Oddity: String, CaseIterable {
    case symbolicLink, hardLink, pipe, folder

    var word: String {
      switch self {
      case .symbolicLink: "a link"
      case .hardLink: "several names"
      case .pipe: "no file"
      case .folder: "a folder"
      }
    }

    func make(in door: Door, secret: URL) throws {
      let path = door.depot.appendingPathComponent("odd.csv")
      switch self {
      case .symbolicLink:
        try FileManager.default.createSymbolicLink(at: path, withDestinationURL: secret)
      case .hardLink: try FileManager.default.linkItem(at: secret, to: path)
      case .pipe: try door.check("mkfifo", mkfifo(path.path, 0o666))
      case .folder:
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: false)
        try Data("x".utf8).write(to: path.appendingPathComponent("inside.csv"))
      }
    }
  }

  @Test(
    "is refused unread with a receipt that says what it is, and set aside",
    arguments: Oddity.allCases)
  func refused(oddity: Oddity) async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      let door = daemon.door()
      let secret = try installation.write(report, to: "secret.csv")
      try oddity.make(in: door, secret: secret)
      let receipt = try await door.receipt("odd.csv")
      #expect(receipt.status == "rejected")
      #expect(receipt.errors.first?.message.contains(oddity.word) == true)
      #expect(receipt.rows == 0)
      try await door.empty()
      let aside = try FileManager.default.contentsOfDirectory(atPath: door.depot.path)
      #expect(aside == [".refused-" + receipt.receipt])
      #expect(try String(contentsOf: secret, encoding: .utf8) == report)
      // And the next plain file is taken.
      try door.rename(report, to: "T2.csv")
      #expect(try await door.receipt("T2.csv").status == "accepted")
    }
  }

  @Test("is refused once, even if its team has guessed the name that it is set aside under")
  func guessed() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let door = daemon.door()
      for number in 1...9 {
        try door.write("mine", to: ".refused-J0000000\(number)")
      }
      try FileManager.default.createSymbolicLink(
        at: door.depot.appendingPathComponent("odd.csv"),
        withDestinationURL: URL(filePath: "/nowhere"))
      let receipt = try await door.receipt("odd.csv")
      try await door.empty()
      // Two looks later than this one.
      try door.rename(report, to: "T2.csv")
      #expect(try await door.receipt("T2.csv").receipt == "J00000002")
      let aside = try FileManager.default.contentsOfDirectory(atPath: door.depot.path)
      #expect(aside.filter { $0.hasPrefix(".refused-" + receipt.receipt + "-") }.count == 1)
      let mine = door.depot.appendingPathComponent(".refused-J00000001")
      #expect(try String(contentsOf: mine, encoding: .utf8) == "mine")
    }
  }

  @Test(
    "a hostile name is shown escaped, and its file is taken",
    arguments: [
      ("not UTF-8", [0x54, 0xE9, 0x2E, 0x63, 0x73, 0x76], #"T\xE9.csv"#),
      ("line end and escape", Array("a\n\u{1B}[31m.csv".utf8), #"a\x0A\x1B[31m.csv"#),
      ("backslash", Array(#"a\x0A.csv"#.utf8), #"a\x5Cx0A.csv"#),
    ] as [(String, [UInt8], String)])
  func hostileName(kind: String, name: [UInt8], shown: String) async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      try daemon.door().rename(report, to: name)
      let receipt = try await daemon.door().receipt(shown)
      #expect(receipt.status == "accepted")
      #expect(receipt.file == shown)
      try await daemon.door().empty()
      try await daemon.logs("A: \(shown) accepted")
      for line in try daemon.log { #expect(line.wholeMatch(of: /<[0-7]>[^\x00-\x1F\x7F]+/) != nil) }
    }
  }

  @Test("a name as long as a name may be has a receipt with a name of its own")
  func longName() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let names = ["1", "2"].map { String(repeating: "é", count: 125) + $0 + ".csv" }
      for (index, name) in names.enumerated() {
        #expect(name.utf8.count == 255)
        try daemon.door().rename(SmallPortfolio.report(120 + index), to: name)
      }
      try await daemon.door().empty()
      let receipts = try daemon.door().receiptNames().filter { $0.hasSuffix(".receipt.json") }
      #expect(receipts.count == 2)
      let files = try await [
        daemon.door().receipt(String(receipts[0].dropLast(13))).file,
        daemon.door().receipt(String(receipts[1].dropLast(13))).file,
      ]
      #expect(Set(files) == Set(names))
    }
  }
}
