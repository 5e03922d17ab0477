import JalonCore
import Testing

@testable import JalonFormats

@Suite("What could not be read hides no other mistake, and makes none up")
struct KnockOnTests {
  /// Mistakes written into the samples, and every place that is told of the file with the first.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var project: [(part: String, by: String)] = []
    var programme: [(part: String, by: String)] = []
    let told: [String]
  }

  private static let grant = #""grant": "800000""#
  private static let last = #""gate": { "thresholds": [] } }"#
  private static let dossiers = """
    "grant": "800000", "dossiers": [
      { "id": "D1", "totalCost": 500000, "grant": 350000, "phases": ["P1"] },
      { "id": "D2", "totalCost": 700000, "grant": 450000, "phases": ["P2"] } ]
    """
  private static let thirdPhase = """
    "gate": { "thresholds": [] } }, { "id": "P3", "title": "x", "from": "2022-03-31",
      "to": "2022-12-31", "funding": 0, "milestones": [], "gate": { "thresholds": [] } }
    """

  static let cases = [
    Case(
      testDescription: "a date, an unknown indicator and fundings that do not add up",
      project: [
        (
          #""milestones": []"#,
          #""milestones": [{ "id": "M2", "title": "x", "due": "2021-13-01" }]"#
        ),
        (#""indicator": "depenses""#, #""indicator": "depense""#),
        (#""funding": 399999.50"#, #""funding": 399999.49"#),
      ],
      told: ["grant", "phases[0].gate.thresholds[1].indicator", "phases[1].milestones[0].due"]),
    Case(
      testDescription: "a phase without readable days, and two others that overlap",
      project: [(#""from": "2021-01-01""#, #""from": "x""#), (last, thirdPhase)],
      told: ["phases[0].from", "phases[2].from"]),
    Case(
      testDescription: "an element that is no phase, and the phases around it",
      project: [
        (#""phases": [\#n"#, #""phases": [ 5,\#n"#),
        (#""due": "2021-03-31""#, #""due": "2021-07-31""#),
      ], told: ["phases[0]", "phases[1].milestones[0].due"]),
    Case(
      testDescription: "a key misspelt takes the value that was meant with it",
      project: [(#""funding": 399999.50"#, #""funding": 1, "grantd": false"#)],
      told: ["phases[1].grantd"]),
    Case(
      testDescription: "a key too many beside the one it resembles takes nothing with it",
      project: [(#""funding": 399999.50"#, #""funding": 1, "fundings": 2"#)],
      told: ["grant", "phases[1].fundings"]),
    Case(
      testDescription: "a dossier's grant, and a phase in two dossiers",
      project: [
        (
          grant,
          dossiers.replacing("350000", with: "-1").replacing(#""P2"]"#, with: #""P2", "P1"]"#)
        )
      ], told: ["dossiers[0].grant", "dossiers[1].phases[1]"]),
    Case(
      testDescription: "a dossier's phases",
      project: [(grant, dossiers.replacing(#"["P2"]"#, with: #""P2""#))],
      told: ["dossiers[1].phases"]),
    Case(
      testDescription: "the id of a phase that a dossier pays",
      project: [(grant, dossiers), (#""id": "P2""#, #""id": 2"#)], told: ["phases[1].id"]),
    Case(
      testDescription: "two dossiers of one id, one with a cost that cannot be read",
      project: [
        (grant, dossiers.replacing("D2", with: "D1").replacing("500000", with: #""x""#))
      ], told: ["dossiers[0].totalCost", "dossiers[1]"]),
    Case(
      testDescription: "a list of dossiers, and a grant that rests on whether there are any",
      project: [(grant, #""grant": "800000", "dossiers": 5"#), ("1200000", "100000")],
      told: ["dossiers"]),
    Case(
      testDescription: "a category, and what is for some categories only",
      project: [
        (grant, #""grant": "800000", "category": 5"#),
        (#""indicator": "depenses""#, #""indicator": "note""#),
        (#""per": "etp""#, #""per": "nulle""#),
      ],
      programme: [
        (#""max": 2000000 }"#, #""max": 5, "categories": { "x": { "max": 2000000 } } }"#),
        (#""min": 100000,"#, ""),
      ], told: ["category", "phases[0].gate.thresholds[0].per"]),
    Case(
      testDescription: "without a programme, a grant above the sum asked for",
      project: [
        (#""programme": "SNAP3""#, #""programme": 3"#),
        (grant, #""grant": "800000", "requested": 799999"#),
      ], told: ["grant", "programme"]),
    Case(
      testDescription: "a template's id, a condition on it and one that asks for nothing",
      programme: [
        (#""id": "depenses""#, #""id": 5"#),
        (
          #""followUp""#,
          #""conditions": [{ "indicator": "depenses", "min": 1 }, { "indicator": "etp" }], "followUp""#
        ),
      ], told: ["conditions[1]", "indicators[1].id"]),
    Case(
      testDescription: "a limit of a condition, and another condition's unknown indicator",
      programme: [
        (
          #""followUp""#,
          #""conditions": [{ "indicator": "etp", "min": "x" }, { "indicator": "etq", "min": 1 }], "followUp""#
        )
      ], told: ["conditions[0].min", "conditions[1].indicator"]),
    Case(
      testDescription: "a reporting cadence that indicators are measured at",
      programme: [
        (#""cadence": "quarterly", "measured": "monthly""#, #""cadence": "weekly""#),
        (#""direction": "target" },"#, #""direction": "target", "forecast": { "2021-03": 1 } },"#),
      ], told: ["reporting.cadence"]),
    Case(
      testDescription: "without a programme to go by, what a project says of itself",
      project: [
        (#""programme": "SNAP3""#, #""programme": "SNAP4""#),
        (#""range": { "min": 0,"#, #""range": { "min": 5001,"#),
        (#""id": "P2""#, #""id": "P1""#), (#""min": 10, "max": 90"#, #""evidence": "observed""#),
        (#""evidence": "observed","#, ""), (#"["siege", "terrain"]"#, #"["siege"]"#),
      ],
      told: [
        "indicators[0].range.min", "indicators[1].phases[0]", "indicators[2].phases[1]",
        "phases[0].gate.thresholds[0]", "phases[0].gate.thresholds[0].profile", "phases[1].id",
        "programme",
      ]),
  ]

  @Test("every mistake and no other", arguments: cases)
  func told(_ example: Case) {
    func text(_ sample: String, _ mistakes: [(part: String, by: String)]) -> String {
      mistakes.reduce(sample) {
        String(decoding: PortfolioSamples.breaking($0, $1.part, $1.by), as: UTF8.self)
      }
    }
    let programme = text(PortfolioSamples.programme, example.programme)
    let project = text(PortfolioSamples.project, example.project)
    let told = Told.of(project: example.project.isEmpty ? nil : project, programme: programme)
    #expect(told.map(\.path).sorted() == example.told, "\(told)")
  }

  @Test("a file with more mistakes than are told is judged no further")
  func bounded() {
    let elements = String(repeating: "5, ", count: 600)
    let text = PortfolioSamples.project
      .replacing(#""phases": [\#n"#, with: #""phases": [ \#(elements)"#)
      .replacing("800000", with: "800001")
    let told = Told.of(project: text)
    #expect(told.count == ObjectReader.maximumProblems)
    #expect(told.allSatisfy { $0.path.hasPrefix("phases[") })
  }

  @Test("a key of nothing but brackets is one step of a place")
  func steps() {
    var broken = BrokenPaths()
    broken.insert("indicators[0].forecast[\"" + String(repeating: "[.", count: 100_000) + "\"]")
    #expect(!broken.isWhole("indicators[0].forecast") && broken.isThere("indicators[0].forecast"))
    #expect(broken.isWhole("indicators[0].id") && !broken.isWhole("indicators"))
    #expect(!broken.isWhole("") && broken.isThere(""))
  }
}
