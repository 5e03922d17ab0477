import JalonCore
import Testing

@testable import JalonFormats

@Suite("Each rule of check accepts the sample and refuses one thing broken in it")
struct CheckTests {
  struct Break: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let part: String
    let by: String
    let path: String
    let says: String

    init(_ name: String, _ part: String, _ by: String, _ path: String, _ says: String) {
      testDescription = name
      self.part = part
      self.by = by
      self.path = path
      self.says = says
    }
  }

  @Test("the sample has no error and no warning, strictly")
  func sample() {
    let draft = PortfolioSamples.draft(strict: true)
    #expect(draft.result == CheckResult())
    #expect(draft.programmes.first?.value?.id == "SNAP3")
    #expect(draft.projects.first?.value?.id == "SNAP3-017")
  }

  private static let threshold =
    "{ \"indicator\": \"depenses\", \"since\": \"phase\", \"max\": 5000 }"

  static let errors = [
    Break(
      "phases that overlap", "\"from\": \"2021-07-01\"", "\"from\": \"2021-06-30\"",
      "phases[1].from", "is inside phase P1, which ends 2021-06-30; start 2021-07-01"),
    Break(
      "phases out of order", "\"from\": \"2021-07-01\"", "\"from\": \"2020-07-01\"",
      "phases[1].from", "starts before phase P1"),
    Break(
      "a phase that ends before it starts", "\"to\": \"2022-03-31\"", "\"to\": \"2021-06-30\"",
      "phases[1].to", "before the start of phase P2"),
    Break(
      "a milestone outside its phase", "\"due\": \"2021-03-31\"", "\"due\": \"2021-07-01\"",
      "phases[0].milestones[0].due", "outside phase P1"),
    Break("two phases of one id", "\"id\": \"P2\"", "\"id\": \"P1\"", "phases[1].id", "is taken"),
    Break(
      "two indicators of one id", "\"id\": \"reunions\"", "\"id\": \"postes\"", "indicators[1].id",
      "is taken"),
    Break(
      "two milestones of one id", "\"milestones\": []",
      "\"milestones\": [{\"id\": \"M1\", \"title\": \"x\", \"due\": \"2021-08-01\"}]",
      "phases[1].milestones[0].id", "is taken"),
    Break(
      "a milestone named as a commitment", "\"id\": \"M1\"", "\"id\": \"BILAN\"",
      "phases[0].milestones[0].id", "commitment of the programme SNAP3"),
    Break(
      "two thresholds for one measure", threshold,
      threshold + ", { \"indicator\": \"depenses\", \"min\": 5 }", "phases[0].gate.thresholds[2]",
      "already has a threshold for depenses"),
    Break(
      "a profile twice", "[\"siege\", \"terrain\"]", "[\"siege\", \"terrain\", \"siege\"]",
      "indicators[0].profiles[2]", "is taken"),
    Break(
      "an unknown indicator", "\"indicator\": \"depenses\"", "\"indicator\": \"depense\"",
      "phases[0].gate.thresholds[1].indicator", "did you mean “depenses”"),
    Break(
      "a template of another category", "\"indicator\": \"depenses\"", "\"indicator\": \"note\"",
      "phases[0].gate.thresholds[1].indicator", "unknown indicator"),
    Break(
      "an unknown per", "\"per\": \"etp\"", "\"per\": \"agents\"",
      "phases[0].gate.thresholds[0].per", "possible: postes, reunions, depenses, etp"),
    Break(
      "an unknown profile", "\"profile\": \"terrain\"", "\"profile\": \"terain\"",
      "phases[0].gate.thresholds[0].profile", "did you mean “terrain”"),
    Break(
      "a profile of an indicator without", "\"since\": \"phase\"", "\"profile\": \"siege\"",
      "phases[0].gate.thresholds[1].profile", "has no profiles"),
    Break(
      "a threshold without limit", "\"since\": \"phase\", \"max\": 5000", "\"since\": \"phase\"",
      "phases[0].gate.thresholds[1]", "min or max is missing"),
    Break(
      "a threshold's min above max", "\"min\": 10, \"max\": 90", "\"min\": 91, \"max\": 90",
      "phases[0].gate.thresholds[0].min", "minimum 91 is above the maximum 90"),
    Break(
      "since phase on a running total", "\"evidence\": \"observed\"", "\"since\": \"phase\"",
      "phases[0].gate.thresholds[0].since", "of kind cumulative"),
    Break(
      "a threshold where the indicator is not followed", "\"indicator\": \"depenses\"",
      "\"indicator\": \"reunions\"", "phases[0].gate.thresholds[1].indicator",
      "not followed in phase P1"),
    Break(
      "a threshold without a period in its phase",
      "\"from\": \"2021-01-01\", \"to\": \"2021-06-30\"",
      "\"from\": \"2021-06-02\", \"to\": \"2021-06-30\"",
      "phases[0].gate.thresholds[1].indicator",
      "no period of depenses (monthly) is expected from 2021-06-02 to 2021-06-30"),
    Break(
      "a forecast of another cadence", "\"2021-03\": 40", "\"2021-T1\": 40",
      "indicators[0].forecast.2021-T1", "measured monthly; write 2021-01"),
    Break(
      "a forecast of another cadence than the template's", "\"2021-12\": 300", "\"2021\": 300",
      "indicators[2].forecast.2021", "measured monthly"),
    Break(
      "a sum of means", "\"kind\": \"cumulative\"", "\"kind\": \"mean\", \"across\": \"sum\"",
      "indicators[0].across", "means do not add up"),
    Break(
      "a template's kind repeated", "\"title\": \"Dépenses du mois\",", "\"kind\": \"flow\",",
      "indicators[2].kind", "comes from the programme SNAP3"),
    Break(
      "a template's unit changed", "\"title\": \"Dépenses du mois\",", "\"unit\": \"k€\",",
      "indicators[2].unit", "comes from the programme SNAP3"),
    Break(
      "an own indicator without kind", "\"kind\": \"flow\", ", "", "indicators[1].kind",
      "is missing"),
    Break(
      "an unknown phase", "\"phases\": [\"P1\", \"P2\"]", "\"phases\": [\"P1\", \"PX\"]",
      "indicators[2].phases[1]", "did you mean “P1”"),
    Break(
      "a range upside down", "\"range\": { \"min\": 0,", "\"range\": { \"min\": 5001,",
      "indicators[0].range.min", "above the maximum 5000"),
    Break(
      "a slash in an indicator's id", "\"id\": \"reunions\"", "\"id\": \"re/unions\"",
      "indicators[1].id", "neither / nor :"),
    Break(
      "an empty gate before the last",
      "\"milestones\": [{ \"id\": \"M1\", \"title\": \"Socle\", \"due\": \"2021-03-31\" }],\n      \"gate\": { \"thresholds\": [\n        { \"indicator\": \"postes\", \"profile\": \"terrain\", \"per\": \"etp\", \"evidence\": \"observed\",\n          \"min\": 10, \"max\": 90 },\n        "
        + threshold + " ] } },",
      "\"milestones\": [], \"gate\": {\"thresholds\": []}},", "phases[0].gate",
      "add a milestone or a threshold"),
    Break(
      "fundings that do not add up", "\"funding\": 399999.50", "\"funding\": 399999.49", "grant",
      "phases and balance make 799999.99 euros, the grant is 800000: 0.01 euros too little"),
    Break(
      "a malformed address", "chef.projet@example.fr", "Chef <chef.projet@example.fr>",
      "contacts[0]", "not an address"),
    Break(
      "an unknown programme", "\"programme\": \"SNAP3\"", "\"programme\": \"SNAP4\"", "programme",
      "did you mean “SNAP3”"),
  ]

  @Test("a broken rule is an error at its place", arguments: errors)
  func error(_ example: Break) throws {
    let bytes = PortfolioSamples.breaking(PortfolioSamples.project, example.part, example.by)
    let draft = PortfolioSamples.draft(project: bytes)
    let found = draft.result.errors.filter { $0.path == example.path }
    let problem = try #require(found.first, "\(draft.result.errors)")
    #expect(problem.message.english.contains(example.says), "\(problem.message.english)")
    #expect(problem.file == "projects/a/p.json" && problem.line != nil)
    #expect(draft.projects.first?.value == nil)
    #expect(draft.programmes.first?.value != nil)
    expectTypography(draft.result)
  }

  static let exceptions = [
    Break(
      "above the rate", "\"totalCost\": 1200000", "\"totalCost\": 1000000", "grant",
      "rate of 0.75 of total cost 1000000, which is 750000"),
    Break(
      "above the ceilings", "\"grant\": \"800000\", \"balance\": 100000.50",
      "\"grant\": \"960000\", \"balance\": 260000.50", "grant", "900000 (fullUpTo)"),
    Break(
      "above the dossier's ceiling", "\"grant\": \"800000\", \"balance\": 100000.50",
      "\"grant\": \"960000\", \"balance\": 260000.50", "grant", "950000 (dossierCeiling)"),
    Break(
      "too large", "\"totalCost\": 1200000", "\"totalCost\": 2000000.01", "totalCost",
      "above the programme's greatest cost, 2000000"),
    Break(
      "too small", "\"totalCost\": 1200000", "\"totalCost\": 99999", "totalCost",
      "below the programme's smallest cost, 100000"),
  ]

  @Test("a broken funding rule warns, and is an error when strict", arguments: exceptions)
  func exception(_ example: Break) {
    let bytes = PortfolioSamples.breaking(PortfolioSamples.project, example.part, example.by)
    let lenient = PortfolioSamples.draft(project: bytes)
    let strict = PortfolioSamples.draft(project: bytes, strict: true)
    func says(_ problem: PortfolioProblem) -> Bool {
      problem.path == example.path && problem.message.english.contains(example.says)
    }
    #expect(lenient.result.errors.isEmpty)
    #expect(lenient.result.warnings.contains(where: says), "\(lenient.result.warnings)")
    #expect(lenient.projects.first?.value != nil)
    #expect(strict.result.errors.contains(where: says))
    #expect(strict.projects.first?.value == nil)
    expectTypography(lenient.result)
  }

  static let warnings = [
    Break(
      "a flow's forecast that decreases", "\"2021-12\": 300", "\"2021-12\": 99.5",
      "indicators[2].forecast.2021-12", "cannot fall from 100 to 99.5"),
    Break(
      "a flow's forecast that stays flat", "\"2021-12\": 300", "\"2021-12\": 100",
      "indicators[2].forecast.2021-12", "100 three times in a row"),
    Break(
      "an id that a spreadsheet rewrites", "\"id\": \"reunions\"", "\"id\": \"1E5\"",
      "indicators[1].id", "turns “1E5” into"),
    Break(
      "a profile that a spreadsheet rewrites", "[\"siege\", \"terrain\"]",
      "[\"1-2\", \"siege\", \"terrain\"]", "indicators[0].profiles[0]", "turns “1-2” into"),
    Break(
      "a milestone that a spreadsheet rewrites", "\"id\": \"M1\"", "\"id\": \"mars-21\"",
      "phases[0].milestones[0].id", "turns “mars-21” into"),
    Break("a project id of digits", "SNAP3-017", "007", "id", "turns “007” into"),
    Break(
      "a tolerance in percent", "{ \"blocks\": true }", "{ \"notable\": 15 }",
      "indicators[2].tolerance.notable", "write 0.15 for 15%"),
    Break(
      "strong before notable", "{ \"blocks\": true }", "{ \"strong\": 0.05 }",
      "indicators[2].tolerance", "strong (0.05) before it is notable (0.1)"),
  ]

  @Test("something doubtful warns and no more", arguments: warnings)
  func warning(_ example: Break) throws {
    let bytes = PortfolioSamples.breaking(PortfolioSamples.project, example.part, example.by)
    let draft = PortfolioSamples.draft(project: bytes)
    #expect(draft.result.errors.isEmpty, "\(draft.result.errors)")
    let problem = try #require(
      draft.result.warnings.first { $0.path == example.path }, "\(draft.result.warnings)")
    #expect(problem.message.english.contains(example.says), "\(problem.message.english)")
    #expect(problem.line != nil)
    expectTypography(draft.result)
  }

  /// French sets its high marks apart with a space that does not break.
  func expectTypography(_ result: CheckResult) {
    for problem in result.errors + result.warnings {
      let french = problem.message.french
      for mark in [" ;", " :", " ?", " !", " »", "« ", " €", " %"] {
        #expect(!french.contains(mark), "\(french)")
      }
    }
  }
}
