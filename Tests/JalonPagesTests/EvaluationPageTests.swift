import JalonCore
import JalonPages
import JalonTesting
import Testing

@Suite("evaluate --json: the contract's keys, in the contract's order")
struct EvaluationPageTests {
  static let expected = """
    {"project":"SNAP3-017","programme":"SNAP3","gates":[\
    {"phase":"P1","date":"2021-06-30","deadline":"2021-07-15","nextPhase":"P2",\
    "fundsAtStake":"450000","recommendation":"withhold","crossed":null,"ready":false,\
    "discretionary":false,"decision":null,"effective":"withhold","flagged":true,"criteria":[\
    {"id":"milestone:M1","grounds":"condition","status":"unmet","due":"2021-03-31",\
    "reached":null},\
    {"id":"threshold:postes","grounds":"condition","status":"unmet","measure":"250",\
    "period":"2021-Q2","min":"300","max":null,"since":"project"},\
    {"id":"reports:postes","grounds":"duty","status":"met","overdue":[],"awaited":[]},\
    {"id":"reports:depenses","grounds":"duty","status":"met","overdue":[],"awaited":[]},\
    {"id":"deviation:postes","grounds":"reserve","status":"warning","level":"notable",\
    "measure":"250","forecast":"333.333333","period":"2021-Q2"}]},\
    {"phase":"P2","date":"2021-12-31","deadline":"2022-01-15","nextPhase":null,\
    "fundsAtStake":"90000","recommendation":"notReached","crossed":null,"ready":false,\
    "discretionary":false,"decision":null,"effective":"notReached","flagged":false,\
    "criteria":[]}]}
    """

  @Test("a withheld gate and one not reached; absent values are null, never left out")
  func shape() throws {
    let status = try #require(
      try SampleStory(.english).statuses().first { $0.plan.project.id == "SNAP3-017" })
    let page = EvaluationPage.project(status.plan.project, gates: try #require(status.gates))
    #expect(String(decoding: page.compact, as: UTF8.self) == Self.expected)
  }

  @Test("the opening of the whole answer")
  func opening() {
    #expect(
      EvaluationPage.opening(asOf: SampleStory.day, knownAt: SampleStory.knownAt)
        == #"{"asOf":"2021-07-20","knownAt":"2021-07-20T00:00:00Z","projects":["#)
  }

  @Test("missing reports, a reached milestone, a missing ratio and a decision")
  func others() throws {
    var plan = SampleFiles.projectValue
    plan.phases[0].thresholds = [Threshold(indicator: "depenses", per: "postes", min: Quantity(1))]
    var knowledge = Knowledge()
    let day = SampleStory.day
    knowledge.milestones["M1"] = MilestoneReach(
      milestone: "M1", reached: Day("2021-03-12"), source: Source(submission: 1, line: 2))
    knowledge.decisions = [
      Decision(phase: "P1", verdict: .release, at: SampleStory.knownAt, on: day)
    ]
    let gate = try #require(
      try Judge(
        Plan(project: plan, programme: SampleFiles.programmeValue), knowing: knowledge
      ).gates(asOf: day).first)
    let text = String(decoding: EvaluationPage.gate(gate).compact, as: UTF8.self)
    #expect(text.contains(#""status":"met","due":"2021-03-31","reached":"2021-03-12"}"#))
    #expect(
      text.contains(
        #""id":"threshold:depenses:postes","grounds":"condition","status":"unmet","measure":null,"#
          + #""period":null,"min":"1","max":null,"since":"project"}"#))
    #expect(text.contains(#""overdue":["2021-Q1","2021-Q2"],"awaited":[]}"#))
    #expect(text.contains(#""recommendation":"withhold""#))
    #expect(text.contains(#""decision":"release","effective":"release","flagged":false"#))
  }
}
