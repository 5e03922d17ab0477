import JalonCore
import JalonRound
import JalonTesting
import Testing

@Suite("Evaluation: judges what is known, records what changed, and stops for nobody's overflow")
struct EvaluationTests {
  /// Judges every project and returns the phases that changed, by project.
  func record(_ world: InMemoryWorld, asOf text: String) throws -> [String] {
    let evaluation = try world.evaluation(asOf: day(text), knownAt: instant(text))
    var changes: [String] = []
    try evaluation.all(recording: Recording(at: instant(text), telling: nil)) { judged in
      changes += judged.flatMap { project in
        project.changes.map {
          "\(project.plan.project.id) \($0.now.phase) "
            + "\($0.before?.recommendation.rawValue ?? "-") \($0.now.recommendation.rawValue)"
        }
      }
    }
    return changes
  }

  @Test("records only what changed; a gate not reached is no news")
  func changes() throws {
    let world = try sampleWorld()
    #expect(
      try world.notebook.port.gates.latest("SNAP3-017").map(\.phase) == ["P1"],
      "adopting records where things stand; P2 is not reached")
    #expect(try record(world, asOf: "2021-02-01") == [])
    let entries = world.notebook.ledger.filter { $0.kind == "recommendation" }.count
    #expect(try record(world, asOf: "2021-02-02") == [], "nothing new the day after")
    #expect(world.notebook.ledger.filter { $0.kind == "recommendation" }.count == entries)
    #expect(
      try record(world, asOf: "2021-04-20") == ["SNAP3-017 P1 pending atRisk"],
      "the milestone is late; P2 is still far away")
    let last = try #require(world.notebook.ledger.last)
    #expect(last.kind == "recommendation" && last.subject == "SNAP3-017")
    #expect(last.body.contains("\"before\":\"pending\",\"recommendation\":\"atRisk\""))
    #expect(try record(world, asOf: "2021-07-20") == ["SNAP3-017 P1 atRisk withhold"])
  }

  @Test("asking records nothing")
  func asking() throws {
    let world = try sampleWorld()
    let entries = world.notebook.ledger
    #expect(try world.recommendations(asOf: "2021-07-20") == [.withhold, .notReached])
    #expect(world.notebook.ledger == entries)
  }

  @Test("the overflow of one project leaves the others judged and recorded")
  func overflow() throws {
    let world = try sampleWorld()
    _ = try world.adopt(
      [SampleFiles.programme(), SampleFiles.project(), overflowing], at: instant("2021-01-02"))
    let bytes = Array((Self.unwieldy.joined(separator: "\n") + "\n").utf8)
    let filed = try world.file([arrival(bytes, told: "SNAP3-018")], at: instant("2026-01-10"))
    try #require(filed[0].receipt.status == .accepted, "\(filed)")
    let evaluation = try world.evaluation(asOf: day("2026-01-20"), knownAt: instant("2026-01-20"))
    var judged: [String: Bool] = [:]
    try evaluation.all(recording: Recording(at: instant("2026-01-20"), telling: nil)) {
      for project in $0 { judged[project.plan.project.id] = (try? project.gates.get()) != nil }
    }
    #expect(judged == ["SNAP3-017": true, "SNAP3-018": false])
    #expect(try world.notebook.port.gates.latest("SNAP3-017").first?.recommendation == .withhold)
    #expect(throws: ComputedOverflow.self) { try evaluation.explain("SNAP3-018", "P1") }
  }

  /// A project that sums weighted means.
  var overflowing: PortfolioFile {
    SampleFiles.project("SNAP3-018")
      .replacing(
        "\"kind\": \"flow\",", "\"kind\": \"flow\", \"across\": \"mean\", \"cadence\": \"monthly\","
      )
      .replacing("{ \"indicator\": \"postes\"", "{ \"indicator\": \"depenses\"")
  }

  /// Five years of means whose denominators have nothing in common: each adds fifty bits to the sum.
  static let unwieldy =
    ["indicateur;periode;profil;valeur;poids"]
    + (0..<60).flatMap { month in
      let period = "\(2021 + month / 12)-M\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
      return [
        "depenses;\(period);achats;1;999999999,\(999_937 - 7_919 * month)",
        "depenses;\(period);études;2;999999999",
      ]
    }

  @Test("a past question is answered with the version in force then, and the files known then")
  func past() throws {
    let world = try sampleWorld()
    try world.receive(["postes;2021-Q1;;150;;;", ";;;;;M1;2021-03-12"], on: "2021-04-10")
    try world.receive(["postes;2021-Q2;;250;;;", "depenses;2021-Q2;;1;;;"], on: "2021-07-10")
    #expect(try world.recommendations(asOf: "2021-07-20") == [.withhold, .notReached])
    _ = try world.adopt(
      [SampleFiles.programme(), SampleFiles.project(minimum: "200")], at: instant("2021-08-01"))
    #expect(try world.recommendations(asOf: "2021-08-02") == [.release, .pending])
    #expect(
      try world.recommendations(asOf: "2021-07-20", isPresent: false) == [.withhold, .notReached],
      "an amended plan never rewrites a past verdict")
    #expect(
      try world.recommendations(asOf: "2021-07-20", knownAt: "2021-08-02", isPresent: false)
        == [.release, .pending], "that day, as it looks now")
    #expect(
      try world.recommendations(asOf: "2021-07-20", knownAt: "2021-07-01", isPresent: false)
        == [.withhold, .notReached], "before the second file came")
    #expect(
      try world.recommendations(asOf: "2020-12-01", isPresent: false)
        == [.notReached, .notReached], "before the first version, the first")
  }

  @Test("what came while the clock was ahead is known when it is set right, and after, too")
  func clockSetBack() throws {
    let world = try sampleWorld()
    try world.receive(["postes;2021-Q1;;150;;;", ";;;;;M1;2021-03-12"], on: "2026-07-05")
    // Its instant is that of the file before it: order is never turned round.
    try world.receive(["postes;2021-Q2;;400;;;", "depenses;2021-Q2;;1;;;"], on: "2021-07-10")
    let now = try world.evaluation(asOf: day("2021-07-20"), knownAt: instant("2021-07-20"))
    let judged = try #require(
      try now.projects(
        ["SNAP3-017"], recording: Recording(at: instant("2021-07-20"), telling: nil)
      ).first)
    #expect(judged.knowledge.units["postes"]?.count == 2)
    #expect(judged.knownAt == instant("2026-07-05"))
    // Who asks for what was known before gets just that.
    let then = try world.evaluation(
      asOf: day("2021-07-20"), knownAt: instant("2021-07-20"), isPresent: false)
    let before = try then.projects(["SNAP3-017"], recording: nil).first
    #expect(before?.knowledge.units["postes"] == nil)
  }

  @Test("an unknown project is named, with the nearest known one")
  func unknown() throws {
    let world = try sampleWorld()
    #expect(throws: RoundError.unknownProject("SNAP3-071", nearest: "SNAP3-017")) {
      try world.recommendations(asOf: "2021-07-20", "SNAP3-071")
    }
    #expect(throws: RoundError.nothingAdopted) {
      try InMemoryWorld().recommendations(asOf: "2021-07-20")
    }
  }

  @Test("every project is judged once, whatever fits into one piece of the walk")
  func many() throws {
    let world = InMemoryWorld()
    let files = (1...260).map { SampleFiles.project("P-A\($0)") }
    _ = try world.adopt([SampleFiles.programme()] + files, at: instant("2021-01-01"))
    var seen: [String] = []
    try world.evaluation(asOf: day("2021-07-20"), knownAt: instant("2021-07-20"))
      .all(recording: nil) { seen += $0.map(\.plan.project.id) }
    #expect(seen.count == 260 && Set(seen).count == 260)
  }
}
