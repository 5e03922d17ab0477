import JalonCore
import JalonPages
import JalonRound
import JalonTesting
import Testing

/// Programmes that an adopted project does not fit, and that it does not hold up all the same.
extension AdoptionTests {
  /// The sample programme with a commitment that has the id of the sample project's milestone.
  var committing: PortfolioFile {
    programme.replacing(
      "\"commitments\": []",
      """
      "commitments": [{ "id": "M1", "title": "Convention signée", "dueAfterMonths": 3 }]
      """)
  }

  @Test(
    "a project whose file has gone does not hold up its programme: it is named, and judged on",
    arguments: [[], ["SNAP3"]])
  func wouldBreakGone(_ only: [String]) throws {
    let world = try sampleWorld()
    world.fixedDay = day("2021-07-20")
    let other = SampleFiles.project("SNAP3-018")
      .replacing("\"id\": \"M1\"", "\"id\": \"M2\"")
    _ = try world.adopt([programme, project, other], at: instant("2021-07-19"))
    let held = try world.adopt([committing, project, other], only: only, at: instant("2021-07-20"))
    #expect(held.refused == [programme.path] && held.unfit.isEmpty, "there is a file to correct")
    let report = try world.adopt([committing, other], only: only, at: instant("2021-07-20"))
    #expect(report.refused == [] && report.changed == [programme.path], "\(report.errors)")
    #expect(report.gone == ["SNAP3-017"])
    let text = AdoptionPage(report, isDryRun: false, in: .english).text
    #expect(text.contains("project SNAP3-017 does not fit the amended programme SNAP3 (phases"))
    #expect(text.contains("put its file back and adopt it"), "\(text)")
    let json = String(
      decoding: AdoptionPage(report, isDryRun: false, in: .english).json.compact, as: UTF8.self)
    #expect(json.contains(#""unfit":[{"project":"SNAP3-017","programme":"SNAP3","reason":"gone""#))
    // Its own milestone of that id stands, as adopted.
    let gates = try world.evaluation(asOf: day("2021-07-20"), knownAt: instant("2021-07-21"))
      .projects(["SNAP3-017"], recording: nil)[0].gates.get()
    let ids = gates[0].criteria.map(\.id)
    #expect(ids.filter { $0 == "milestone:M1" }.count == 1 && gates[0].recommendation == .withhold)
    // Its file put back and corrected, it fits again.
    let corrected = project.replacing("\"id\": \"M1\"", "\"id\": \"M3\"")
    let back = try world.adopt([committing, other, corrected], at: instant("2021-07-22"))
    #expect(back.refused == [] && back.unfit.isEmpty && back.changed == [project.path])
  }

  @Test(
    "a stopped project does not hold up its programme from the day of its stop on",
    arguments: [("2021-02-28", true), ("2021-03-01", false), ("2021-07-20", false)])
  func wouldBreakStopped(_ date: String, isHeld: Bool) throws {
    let world = try sampleWorld()
    world.fixedDay = day(date)
    let stopped = SampleFiles.project(
      more: "\"stopped\": { \"on\": \"2021-03-01\", \"reason\": \"Abandon\" },")
    _ = try world.adopt([programme, stopped], at: instant("2021-02-02"))
    let report = try world.adopt([committing, stopped], at: instant(date))
    #expect(report.refused == (isHeld ? [programme.path] : []))
    #expect(report.unfit.isEmpty == isHeld)
    let text = AdoptionPage(report, isDryRun: false, in: .french).text
    #expect(text.contains("il est arrêté depuis le 01/03/2021") == !isHeld, "\(text)")
  }
}
