import JalonCore
import JalonFormats
import Testing

@Suite("Check knows what the published rules needed (docs/portfolio.md)")
struct PublishedRulesTests {
  /// One thing written into the sample, and what check says of it, strictly.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let programme: [String: String]
    let project: [String: String]
    let path: String?
    let word: String

    init(
      _ name: String, programme: [String: String] = [:], project: [String: String] = [:],
      path: String? = nil, word: String = ""
    ) {
      testDescription = name
      self.programme = programme
      self.project = project
      self.path = path
      self.word = word
    }
  }

  private static let twoDossiers = """
    "dossiers": [
      { "id": "D1", "totalCost": 500000, "grant": 350000, "phases": ["P1"] },
      { "id": "D2", "totalCost": 700000, "grant": 450000, "phases": ["P2"] } ], "grant": "800000"
    """
  private static let grant = #""grant": "800000""#

  static let cases = [
    Case("two dossiers within every rule", project: [grant: twoDossiers]),
    Case(
      "one dossier above the rate",
      project: [
        grant: twoDossiers.replacing("500000", with: "400000").replacing("700000", with: "800000")
      ], path: "dossiers[0].grant", word: "taux"),
    Case(
      "one dossier too small", programme: [#""min": 100000"#: #""min": 600000"#],
      project: [grant: twoDossiers], path: "dossiers[0].totalCost", word: "minimal"),
    Case(
      "one dossier above its ceiling",
      programme: [#""dossierCeiling": 950000"#: #""dossierCeiling": 400000"#],
      project: [grant: twoDossiers], path: "dossiers[1].grant", word: "dossierCeiling"),
    Case(
      "dossiers that together pass the project's ceiling",
      programme: [#""dossierCeiling": 950000"#: #""projectCeiling": 700000"#],
      project: [grant: twoDossiers], path: "grant", word: "projectCeiling"),
    Case(
      "dossiers that do not make the grant",
      project: [grant: twoDossiers.replacing("350000", with: "340000")], path: "grant",
      word: "les dossiers font"),
    Case(
      "a phase in no dossier", project: [grant: twoDossiers.replacing(#"["P2"]"#, with: "[]")],
      path: "dossiers", word: "P2"),
    Case(
      "a phase in two dossiers",
      project: [grant: twoDossiers.replacing(#"["P2"]"#, with: #"["P2", "P1"]"#)],
      path: "dossiers[1].phases[1]", word: "déjà"),
    Case("a grant within the sum asked for", project: [grant: grant + #", "requested": 800000"#]),
    Case(
      "a grant above the sum asked for", project: [grant: grant + #", "requested": 799999"#],
      path: "grant", word: "demandée"),
    Case(
      "a category's own strict minimum",
      programme: [
        #""max": 2000000 }"#:
          #""max": 2000000, "categories": { "deconcentre": { "above": 1200000 } } }"#
      ], project: [grant: grant + #", "category": "deconcentre""#], path: "totalCost",
      word: "stricte"),
    Case(
      "another category keeps the general sizes",
      programme: [
        #""max": 2000000 }"#:
          #""max": 2000000, "categories": { "deconcentre": { "above": 1200000 } } }"#
      ], project: [grant: grant + #", "category": "autre""#]),
    Case(
      "a phase planned and not granted leaves the grant",
      project: [
        grant: #""grant": 400000.50"#, #""funding": 399999.50"#: #""funding": 1, "granted": false"#,
      ]),
    Case(
      "a granted phase counts",
      project: [#""funding": 399999.50"#: #""funding": 399999.50, "granted": false"#],
      path: "grant", word: "moins"),
    Case(
      "a condition on an unknown indicator",
      programme: [
        #""followUp""#: #""conditions": [{ "indicator": "depense", "min": 1 }], "followUp""#
      ],
      path: "conditions[0].indicator", word: "depenses"),
    Case(
      "a condition that asks for nothing",
      programme: [#""followUp""#: #""conditions": [{ "indicator": "depenses" }], "followUp""#],
      path: "conditions[0]", word: "min ou max"),
  ]

  @Test("at its place, with the rule's source", arguments: cases)
  func check(_ example: Case) {
    var (programme, project) = (PortfolioSamples.programme, PortfolioSamples.project)
    for (part, by) in example.programme {
      #expect(programme.contains(part))
      programme = programme.replacing(part, with: by)
    }
    for (part, by) in example.project {
      #expect(project.contains(part))
      project = project.replacing(part, with: by)
    }
    let errors = PortfolioSamples.draft(
      programme: Array(programme.utf8), project: Array(project.utf8), strict: true
    ).result.errors
    guard let path = example.path else {
      #expect(errors.isEmpty, "\(errors.map(\.message.french))")
      return
    }
    let found = errors.first { $0.path == path }
    #expect(found?.message.french.contains(example.word) == true, "\(errors)")
    if found?.message.french.contains("plafond") == true {
      #expect(found?.message.french.contains("[Livret]") == true)
    }
  }
}
