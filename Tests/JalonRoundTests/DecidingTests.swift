import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Deciding: what officers do is entered, judged and told at once, and never edited")
struct DecidingTests {
  static let roux = Author(name: "C. Roux", user: "roux", reason: "vu en comité")
  static let faure = Author(name: "D. Faure", user: "faure", reason: "vu")

  func world(lead: String = "Ministère") throws -> InMemoryWorld {
    let world = InMemoryWorld()
    let project = SampleFiles.project(contacts: #"["a@example.fr"]"#)
      .replacing("\"lead\": \"Ministère\"", "\"lead\": \"\(lead)\"")
    _ = try world.adopt(
      [SampleFiles.programme(followUp: #"["suivi@example.fr"]"#), project],
      at: instant("2021-01-01"))
    return world
  }

  func evaluate(_ world: InMemoryWorld, _ date: String) throws {
    try world.evaluation(asOf: day(date), knownAt: instant(date))
      .all(recording: Recording(at: instant(date), telling: TellingTests.settings)) { _ in }
  }

  func deciding(
    _ world: InMemoryWorld, _ date: String, secondPerson: Bool = false
  ) -> Deciding {
    Deciding(
      world.notebook.port, world.world,
      Deciding.Terms(secondPerson: secondPerson, telling: TellingTests.settings),
      now: instant(date))
  }

  func effective(_ world: InMemoryWorld, _ date: String) throws -> String? {
    try world.evaluation(asOf: day(date), knownAt: instant(date))
      .projects(["SNAP3-017"], recording: nil).first?.gates.get().first?.effective
  }

  @Test(
    "a decision holds from its day on, with the recommendation that stood, and is in the ledger")
  func decision() throws {
    let world = try world()
    try evaluate(world, "2021-07-20")
    let act = try deciding(world, "2021-07-21").perform(
      .decide(phase: "P1", .release), about: "SNAP3-017", by: Self.roux, way: .shell)
    #expect(act.number == 1 && act.stood == .gate(.withhold) && act.rules == Judge.rulesVersion)
    #expect(try effective(world, "2021-07-22") == "release")
    #expect(try effective(world, "2021-07-20") == "withhold", "what was known the day before")
    let entry = try #require(world.notebook.ledger.last { $0.kind == "decide" })
    #expect(entry.subject == "SNAP3-017" && entry.body.contains("\"stood\":\"withhold\""))
    #expect(
      world.notebook.queued.last?.decisions.contains { $0.action == .resolve } == true,
      "those who were told of the gate hear that it is decided")
  }

  @Test("taking a decision back is a new entry, and the recommendation holds again")
  func takenBack() throws {
    let world = try world()
    try evaluate(world, "2021-07-20")
    _ = try deciding(world, "2021-07-21").perform(
      .decide(phase: "P1", .release), about: "SNAP3-017", by: Self.roux, way: .shell)
    _ = try deciding(world, "2021-07-23").perform(
      .decide(phase: "P1", nil), about: "SNAP3-017", by: Self.faure, way: .shell)
    #expect(try effective(world, "2021-07-24") == "withhold")
    #expect(try effective(world, "2021-07-22") == "release", "as it was known then")
    #expect(world.notebook.acts.count == 2)
    #expect(throws: DecidingError.nothingToTakeBack) {
      try deciding(world, "2021-07-25").perform(
        .decide(phase: "P1", nil), about: "SNAP3-017", by: Self.faure, way: .shell)
    }
  }

  @Test("what a killed command had recorded is there once when the command is given again")
  func again() throws {
    let world = try world()
    try evaluate(world, "2021-07-20")
    for _ in 0..<2 {
      let act = try deciding(world, "2021-07-21").perform(
        .decide(phase: "P1", .withhold), about: "SNAP3-017", by: Self.roux, way: .shell)
      #expect(act.number == 1)
      let waiver = try deciding(world, "2021-07-21").perform(
        .waive(phase: "P1", criterion: "milestone:M1", isTakenBack: false), about: "SNAP3-017",
        by: Self.roux, way: .shell)
      #expect(waiver.number == 2)
    }
    #expect(world.notebook.acts.count == 2)
    #expect(world.notebook.ledger.filter { $0.kind == "decide" || $0.kind == "waive" }.count == 2)
    // Another's word, or another reason, is another act.
    _ = try deciding(world, "2021-07-22").perform(
      .decide(phase: "P1", .withhold), about: "SNAP3-017", by: Self.faure, way: .shell)
    #expect(world.notebook.acts.count == 3)
    // And so is the first one's, now that somebody else's stands.
    _ = try deciding(world, "2021-07-23").perform(
      .decide(phase: "P1", .withhold), about: "SNAP3-017", by: Self.roux, way: .shell)
    #expect(world.notebook.acts.count == 4)
  }

  @Test("a waiver that changes the verdict, or a contest, is there once when given again")
  func againAfterItsEffect() throws {
    let world = try world()
    let bytes = SampleFiles.report(
      "postes;2021-Q1;;310;;;", "postes;2021-Q2;;350;;;", "depenses;2021-Q1;achats;1;;;",
      "depenses;2021-Q1;études;1;;;", "depenses;2021-Q2;achats;1;;;",
      "depenses;2021-Q2;études;1;;;")
    _ = try world.file([arrival(bytes, told: "SNAP3-017")], at: instant("2021-07-05"))
    try evaluate(world, "2021-07-20")
    let last = try #require(Period(.quarterly, year: 2021, ordinal: 2))
    for turn in 0..<2 {
      let waiver = try deciding(world, "2021-07-21").perform(
        .waive(phase: "P1", criterion: "milestone:M1", isTakenBack: false), about: "SNAP3-017",
        by: Self.roux, way: .shell)
      #expect(waiver.number == 1 && waiver.stood == .gate(.withhold), "turn \(turn)")
    }
    for turn in 0..<2 {
      let contest = try deciding(world, "2021-07-22").perform(
        .contest(indicator: "postes", last, isTakenBack: false), about: "SNAP3-017",
        by: Self.roux, way: .shell)
      #expect(contest.number == 2, "turn \(turn)")
      #expect(contest.stood?.rawValue == "P1: release, P2: pending")
    }
    #expect(world.notebook.acts.count == 2)
  }

  @Test(
    "a second person is asked for where configured, and always where an operator leads the project",
    arguments: [(true, "Ministère"), (false, "DINUM"), (false, "dinum")])
  func secondPerson(_ configured: Bool, lead: String) throws {
    let world = try world(lead: lead)
    try evaluate(world, "2021-07-20")
    let act = try deciding(world, "2021-07-21", secondPerson: configured).perform(
      .decide(phase: "P1", .release), about: "SNAP3-017", by: Self.roux, way: .shell)
    #expect(act.needsSecond && act.effective == nil)
    #expect(try effective(world, "2021-07-22") == "withhold", "without effect as yet")
    #expect(throws: DecidingError.samePerson("roux")) {
      try deciding(world, "2021-07-22").confirm(act.number, by: Self.roux, way: .door)
    }
    let word = Author(name: "D. Faure", user: "faure", reason: "")
    let seconded = try deciding(world, "2021-07-23").confirm(act.number, by: word, way: .shell)
    let text = ActsPage(in: .english).text([seconded], width: 200)
    #expect(text.contains("D. Faure (faure)\n"), "nothing to add: \(text)")
    #expect(try effective(world, "2021-07-24") == "release")
    #expect(try effective(world, "2021-07-22") == "withhold", "it counts from the second word on")
    #expect(throws: DecidingError.nothingToConfirm(act.number)) {
      try deciding(world, "2021-07-24").confirm(act.number, by: Self.faure, way: .shell)
    }
  }

  @Test("a verdict that has changed since it was recorded is looked at again, or decided anyway")
  func changedMeanwhile() throws {
    let world = try world()
    try evaluate(world, "2021-05-20")
    let late = deciding(world, "2021-07-21")
    #expect(throws: DecidingError.verdictChanged(from: .atRisk, to: .withhold)) {
      try late.perform(
        .decide(phase: "P1", .withhold), about: "SNAP3-017", by: Self.roux, way: .shell)
    }
    #expect(world.notebook.acts.isEmpty)
    _ = try late.perform(
      .decide(phase: "P1", .withhold), about: "SNAP3-017", by: Self.roux, way: .shell, anyway: true)
    #expect(throws: DecidingError.alreadyDecided(.withhold, by: "C. Roux", on: day("2021-07-21"))) {
      try deciding(world, "2021-07-22").perform(
        .decide(phase: "P1", .release), about: "SNAP3-017", by: Self.faure, way: .shell)
    }
  }

  @Test("a waiver drops one criterion; taken back, it is asked for again")
  func waiver() throws {
    let world = try world()
    func status(_ date: String) throws -> Status? {
      try world.evaluation(asOf: day(date), knownAt: instant(date))
        .projects(["SNAP3-017"], recording: nil).first?.gates.get().first?.criteria
        .first { $0.id == "milestone:M1" }?.status
    }
    func waive(_ date: String, isTakenBack: Bool) throws {
      _ = try deciding(world, date).perform(
        .waive(phase: "P1", criterion: "milestone:M1", isTakenBack: isTakenBack),
        about: "SNAP3-017", by: Self.roux, way: .shell)
    }
    try waive("2021-05-01", isTakenBack: false)
    #expect(try status("2021-05-02") == .waived)
    try waive("2021-05-03", isTakenBack: true)
    #expect(try status("2021-05-04") == .unmet)
    #expect(throws: DecidingError.nothingToTakeBack) { try waive("2021-05-05", isTakenBack: true) }
    #expect(
      throws: DecidingError.unknownCriterion("milestone:M2", phase: "P1", nearest: "milestone:M1")
    ) {
      try deciding(world, "2021-05-05").perform(
        .waive(phase: "P1", criterion: "milestone:M2", isTakenBack: false), about: "SNAP3-017",
        by: Self.roux, way: .shell)
    }
  }

  @Test("a contest sets a figure aside; taken back, the figure counts again")
  func contest() throws {
    let world = try world()
    let first = try #require(Period(.quarterly, year: 2021, ordinal: 1))
    func contest(_ date: String, isTakenBack: Bool) throws {
      _ = try deciding(world, date).perform(
        .contest(indicator: "postes", first, isTakenBack: isTakenBack), about: "SNAP3-017",
        by: Self.roux, way: .shell)
    }
    #expect(throws: DecidingError.nothingReported(indicator: "postes", period: first)) {
      try contest("2021-04-09", isTakenBack: false)
    }
    _ = try world.file(
      [arrival(SampleFiles.report("postes;2021-Q1;;120;;;"), told: "SNAP3-017")],
      at: instant("2021-04-10"))
    func isCounted(_ date: String) throws -> Bool {
      try world.evaluation(asOf: day(date), knownAt: instant(date))
        .projects(["SNAP3-017"], recording: nil).first?.knowledge.units["postes"]?.isEmpty == false
    }
    try contest("2021-04-12", isTakenBack: false)
    #expect(
      world.notebook.acts.last?.stood
        == .project([.init("P1", .pending), .init("P2", .notReached)])
    )
    let entry = try #require(world.notebook.ledger.last { $0.kind == "contest" })
    #expect(entry.body.contains("\"stood\":\"P1: pending, P2: notReached\""), "\(entry.body)")
    #expect(try !isCounted("2021-04-13"))
    try contest("2021-04-14", isTakenBack: true)
    #expect(try isCounted("2021-04-15"))
  }

  @Test("bytes that were expunged are not archived when they come again")
  func expunged() throws {
    let world = try world()
    let bytes = SampleFiles.report("postes;2021-Q1;;?;;;")
    _ = try world.file([arrival(bytes, told: "SNAP3-017")], at: instant("2021-04-10"))
    let digest = SHA256.hash(bytes)
    #expect(world.archived[digest] != nil)
    _ = try deciding(world, "2021-04-11").perform(
      .expunge(digest), about: "SNAP3-017", by: Self.roux, way: .shell)
    #expect(
      world.notebook.acts.last?.stood
        == .project([.init("P1", .pending), .init("P2", .notReached)])
    )
    world.forget(digest)
    _ = try world.file([arrival(bytes, told: "SNAP3-017")], at: instant("2021-04-12"))
    #expect(world.archived[digest] == nil)
    #expect(world.notebook.filed.count == 2, "that it came is known all the same")
  }

  @Test("an act that cannot be entered whole changes nothing")
  func together() throws {
    let world = try world()
    try evaluate(world, "2021-07-20")
    world.notebook.refusesLedger = "decide"
    #expect(throws: (any Error).self) {
      try deciding(world, "2021-07-21").perform(
        .decide(phase: "P1", .release), about: "SNAP3-017", by: Self.roux, way: .shell)
    }
    #expect(world.notebook.acts.isEmpty)
    #expect(try effective(world, "2021-07-22") == "withhold")
  }
}
