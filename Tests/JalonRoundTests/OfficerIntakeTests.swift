import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Officers' doors: a file of acts counts whole, or is refused with all that is wrong with it")
struct OfficerIntakeTests {
  private let deciding = DecidingTests()

  private func withheld() throws -> InMemoryWorld {
    let world = try deciding.world()
    try deciding.evaluate(world, "2021-07-20")
    return world
  }

  private func file(
    _ rows: [String], of officer: String = "roux", in world: InMemoryWorld,
    on date: String = "2021-07-21", secondPerson: Bool = false
  ) throws -> Receipt {
    let header = "act;project;phase;criterion;indicator;period;sha256;number;reason;by;anyway"
    let bytes = Array(([header] + rows).joined(separator: "\n").utf8) + [0x0A]
    let intake = OfficerIntake(
      world.notebook.port, world.archive, world.world,
      Deciding.Terms(secondPerson: secondPerson, telling: TellingTests.settings))
    var arrival = arrival(bytes, "acts.csv", told: nil)
    arrival.door = "doors/.decisions/" + officer
    let filed = try intake.file(arrival, of: officer, now: instant(date))
    #expect(readReceipt(filed.json) == filed.receipt, "it ends what a crash cut short")
    return filed.receipt
  }

  private static let withhold = "withhold;SNAP3-017;P1;;;;;;M1 missing;;"
  private static let release = "release;SNAP3-017;P1;;;;;;seen;;"

  @Test("acts are recorded as the officer's, told once, and named in the receipt")
  func recorded() throws {
    let world = try withheld()
    let before = world.notebook.queued.count
    let receipt = try file(
      ["waive;SNAP3-017;P1;milestone:M1;;;;;amendment;C. Roux;", Self.release], in: world)
    #expect(receipt.status == .accepted && receipt.rows == 2 && receipt.errors == [])
    #expect(receipt.acts?.map(\.number) == [1, 2])
    #expect(receipt.acts?.map(\.isEffective) == [true, true])
    let acts = world.notebook.acts
    #expect(acts.map(\.signature.user) == ["roux", "roux"])
    #expect(acts.map(\.signature.name) == ["C. Roux", "roux"])
    #expect(acts.map(\.signature.way) == [.door, .door])
    #expect(try deciding.effective(world, "2021-07-22") == "release")
    let readers = world.notebook.queued.dropFirst(before).map(\.rendered.recipient)
    #expect(readers.sorted() == ["a@example.fr", "suivi@example.fr"], "one letter a reader")
    #expect(world.archived.count == 1, "the file's bytes are kept like any other's")
    let entries = world.notebook.ledger.suffix(5).map(\.kind)
    #expect(entries.contains("waive") && entries.contains("decide") && entries.last == "submission")
  }

  @Test("one wrong row, and nothing of the file counts; what is wrong is told at once, in order")
  func refused() throws {
    let world = try withheld()
    let receipt = try file(
      [
        Self.withhold, "waive;SNAP3-017;P1;milestone:M9;;;;;x;;", "withold;SNAP3-017;P1;;;;;;x;;",
        "release;SNAP3-01;P1;;;;;;x;;", "release;SNAP3-017;P9;;;;;;x;;",
        "contest;SNAP3-017;;;posts;2021-03;;;x;;", "contest;SNAP3-017;;;postes;2021-03;;;x;;",
        "take back;SNAP3-017;P2;;;;;;x;;", "confirm;;;;;;;9;x;;",
        "expunge;;;;;;\(SHA256.hash([1]).hexadecimal);;x;;",
      ], in: world)
    #expect(receipt.status == .rejected && receipt.rows == 0 && receipt.acts == [])
    #expect(
      receipt.errors.map(\.code) == [
        "criterion-unknown", "act", "project-unknown", "phase-unknown", "indicator-unknown",
        "figure-unknown", "nothing-to-take-back", "act-unknown", "file-unknown",
      ])
    #expect(receipt.errors.map(\.line) == Array(3...11))
    #expect(receipt.errors.first?.message.contains("milestone:M1") == true, "what was meant")
    #expect(world.notebook.acts.isEmpty)
    #expect(try deciding.effective(world, "2021-07-22") == "withhold")
    #expect(!world.notebook.ledger.contains { $0.kind == "decide" })
  }

  @Test("the same file again changes nothing, from the same officer; another's is their own")
  func duplicate() throws {
    let world = try withheld()
    let first = try file([Self.withhold], in: world)
    let again = try file([Self.withhold], in: world, on: "2021-07-22")
    #expect(again.status == .duplicate && again.duplicateOf == first.id)
    let other = try file([Self.withhold], of: "faure", in: world, on: "2021-07-23")
    #expect(other.status == .accepted && world.notebook.acts.count == 2)
  }

  @Test("another's decision, or a verdict that has changed, is gone against only on purpose")
  func anyway() throws {
    let world = try withheld()
    _ = try file([Self.withhold], in: world)
    let against = try file([Self.release], of: "faure", in: world, on: "2021-07-22")
    #expect(against.errors.map(\.code) == ["already-decided"])
    #expect(against.errors.first?.message.contains("roux") == true)
    let insisting = try file(
      ["release;SNAP3-017;P1;;;;;;seen;;oui"], of: "faure", in: world, on: "2021-07-23")
    #expect(insisting.status == .accepted)
    #expect(try deciding.effective(world, "2021-07-24") == "release")
    let early = try deciding.world()
    try deciding.evaluate(early, "2021-05-20")
    #expect(try file([Self.withhold], in: early).errors.map(\.code) == ["verdict-changed"])
  }

  @Test("where a second person is asked for, it is another officer's file that gives effect")
  func secondPerson() throws {
    let world = try withheld()
    let asked = try file([Self.release], in: world, secondPerson: true)
    #expect(asked.acts?.map(\.isEffective) == [false])
    #expect(try deciding.effective(world, "2021-07-22") == "withhold")
    let own = try file(["confirm;;;;;;;1;me again;;"], in: world, secondPerson: true)
    #expect(own.errors.map(\.code) == ["same-person"])
    let second = try file(
      ["confirm;;;;;;;1;seen;;"], of: "faure", in: world, on: "2021-07-23", secondPerson: true)
    #expect(second.acts?.map(\.isEffective) == [true])
    #expect(try deciding.effective(world, "2021-07-24") == "release")
  }

  @Test("what is no file is refused like a team's, and a clock set back reorders nothing")
  func oddArrivals() throws {
    let world = try withheld()
    let intake = OfficerIntake(
      world.notebook.port, world.archive, world.world,
      Deciding.Terms(secondPerson: false, telling: nil))
    let link = Arrival(
      told: nil, file: "link", name: Array("link".utf8),
      content: .refused(Sentence(french: "un lien", english: "a link")))
    let refused = try intake.file(link, of: "roux", now: instant("2021-07-21")).receipt
    #expect(refused.errors.map(\.code) == ["syntax"] && refused.acts == [])
    let earlier = try file([Self.withhold], in: world, on: "2021-07-20")
    #expect(earlier.receivedAt == instant("2021-07-21"))
  }
}
