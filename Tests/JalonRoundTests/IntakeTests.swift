import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Intake: a file is archived, entered and answered, and counts whole or not at all")
struct IntakeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var told: String? = "SNAP3-017"
    let content: Arrival.Content
    let status: ReceiptStatus
    var project: String? = "SNAP3-017"
    var code: ProblemCode?
    var isArchived = true
    var testDescription: String { name }
  }

  static let good = SampleFiles.report("postes;2021-Q1;;120;;;", ";;;;;M1;2021-03-12")

  static func bytes(_ bytes: [UInt8]) -> Arrival.Content { .bytes(bytes, SHA256.hash(bytes)) }

  static let cases = [
    Case(name: "a good file is accepted", content: bytes(good), status: .accepted),
    Case(
      name: "a wrong indicator rejects the file",
      content: bytes(SampleFiles.report("poste;2021-Q1;;120;;;", "depenses;2021-Q1;;5;;;")),
      status: .rejected, code: .indicatorUnknown),
    Case(
      name: "a file that nothing assigns to a project is rejected", told: nil,
      content: bytes(good), status: .rejected, project: nil, code: .projectUnknown),
    Case(
      name: "a depot of no adopted project takes nothing", told: "SNAP3-999",
      content: bytes(good), status: .rejected, project: "SNAP3-999", code: .projectUnknown),
    Case(
      name: "a file that names another project than its depot is foreign",
      content: bytes(
        Array("projet;indicateur;periode;valeur\nITN3-001;postes;2021-Q1;120\n".utf8)),
      status: .rejected, code: .projectForeign),
    Case(
      name: "a file that names its project needs nobody to tell it", told: nil,
      content: bytes(
        Array("projet;indicateur;periode;valeur\nSNAP3-017;postes;2021-Q1;120\n".utf8)),
      status: .accepted),
    Case(
      name: "a file over the limit leaves its hash and size only",
      content: .tooLarge(30_000_000, SHA256.hash(good), limit: 20_000_000), status: .rejected,
      code: .tooLarge, isArchived: false),
    Case(
      name: "a file that its sidecar contradicts is rejected",
      content: .mismatch(good, SHA256.hash(good), announced: String(repeating: "a", count: 64)),
      status: .rejected, code: .syntax),
    Case(
      name: "what is no file is refused",
      content: .refused(Sentence(french: "C’est un lien : refusé.", english: "It is a link.")),
      status: .rejected, code: .syntax, isArchived: false),
  ]

  @Test("every arrival is answered, archived and entered in the ledger", arguments: cases)
  func answers(_ example: Case) throws {
    let world = try sampleWorld()
    let before = world.notebook.ledger.count
    let filed = try world.file(
      [
        Arrival(
          told: example.told, file: "t1.csv", name: Array("t1.csv".utf8),
          content: example.content)
      ], at: instant("2021-04-13"))
    let receipt = try #require(filed.first?.receipt)
    #expect(receipt.status == example.status, "\(receipt)")
    #expect(receipt.project == example.project)
    #expect(receipt.errors.first?.code == example.code?.rawValue)
    #expect(world.archived.isEmpty != example.isArchived)
    let entries = world.notebook.ledger.dropFirst(before)
    #expect(entries.map(\.kind) == ["submission"])
    #expect(entries.first?.subject == example.project ?? "")
    #expect(entries.first?.body.contains("\"receipt\":\"\(receipt.id)\"") == true)
    let isCounted =
      try world.notebook.port.submissions.project("SNAP3-017", nil)?
      .history.submissions.isEmpty == false
    #expect(isCounted == (example.status == .accepted))
    #expect((receipt.rows > 0) == isCounted && receipt.periods.isEmpty != isCounted)
  }

  @Test("a receipt's JSON read back is the receipt", arguments: cases)
  func readsBack(_ example: Case) throws {
    let name = "é\"\\t1.csv"
    let filed = try sampleWorld().file(
      [
        Arrival(
          told: example.told, file: name, name: Array(name.utf8), content: example.content)
      ], at: instant("2021-04-13T06:00:00.000123Z"))
    let answer = try #require(filed.first)
    #expect(readReceipt(answer.json) == answer.receipt)
  }

  @Test("what it says is in the configured language", arguments: Language.allCases)
  func speaks(_ language: Language) throws {
    let world = try sampleWorld(language)
    let receipt = try world.receive(["postes;2021-Q1;;douze;;;"], on: "2021-04-13")
    let message = try #require(receipt.errors.first?.message)
    #expect(message.contains("ligne") == (language == .french), "\(message)")
  }

  @Test("the same bytes again are a duplicate, now, later and within one batch")
  func duplicates() throws {
    let world = try sampleWorld()
    let filed = try world.file(
      [arrival(Self.good, "a.csv"), arrival(Self.good, "b.csv")], at: instant("2021-04-13"))
    let later = try world.file([arrival(Self.good, "c.csv")], at: instant("2021-05-13"))
    let receipts = (filed + later).map(\.receipt)
    #expect(receipts.map(\.status) == [.accepted, .duplicate, .duplicate])
    #expect(receipts.map(\.duplicateOf) == [nil, receipts[0].id, receipts[0].id])
    #expect(Set(receipts.map(\.id)).count == 3)
    let history = try world.notebook.port.submissions.project("SNAP3-017", nil)?.history
    #expect(history?.submissions.count == 1, "counted once")
  }

  @Test("the same bytes are no duplicate in another project")
  func otherProject() throws {
    let world = try sampleWorld()
    _ = try world.adopt(
      [SampleFiles.programme(), SampleFiles.project(), SampleFiles.project("SNAP3-018")],
      at: instant("2021-01-02"))
    let filed = try world.file(
      [arrival(Self.good), arrival(Self.good, told: "SNAP3-018")], at: instant("2021-04-13"))
    #expect(filed.map(\.receipt.status) == [.accepted, .accepted])
  }

  @Test("rejected bytes are read again, against the rules in force by then")
  func rejectedAgain() throws {
    let world = try sampleWorld()
    let bytes = Array("jalon;date\nM9;2021-03-12\n".utf8)
    let first = try world.file([arrival(bytes)], at: instant("2021-04-13"))
    #expect(first.map(\.receipt.status) == [.rejected])
    _ = try world.adopt(
      [SampleFiles.programme(), SampleFiles.project().replacing("\"M1\"", "\"M9\"")],
      at: instant("2021-04-14"))
    let second = try world.file([arrival(bytes)], at: instant("2021-04-15"))
    #expect(second.map(\.receipt.status) == [.accepted], "\(second)")
  }

  @Test("the second file of a batch is read with the first one known")
  func batch() throws {
    let world = try sampleWorld()
    let filed = try world.file(
      [
        arrival(SampleFiles.report("postes;2021-Q1;;120;;;"), "t1.csv"),
        arrival(SampleFiles.report("postes;2021-Q2;;90;;;"), "t2.csv"),
      ], at: instant("2021-07-13"))
    #expect(filed[0].receipt.warnings.isEmpty)
    #expect(filed[1].receipt.warnings.map(\.code) == [ProblemCode.cumulativeDecrease.rawValue])
    #expect(world.syncs == 1, "one sync for the whole batch")
  }

  @Test("a clock set back does not reorder history")
  func clockSetBack() throws {
    let world = try sampleWorld()
    let first = try world.receive(["postes;2021-Q1;;120;;;"], on: "2021-04-13")
    let second = try world.receive(["postes;2021-Q1;;150;;;"], "t2.csv", on: "2021-04-02")
    #expect(second.status == .accepted)
    #expect(second.receivedAt == first.receivedAt)
    let history = try world.notebook.port.submissions.project("SNAP3-017", nil)?.history
    let standing = Knowledge(history ?? History(), at: first.receivedAt).units["postes"]
    #expect(standing?.first?.observations.first?.value == Quantity(150), "the later one stands")
  }

  @Test("an instant of receipt before the project's latest is refused, and nothing is entered")
  func receivedBefore() throws {
    let world = try sampleWorld()
    let first = try world.receive(["postes;2021-Q1;;120;;;"], on: "2021-04-13")
    let entries = world.notebook.ledger.count
    let late = SampleFiles.report("postes;2021-Q1;;150;;;")
    #expect(throws: RoundError.receivedBefore(project: "SNAP3-017", latest: first.receivedAt)) {
      try world.file(
        [
          arrival(
            SampleFiles.report("postes;2021-Q1;;160;;;"), receivedAt: first.receivedAt),
          arrival(late, receivedAt: instant("2021-04-12")),
        ], at: instant("2021-08-01"))
    }
    #expect(world.notebook.filed.count == 1 && world.notebook.ledger.count == entries)
    let carried = try world.file(
      [arrival(late, receivedAt: instant("2021-04-14"))], at: instant("2021-08-01"))
    #expect(carried[0].receipt.receivedAt == instant("2021-04-14"))
    #expect(
      world.notebook.ledger.last?.body.contains("\"recordedAt\":\"2021-08-01T12:00:00Z\"") == true,
      "the ledger keeps the real instant")
  }

  @Test("a period that ends after the day of receipt is refused; the day comes from the world")
  func future() throws {
    let world = try sampleWorld()
    world.fixedDay = day("2021-03-30")
    let early = try world.receive(["postes;2021-Q1;;120;;;"], on: "2021-04-13")
    #expect(early.errors.map(\.code) == [ProblemCode.periodFuture.rawValue])
    world.fixedDay = day("2021-03-31")
    #expect(try world.receive(["postes;2021-Q1;;120;;;"], on: "2021-04-13").status == .accepted)
  }

  @Test("nothing is entered where the archive fails")
  func failingArchive() throws {
    struct DiskFull: Error, Equatable {}
    let world = try sampleWorld()
    let entries = world.notebook.ledger
    world.archiveFailure = DiskFull()
    #expect(throws: DiskFull()) { try world.file([arrival(Self.good)], at: instant("2021-04-13")) }
    #expect(world.notebook.filed.isEmpty && world.notebook.ledger == entries)
  }

  @Test("no file is entered without its ledger entry")
  func failingLedger() throws {
    let world = try sampleWorld()
    world.notebook.refusesLedger = "submission"
    #expect(throws: InMemoryNotebook.Refusal.self) {
      try world.file([arrival(Self.good)], at: instant("2021-04-13"))
    }
    #expect(world.notebook.filed.isEmpty)
  }

  @Test("a template, filled in, is a good file", arguments: Language.allCases)
  func template(_ language: Language) throws {
    let world = try sampleWorld(language)
    let judged = try world.evaluation(asOf: day("2021-04-10"), knownAt: instant("2021-04-10"))
      .projects(["SNAP3-017"], recording: nil)[0]
    let missing = judged.plan.allMissing(knowing: judged.knowledge)
      .filter { $0.expected.end <= day("2021-04-10") }
    let page = TemplatePage(
      judged.plan, missing: missing, milestones: judged.plan.milestones, in: language)
    let empty = try world.file([arrival(page.csv)], at: instant("2021-04-10"))
    #expect(empty[0].receipt.errors.map(\.code) == [ProblemCode.empty.rawValue])
    let filled =
      String(decoding: page.csv, as: UTF8.self)
      .split(separator: "\r\n").map { line in
        var cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        // Half filled in: the milestone is still to come.
        if cells[2] == "postes" || cells[2] == "depenses" { cells[4] = "120" }
        return cells.joined(separator: ";")
      }.joined(separator: "\r\n") + "\r\n"
    let answer = try world.file([arrival(Array(filled.utf8))], at: instant("2021-04-10"))
    #expect(answer[0].receipt.errors.isEmpty && answer[0].receipt.rows == 3, "\(answer)")
  }
}
