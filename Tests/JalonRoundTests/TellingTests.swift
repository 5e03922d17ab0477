import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Telling: every run tells each reader what is new, once, in one letter")
struct TellingTests {
  static let settings: TellingSettings = {
    var configuration = Configuration()
    configuration.mail.from = "Jalon <jalon@example.fr>"
    configuration.alerts.digest = false
    return TellingSettings(configuration)
  }()

  /// Two projects of one programme, each with a team of its own.
  func world(followUp: String = #"["suivi@example.fr"]"#) throws -> InMemoryWorld {
    let world = InMemoryWorld()
    _ = try world.adopt(
      [
        SampleFiles.programme(followUp: followUp),
        SampleFiles.project(contacts: #"["a@example.fr"]"#),
        SampleFiles.project("SNAP3-018", contacts: #"["b@example.fr"]"#),
      ], at: instant("2021-01-01"))
    return world
  }

  /// An evaluation of the whole portfolio at 06:00, or some minutes later; what it queued.
  func evaluate(
    _ world: InMemoryWorld, _ date: String, minutes: Int = 360,
    settings: TellingSettings = settings
  ) throws -> [String] {
    let now = Instant(microseconds: instant(date).microseconds + Int64(minutes) * 60_000_000)
    let before = world.notebook.queued.count
    try world.evaluation(asOf: day(date), knownAt: now)
      .all(recording: Recording(at: now, telling: settings)) { _ in }
    return lines(world.notebook.queued.dropFirst(before))
  }

  /// What messages tell, as `reader: action kind project subject`.
  func lines(_ messages: some Sequence<OutgoingMessage>) -> [String] {
    messages.map { message in
      let told = message.decisions.map { decision in
        let key = decision.alert.alert.key
        return "\(decision.action.rawValue) \(key.kind.rawValue) \(key.project) \(key.subject)"
      }
      return message.rendered.recipient + ": " + told.sorted().joined(separator: ", ")
    }
  }

  @Test(
    "a late report goes to its team at once, and after two weeks to the follow-up team, together")
  func overdue() throws {
    let world = try world()
    #expect(try evaluate(world, "2021-04-04").isEmpty, "nothing is late, or due within ten days")
    #expect(
      try evaluate(world, "2021-04-05") == [
        "a@example.fr: fire due-soon SNAP3-017 report:2021-03-31",
        "b@example.fr: fire due-soon SNAP3-018 report:2021-03-31",
      ])
    let first = try evaluate(world, "2021-04-16")
    #expect(
      first == [
        "a@example.fr: fire milestone-overdue SNAP3-017 M1, "
          + "fire report-overdue SNAP3-017 2021-03-31",
        "b@example.fr: fire milestone-overdue SNAP3-018 M1, "
          + "fire report-overdue SNAP3-018 2021-03-31",
        "suivi@example.fr: fire gate-at-risk SNAP3-017 P1, fire gate-at-risk SNAP3-018 P1",
      ], "one letter for each reader")
    #expect(try evaluate(world, "2021-04-17").isEmpty)
    #expect(try evaluate(world, "2021-04-23").count == 3, "a week later")
    #expect(
      try evaluate(world, "2021-05-01").last?.contains("escalate report-overdue SNAP3-018") == true)
  }

  @Test("reminders keep their days, whatever else of the project is told between them")
  func series() throws {
    let world = try world()
    var days: [String] = []
    for number in 0...28 {
      let date = day("2021-04-16").adding(days: number).description
      let told = try evaluate(world, date).filter { $0.hasPrefix("suivi@") }
      #expect(told.count <= 1, "one letter a run and a reader: \(told)")
      if told.contains(where: { $0.contains("repeat gate-at-risk SNAP3-018") }) {
        days.append(date)
      }
      guard date == "2021-05-01" else { continue }
      #expect(told[0].contains("escalate report-overdue SNAP3-018"), "\(told)")
      #expect(told[0].contains("mention gate-at-risk SNAP3-018 P1"), "\(told)")
    }
    #expect(days == ["2021-04-23", "2021-04-30", "2021-05-07", "2021-05-14"])
  }

  @Test("what a file puts right is told as over; what waits five minutes is told then")
  func resolved() throws {
    let world = try world()
    _ = try evaluate(world, "2021-04-16")
    let bytes = SampleFiles.report(
      "postes;2021-Q1;;120;;;", "depenses;2021-Q1;achats;1;;;", "depenses;2021-Q1;études;1;;;",
      ";;;;;M1;2021-03-12")
    let now = Instant(microseconds: instant("2021-04-16").microseconds + 362 * 60_000_000)
    _ = try world.file([arrival(bytes, told: "SNAP3-017")], at: now, telling: Self.settings)
    let evaluation = try world.evaluation(asOf: day("2021-04-16"), knownAt: now)
    _ = try evaluation.projects(
      ["SNAP3-017"], recording: Recording(at: now, telling: Self.settings))
    #expect(world.notebook.queued.count == 3, "two minutes after the last word about it")
    let later = Instant(microseconds: now.microseconds + 4 * 60_000_000)
    try world.evaluation(asOf: day("2021-04-16"), knownAt: later)
      .tellWaiting(Self.settings, at: later)
    #expect(
      lines(world.notebook.queued.dropFirst(3)) == [
        "a@example.fr: resolve milestone-overdue SNAP3-017 M1, "
          + "resolve report-overdue SNAP3-017 2021-03-31",
        "suivi@example.fr: resolve gate-at-risk SNAP3-017 P1",
      ])
    #expect(
      world.notebook.alerts.filter { !$0.isClosed }.count { $0.alert.key.project == "SNAP3-017" }
        == 0)
  }

  @Test(
    "the template for what is missing travels with the reminder, and the dates for the calendar")
  func attachments() throws {
    let world = try world()
    _ = try evaluate(world, "2021-04-16")
    let letter = try #require(world.notebook.queued.first?.rendered)
    let text = String(decoding: letter.bytes, as: UTF8.self)
    #expect(text.contains("remontee-SNAP3-017-2021-04-16.csv"))
    #expect(text.contains("text/calendar"))
    let followUp = try #require(world.notebook.queued.last?.rendered)
    #expect(!String(decoding: followUp.bytes, as: UTF8.self).contains("remontee-"))
  }

  @Test("a cron that stopped is noticed by the daemon, and its return by the next evaluation")
  func evaluationMissed() throws {
    let world = try world()
    _ = try evaluate(world, "2021-02-01")
    func tick(_ date: String) throws -> [String] {
      let before = world.notebook.queued.count
      try world.evaluation(asOf: day(date), knownAt: instant(date))
        .tellWaiting(Self.settings, at: instant(date))
      return lines(world.notebook.queued.dropFirst(before))
    }
    #expect(try tick("2021-02-04").isEmpty)
    #expect(try tick("2021-02-05") == ["suivi@example.fr: fire evaluation-missed  "])
    #expect(try tick("2021-02-06").isEmpty)
    #expect(try evaluate(world, "2021-02-07") == ["suivi@example.fr: resolve evaluation-missed  "])
    #expect(try tick("2021-02-08").isEmpty)
  }

  @Test(
    "an address that no message reaches is told to those who follow its project, until one does")
  func undeliverable() throws {
    let world = try world()
    _ = try evaluate(world, "2021-04-16")
    world.notebook.fail(
      FailedDelivery(
        message: FailedMessage(
          number: 1, address: "a@example.fr", subject: "x", queuedAt: instant("2021-04-16"),
          reply: "550 5.1.1 no such user"), at: instant("2021-04-17"), projects: ["SNAP3-017"],
        programmes: ["SNAP3"]))
    #expect(
      try evaluate(world, "2021-04-17") == [
        "suivi@example.fr: fire mail-undeliverable  a@example.fr"
      ])
    world.notebook.repairMail()
    #expect(
      try evaluate(world, "2021-04-18") == [
        "suivi@example.fr: resolve mail-undeliverable  a@example.fr"
      ])
  }

  @Test("a follow-up address that fails is told to the others who follow, never to itself")
  func undeliverableFollowUp() throws {
    let world = try world(followUp: #"["suivi@example.fr", "dinum@example.fr"]"#)
    world.notebook.fail(
      FailedDelivery(
        message: FailedMessage(
          number: 1, address: "suivi@example.fr", subject: "x", queuedAt: instant("2021-02-01"),
          reply: "550"), at: instant("2021-02-01"), projects: [], programmes: []))
    #expect(
      try evaluate(world, "2021-02-02") == [
        "dinum@example.fr: fire mail-undeliverable  suivi@example.fr"
      ])
  }

  @Test("a silence hides, and its end is one letter that sums up what it hid")
  func silence() throws {
    let world = try world()
    world.notebook.silence(
      Silence(
        number: 1, project: "SNAP3-017", programme: nil, kind: nil, until: day("2021-04-30"),
        reason: "audit", by: "Zoé", user: "zoe", at: instant("2021-04-01")))
    for date in ["2021-04-16", "2021-04-30"] {
      #expect(try !evaluate(world, date).contains { $0.contains("SNAP3-017") })
    }
    let summary = try evaluate(world, "2021-05-01").filter { $0.contains("SNAP3-017") }
    #expect(summary.count == 2, "one to the team, one to the follow-up team: \(summary)")
    #expect(world.notebook.alerts.allSatisfy { $0.hiddenBy == nil })
  }

  @Test(
    "a correction that turns the recommendation under a decision is told", arguments: [true, false])
  func contradicted(_ isCorrected: Bool) throws {
    let world = try world()
    _ = try evaluate(world, "2021-07-20")
    world.notebook.decide(
      "SNAP3-017",
      Decision(
        phase: "P1", verdict: .withhold, at: instant("2021-07-21"), on: day("2021-07-21"),
        stood: .withhold))
    let after = try evaluate(world, "2021-07-22")
    #expect(after.count == 1 && after[0].contains("resolve gate-withhold SNAP3-017 P1"), "\(after)")
    guard isCorrected else { return }
    let bytes = SampleFiles.report(
      "postes;2021-Q1;;310;;;", "postes;2021-Q2;;350;;;", "depenses;2021-Q1;achats;1;;;",
      "depenses;2021-Q1;études;1;;;", "depenses;2021-Q2;achats;1;;;",
      "depenses;2021-Q2;études;1;;;", ";;;;;M1;2021-03-12")
    let filed = try world.file([arrival(bytes, told: "SNAP3-017")], at: instant("2021-10-05"))
    try #require(filed.first?.receipt.status == .accepted, "\(filed)")
    let told = try evaluate(world, "2021-10-06").filter { $0.contains("SNAP3-017") }
    #expect(told.contains { $0.contains("fire decision-contradicted SNAP3-017 P1") }, "\(told)")
  }

  @Test("the digest goes out on the first run of a week, to those who follow, once")
  func digest() throws {
    let world = try world()
    var settings = Self.settings
    settings.digest = true
    func digests(_ date: String) throws -> [String] {
      let before = world.notebook.queued.count
      _ = try evaluate(world, date, settings: settings)
      return world.notebook.queued.dropFirst(before).filter { $0.kind == .digest }
        .map(\.rendered.recipient)
    }
    #expect(try digests("2021-02-04").isEmpty, "a Thursday: the first week begins on a Monday")
    #expect(try digests("2021-02-08") == ["suivi@example.fr"], "a Monday")
    #expect(try digests("2021-02-09").isEmpty)
    #expect(try digests("2021-02-17") == ["suivi@example.fr"], "a Wednesday, the week's first run")
    #expect(try digests("2021-02-18").isEmpty)
  }

  @Test("without anybody to tell nothing is kept as told: whoever is named later hears of it")
  func nobody() throws {
    let world = try world(followUp: "[]")
    #expect(try !evaluate(world, "2021-07-20").contains { $0.contains("gate-withhold") })
    _ = try world.adopt(
      [SampleFiles.programme(followUp: #"["suivi@example.fr"]"#)], only: ["SNAP3"],
      at: instant("2021-07-21"))
    #expect(
      try evaluate(world, "2021-07-21").contains { $0.contains("fire gate-withhold SNAP3-017") })
  }
}
