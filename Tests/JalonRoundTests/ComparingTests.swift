import JalonCore
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Explaining years later: what was recorded, what came since, what changed a verdict")
struct ComparingTests {
  let story: AmendedStory

  init() throws { story = try AmendedStory(.english) }

  @Test("what has come since is told with what it would change, as of the same day")
  func since() throws {
    let explanation = try story.explanation()
    #expect(explanation.gate.recommendation == .withhold)
    let since = try #require(explanation.since)
    #expect(
      since.after?.recommendation == .release && since.questions.after.asOf == AmendedStory.day)
    #expect(since.arrivals.map(\.file.file) == ["t2 corrigé.csv"])
    #expect(since.versions.map(\.reason) == ["Avenant"])
    #expect(since.deeds.map(\.deed) == [.decide(phase: "P1", .release)])
    #expect(
      since.difference.criteria.map(\.id) == ["threshold:postes", "deviation:postes"])
  }

  @Test("a replaced figure names both files, lines and values")
  func figures() throws {
    let difference = try story.comparison().difference
    let change = try #require(difference.figures.first)
    #expect(difference.figures.count == 1)
    #expect(change.before?.observation.value == Quantity(250) && change.before?.source.line == 2)
    #expect(change.after?.observation.value == Quantity(310) && !change.isContested)
    let files = try story.comparison().files
    #expect(files[change.before?.source.submission ?? 0]?.file == "t2.csv")
    #expect(files[change.after?.source.submission ?? 0]?.file == "t2 corrigé.csv")
  }

  @Test("nothing between two instants of quiet")
  func quiet() throws {
    let evaluation = try story.evaluation(asOf: AmendedStory.day, knownAt: AmendedStory.then)
    let comparison = try evaluation.compare("SNAP3-017", "P1", with: evaluation)
    #expect(comparison.arrivals.isEmpty && comparison.versions.isEmpty)
    #expect(comparison.deeds.isEmpty && comparison.difference.criteria.isEmpty)
    #expect(comparison.difference.figures.isEmpty)
  }

  @Test("the verdict recorded then is found, and left alone where it is the one given now")
  func recorded() throws {
    let explanation = try story.explanation()
    #expect(explanation.recorded?.recommendation == .withhold)
    #expect(explanation.recorded?.at == Instant(utc: day("2021-07-20")))
    #expect(explanation.recorded?.again == nil)
  }

  @Test("a record is judged again, so that new data and new rules are told apart")
  func judgedAgain() throws {
    let later = try story.evaluation(asOf: day("2021-10-15"), knownAt: instant("2021-10-15"))
    let recorded = try #require(
      try later.fullExplanation("SNAP3-017", "P1", now: nil).recorded)
    #expect(recorded.recommendation == .withhold)
    #expect(recorded.again?.recommendation == .withhold, "the data changed, not the rules")
    let (judged, at) = (day("2021-07-25"), instant("2021-07-25"))
    let gate = RecordedGate(
      phase: "P1", recommendation: .release, effective: "release", crossed: judged,
      discretionary: false, flagged: false, fundsAtStake: Quantity(450_000))
    let port = story.world.notebook.port
    try port.write { try port.gates.record("SNAP3-017", [gate], at, judged, at) }
    let explanation = try story.evaluation(asOf: judged, knownAt: instant("2021-07-26"))
      .fullExplanation("SNAP3-017", "P1", now: nil)
    #expect(explanation.gate.recommendation == .withhold)
    #expect(explanation.recorded?.recommendation == .release)
    #expect(explanation.recorded?.again?.recommendation == .withhold)
  }

  @Test("a programme's amendment is a version of the plans that it changes")
  func programme() throws {
    let rules = SampleFiles.programme().replacing("\"graceDays\": 15", "\"graceDays\": 30")
    _ = try story.world.adopt([rules], only: [], at: instant("2021-11-20"))
    _ = try story.world.adopt(
      [SampleFiles.programme("AUTRE")], only: [], at: instant("2021-11-21"))
    let versions = try story.plans().versions
    #expect(versions.map(\.kind) == [.project, .project, .programme])
    #expect(versions.last?.changes.map(\.subject) == [.grace])
    #expect(versions.map(\.by.name) == ["Zoé", "Zoé", "Zoé"])
    let before = try story.evaluation(asOf: day("2021-10-10"), knownAt: instant("2021-10-10"))
    #expect(try before.planVersions("SNAP3-017").count == 1, "what was adopted later is not known")
  }

  @Test("early warnings do not touch the verdict")
  func verdict() throws {
    let evaluation = try story.evaluation(asOf: AmendedStory.day, knownAt: AmendedStory.then)
    let explanation = try evaluation.fullExplanation("SNAP3-017", "P1", now: nil)
    #expect(!explanation.warnings.isEmpty)
    let judged = try evaluation.projects(["SNAP3-017"], recording: nil)[0].gates.get()[0]
    let pages = [explanation.gate, judged].map {
      String(decoding: EvaluationPage.gate($0).compact, as: UTF8.self)
    }
    #expect(pages[0] == pages[1] && !pages[0].contains("projected"))
  }

  @Test("an unknown phase or project is named with the nearest known one")
  func unknown() throws {
    let evaluation = try story.evaluation(asOf: AmendedStory.day, knownAt: AmendedStory.then)
    #expect(throws: RoundError.unknownPhase("P3", nearest: "P1")) {
      try evaluation.compare("SNAP3-017", "P3", with: evaluation)
    }
    #expect(throws: RoundError.unknownProject("SNAP3-01", nearest: "SNAP3-017")) {
      try evaluation.planVersions("SNAP3-01")
    }
  }
}
