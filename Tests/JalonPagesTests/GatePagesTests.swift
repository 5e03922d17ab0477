import JalonCore
import JalonPages
import JalonTesting
import Testing

@Suite("Pages about gates read as they should, in French and in English")
struct GatePagesTests {
  let day = SampleStory.day
  let knownAt = SampleStory.knownAt

  func flags(_ language: Language) throws -> FlagsPage {
    let story = try SampleStory(language)
    let flags = try ["SNAP3-018", "SNAP3-017"].map { Flag(try story.explanation($0, "P1")) }
    return FlagsPage(flags, asOf: day, knownAt: knownAt, in: language)
  }

  @Test("the flagged projects, with the rows behind each reason", arguments: Language.allCases)
  func flagged(_ language: Language) throws {
    try expectPage(flags(language).text(width: 100), "flags", language)
  }

  @Test("the flagged projects for programs", arguments: Language.allCases)
  func flaggedJSON(_ language: Language) throws {
    let text = String(decoding: try flags(language).json.indented, as: UTF8.self)
    try expectPage(text, "flags-json", language)
  }

  @Test("nothing flagged", arguments: Language.allCases)
  func nothing(_ language: Language) {
    let text = FlagsPage([], asOf: day, knownAt: knownAt, in: language).text(width: 80)
    #expect(
      text
        == (language == .french
          ? "Aucun financement à suspendre au 20/07/2021.\n"
          : "No payment to withhold as of 2021-07-20.\n"))
  }

  @Test("a gate that somebody decided to withhold says so, not that a condition failed")
  func decided() throws {
    var explanation = try SampleStory(.french).explanation("SNAP3-019", "P1")
    var knowledge = Knowledge()
    knowledge.decisions = [Decision(phase: "P1", verdict: .withhold, at: knownAt, on: day)]
    explanation.gate = try #require(
      try Judge(explanation.plan, knowing: knowledge).gates(asOf: day).first)
    let text = FlagsPage(
      [Flag(explanation)], asOf: day, knownAt: knownAt, in: .french
    ).text(width: 100)
    #expect(text.contains("suspension décidée, depuis le 20/07/2021"), "\(text)")
    #expect(!text.contains("condition non remplie"))
  }

  @Test("worst first: the most money, then the oldest, then by id")
  func order() throws {
    let story = try SampleStory(.french)
    var dear = try story.explanation("SNAP3-018", "P1")
    dear.plan = Plan(
      project: SampleFiles.dear("SNAP3-099"), programme: SampleFiles.programmeValue)
    dear.gate = try #require(
      try Judge(dear.plan, knowing: Knowledge()).gates(asOf: day).first)
    let flags = [
      Flag(try story.explanation("SNAP3-018", "P1")),
      Flag(try story.explanation("SNAP3-017", "P1")), Flag(dear),
    ]
    let ids = flags.sorted(by: Flag.worstFirst).map(\.plan.project.id)
    #expect(ids == ["SNAP3-099", "SNAP3-017", "SNAP3-018"])
  }

  @Test(
    "why a gate stands where it stands",
    arguments: ["SNAP3-017", "SNAP3-019"], Language.allCases)
  func explanation(_ project: String, _ language: Language) throws {
    let explanation = try SampleStory(language).explanation(project, "P1")
    let page = ExplanationPage(explanation, in: language)
    try expectPage(page.text(width: 100), "explanation-\(project)", language)
  }

  @Test("why, for programs")
  func explanationJSON() throws {
    let explanation = try SampleStory(.english).explanation("SNAP3-017", "P1")
    let json = ExplanationPage(explanation, in: .english).json.indented
    try expectPage(String(decoding: json, as: UTF8.self), "explanation-json", .english)
  }

  @Test("where projects stand", arguments: [80, 120], Language.allCases)
  func overview(_ width: Int, _ language: Language) throws {
    let page = StatusPage(asOf: day, knownAt: knownAt, in: language)
    let text = page.overview(try SampleStory(language).statuses(), width: width)
    try expectPage(text, "status-\(width)", language)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
  }

  @Test("one project whole", arguments: Language.allCases)
  func whole(_ language: Language) throws {
    let story = try SampleStory(language)
    let status = try #require(try story.statuses().first { $0.plan.project.id == "SNAP3-018" })
    let page = StatusPage(asOf: day, knownAt: knownAt, in: language)
    let text = page.whole(status, received: try story.received("SNAP3-018"), width: 80)
    try expectPage(text, "status-whole", language)
  }

  @Test("a project whose figures overflow is said not to be judged", arguments: Language.allCases)
  func overflow(_ language: Language) throws {
    let page = StatusPage(asOf: day, knownAt: knownAt, in: language)
    let status = ProjectStatus(plan: SampleFiles.plan, gates: nil, missing: [])
    try expectPage(page.whole(status, received: [], width: 80), "status-overflow", language)
  }

  @Test("what an evaluation found", arguments: Language.allCases)
  func summary(_ language: Language) throws {
    let page = EvaluationSummaryPage(asOf: day, knownAt: knownAt, in: language)
    let text = page.text(
      projects: 1200, flagged: 2, counts: [.withhold: 2, .release: 1198],
      changes: [
        .init(
          project: "SNAP3-017", phase: "P1", before: .atRisk, now: .withhold,
          fundsAtStake: Quantity(450_000)),
        .init(
          project: "SNAP3-018", phase: "P1", before: nil, now: .pending,
          fundsAtStake: Quantity(1_350_000)),
      ])
    try expectPage(text, "evaluation", language)
  }
}

extension SampleFiles {
  /// The sample project with twice the money.
  static func dear(_ id: String) -> Project {
    var project = projectValue
    project.id = id
    project.phases[1].funding = Quantity(900_000)
    return project
  }
}
