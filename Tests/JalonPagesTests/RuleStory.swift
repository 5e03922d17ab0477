import JalonCore
import JalonPages
import JalonTesting

/// A gate in some state, for the pages that say which rule put it there.
///
/// Each begins with the sample project half a year on, its milestone reached and its reports in, and
/// spoils one thing.
struct RuleStory: CustomStringConvertible, Sendable {
  let name: String
  var phase = "P1"
  var day = "2021-07-20"
  /// What differs in the portfolio and in what is known.
  let change: @Sendable (inout Project, inout Programme, inout Knowledge) -> Void

  var description: String { name }

  /// Why the gate stands where it stands.
  func explanation() throws -> Explanation {
    var (project, programme) = (SampleFiles.projectValue, SampleFiles.programmeValue)
    var knowledge = Self.knowledge
    programme.operatorName = "DINUM, mission INFRA"
    project.phases[0].thresholds[0].min = Quantity(100)
    change(&project, &programme, &knowledge)
    let plan = Plan(project: project, programme: programme)
    let asOf = Self.day(day)
    let gates = try Judge(plan, knowing: knowledge).gates(asOf: asOf)
    guard let place = gates.firstIndex(where: { $0.phase == phase }) else {
      preconditionFailure("no such phase: \(phase)")
    }
    var citations: [String: [Citation]] = [:]
    for criterion in gates[place].criteria {
      citations[criterion.id] = try plan.citations(
        for: criterion, in: plan.phases[place], asOf: gates[place].crossed ?? asOf,
        knowing: knowledge)
    }
    let file = CitedFile(
      receipt: "J00000001", file: "t2.csv", sha256: String(repeating: "0", count: 64),
      receivedAt: Instant(utc: Self.day("2021-07-10")))
    return Explanation(
      plan: plan, gate: gates[place], after: Array(gates[..<place]), citations: citations,
      files: [1: file], asOf: asOf, knownAt: Instant(utc: asOf),
      version: (String(repeating: "a", count: 64), Instant(utc: Self.day("2021-01-01"))))
  }

  /// The explanation, and the flag if there is one, as a terminal of 80 columns shows them.
  func page(_ language: Language) throws -> String {
    let explanation = try explanation()
    let text = ExplanationPage(explanation, in: language).text(width: 80)
    guard explanation.gate.isFlagged else { return text }
    let flags = FlagsPage(
      [Flag(explanation)], asOf: explanation.asOf, knownAt: explanation.knownAt, in: language)
    return text + "\n----\n" + flags.text(width: 80)
  }

  static func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("no such day: \(text)") }
    return day
  }

  static func reach(_ milestone: String, _ day: String?, line: Int32 = 3) -> MilestoneReach {
    MilestoneReach(
      milestone: milestone, reached: day.map(Self.day), source: Source(submission: 1, line: line))
  }

  static func unit(quarter: Int, _ value: Int) -> ReportedUnit {
    guard let period = Period(.quarterly, year: 2021, ordinal: quarter) else {
      preconditionFailure("no such quarter: \(quarter)")
    }
    return ReportedUnit(
      period: period, submission: 1,
      observations: [Observation(value: Quantity(value), line: 2)])
  }

  /// All is in, and all is well but for the expected 333 seats: a notable deviation.
  private static var knowledge: Knowledge {
    var knowledge = Knowledge()
    knowledge.units["postes"] = [unit(quarter: 1, 100), unit(quarter: 2, 250)]
    knowledge.units["depenses"] = [unit(quarter: 1, 9000), unit(quarter: 2, 8000)]
    knowledge.milestones["M1"] = reach("M1", "2021-03-12")
    return knowledge
  }
}
