import Foundation
import Testing

/// A gate with its criteria, as `evaluate --json` says it.
private struct Judged: Decodable {
  struct Project: Decodable { let gates: [Gate] }
  struct Gate: Decodable { let criteria: [Criterion] }
  struct Criterion: Decodable {
    let id: String
    let grounds: String
    let status: String
    let due: String?
    let measure: String?
    let level: String?
    let overdue: [String]?
  }
  let projects: [Project]
}

/// A sample project left to what its programme asks, adopted.
private struct Trial {
  let variation: SampleVariation
  let installation: Installation

  init(_ programme: String, _ edits: [SampleVariation.Edit] = []) async throws {
    var variation = try SampleVariation(of: programme)
    try variation.leaveToItsProgramme()
    try variation.edit(edits)
    self.variation = variation
    installation = try variation.installation()
    let adopted = try await installation.adopt()
    guard adopted.status == 0 else { throw TooLate(description: adopted.complaint) }
  }

  func report(_ rows: [String]) async throws {
    let text = "periode;indicateur;profil;valeur;poids\n" + rows.map { $0 + "\n" }.joined()
    let receipt = try await installation.ingest(text, to: variation.id)
    #expect(receipt.status == "accepted", "\(receipt.errors.map(\.message))")
  }

  func criteria(asOf day: String) async throws -> [Judged.Criterion] {
    let outcome = try await installation.run("evaluate", "--json", "--as-of", day)
    return try outcome.json(Judged.self).projects.flatMap { $0.gates.flatMap(\.criteria) }
  }

  func criterion(_ id: String, asOf day: String) async throws -> Judged.Criterion {
    let criteria = try await criteria(asOf: day)
    guard let found = criteria.first(where: { $0.id == id }) else {
      throw TooLate(description: "no \(id) among \(criteria.map(\.id))")
    }
    return found
  }
}

/// What each programme promises: awarded 2021-02-10, funded 2021-03-20, launched 2021-01-01.
private let commitments:
  [(programme: String, id: String, due: String, last: String, late: String)] =
    [
      ("ITN1", "mise-en-production", "2023-01-01", "2023-04-15", "2023-04-16"),
      ("ITN3", "equipe-initiale", "2022-01-01", "2022-02-15", "2022-02-16"),
      ("ITN5-AAP", "demonstration", "2021-09-20", "2021-10-15", "2021-10-16"),
      ("ITN5-GUICHET", "demonstration", "2021-09-20", "2021-10-15", "2021-10-16"),
      ("ITN6", "resultats", "2021-04-01", "2021-05-15", "2021-05-16"),
      ("ITN8A", "premiers-resultats", "2022-01-01", "2022-04-15", "2022-04-16"),
      ("ITN8B", "premiers-resultats", "2022-01-01", "2022-04-15", "2022-04-16"),
      ("ITN8C", "premiers-resultats", "2022-01-01", "2022-04-15", "2022-04-16"),
      ("ITN8D", "premiers-resultats", "2022-01-01", "2022-04-15", "2022-04-16"),
      ("SNAP2A", "mise-en-service", "2022-02-10", "2022-04-15", "2022-04-16"),
      ("SNAP2B", "mise-en-service", "2022-02-10", "2022-04-15", "2022-04-16"),
      ("FITN", "premiers-resultats", "2022-01-01", "2022-04-15", "2022-04-16"),
    ]

/// The inherited indicators, and what is said on 2021-04-16 when nothing came.
private let templates: [(programme: String, id: String, overdue: [String], status: String)] = {
  let (quarter, months) = (["2021-Q1"], ["2021-01", "2021-02", "2021-03"])
  return [
    ("ITN3", "depenses", months, "warning"), ("ITN3", "etp", months, "warning"),
    ("ITN4", "profils-vises", quarter, "warning"), ("ITN4", "effectif", quarter, "warning"),
    ("ITN6", "avancement", months, "warning"),
    // Spending and its innovative part are in the programme's condition, and so bind.
    ("ITN6", "depenses", months, "unmet"), ("ITN6", "depenses-innovantes", months, "unmet"),
    ("SNAP1", "sites", quarter, "warning"), ("SNAP1", "debit", quarter, "warning"),
    ("SNAP1", "depenses", quarter, "warning"),
    ("SNAP2A", "agents-identifiables", quarter, "warning"),
    ("SNAP2B", "utilisateurs", quarter, "warning"),
    ("SNAP3", "depenses", months, "unmet"), ("SNAP4", "depenses", months, "unmet"),
    ("SNAP5", "profils-touches", quarter, "warning"), ("SNAP5", "effectif", quarter, "warning"),
    ("CAMPUS", "agents-vises", quarter, "warning"),
    ("CAMPUS", "agents-atteints", quarter, "warning"), ("CAMPUS", "economies", quarter, "warning"),
  ]
}()

/// What the inherited indicators make of 40 and then 60, for 50 planned.
private let kinds: [(programme: String, id: String, measure: String, level: String)] = [
  ("ITN3", "depenses", "100", "strong"), ("ITN3", "etp", "60", "notable"),
  ("ITN4", "profils-vises", "60", "onTrack"), ("ITN4", "effectif", "60", "onTrack"),
  ("ITN6", "avancement", "60", "onTrack"), ("ITN6", "depenses", "100", "strong"),
  ("ITN6", "depenses-innovantes", "100", "onTrack"), ("SNAP1", "sites", "60", "onTrack"),
  ("SNAP1", "debit", "60", "onTrack"), ("SNAP1", "depenses", "100", "strong"),
  ("SNAP2A", "agents-identifiables", "60", "onTrack"), ("SNAP2B", "utilisateurs", "60", "onTrack"),
  ("SNAP3", "depenses", "100", "strong"), ("SNAP4", "depenses", "100", "strong"),
  ("SNAP5", "profils-touches", "60", "onTrack"), ("SNAP5", "effectif", "60", "onTrack"),
  ("CAMPUS", "agents-vises", "60", "onTrack"), ("CAMPUS", "agents-atteints", "60", "onTrack"),
  ("CAMPUS", "satisfaction", "50", "onTrack"), ("CAMPUS", "economies", "100", "onTrack"),
]

/// An indicator of the project's own.
private let own = """
  { "id": "essai", "title": "Essai", "unit": "pas", "kind": "level", "direction": "up",
    "forecast": { "PERIOD": 100 } }
  """

@Suite("Every published programme: what is judged of a project that is left to it", .serialized)
struct ProgrammeJudgementTests {
  @Test("a commitment is a milestone, missed after its months", arguments: commitments)
  private func commitment(
    programme: String, id: String, due: String, last: String, late: String
  ) async throws {
    let trial = try await Trial(programme)
    let onTime = try await trial.criterion("milestone:\(id)", asOf: last)
    #expect(onTime.status == "pending" && onTime.due == due && onTime.grounds == "condition")
    #expect(try await trial.criterion("milestone:\(id)", asOf: late).status == "unmet")
  }

  @Test("no other programme commits its projects to anything")
  func noCommitment() async throws {
    for programme in Set(ProgrammeTests.all).subtracting(commitments.map(\.programme)) {
      let criteria = try await Trial(programme).criteria(asOf: "2021-06-30")
      #expect(criteria.filter { $0.id.hasPrefix("milestone:") }.isEmpty, "\(programme)")
    }
  }

  @Test("an inherited indicator is expected at its cadence", arguments: templates)
  private func inherited(
    programme: String, id: String, overdue: [String], status: String
  ) async throws {
    let trial = try await Trial(programme)
    let late = try await trial.criterion("reports:\(id)", asOf: "2021-04-16")
    #expect(late.status == status && late.grounds == "duty")
    #expect(late.overdue == overdue)
    let awaited = try await trial.criterion("reports:\(id)", asOf: "2021-04-15")
    #expect(awaited.overdue?.contains(overdue[overdue.count - 1]) == false)
  }

  @Test("an inherited indicator adds up, or not, and strays one way or both", arguments: kinds)
  private func kind(programme: String, id: String, measure: String, level: String) async throws {
    let isMonthly = ["ITN3", "ITN6", "SNAP3", "SNAP4"].contains(programme)
    let (first, second) = isMonthly ? ("2021-03", "2021-06") : ("2021-Q1", "2021-Q2")
    let trial = try await Trial(
      programme,
      [
        ("category", #""formation""#), ("indicators.\(id).forecast", "{ \"\(second)\": 50 }"),
      ])
    try await trial.report(["\(first);\(id);;40;", "\(second);\(id);;60;"])
    let found = try await trial.criterion("deviation:\(id)", asOf: "2021-06-30")
    #expect(found.measure == measure && found.level == level)
  }

  @Test(
    "late reports and strong deviations count only where that is published",
    arguments: ProgrammeTests.all)
  func blocking(programme: String) async throws {
    let isModel = ["SNAP3", "SNAP4"].contains(programme)
    let isMonthly = isModel || ["ITN3", "ITN6"].contains(programme)
    let (first, second) = isMonthly ? ("2021-03", "2021-06") : ("2021-Q1", "2021-Q2")
    let trial = try await Trial(
      programme, [("indicators", "[\(own.replacing("PERIOD", with: first))]")])
    #expect(
      try await trial.criterion("reports:essai", asOf: "2021-04-16").status
        == (isModel ? "unmet" : "warning"))
    try await trial.report(["\(first);essai;;85;", "\(second);essai;;70;"])
    let notable = try await trial.criterion("deviation:essai", asOf: "2021-03-31")
    #expect(notable.status == "warning" && notable.level == "notable")
    let strong = try await trial.criterion("deviation:essai", asOf: "2021-06-30")
    #expect(strong.status == (isModel ? "unmet" : "warning") && strong.level == "strong")
    #expect(strong.grounds == "reserve")
  }

  @Test(
    "spending dated outside the window does not count",
    arguments: [
      ("SNAP1", ["2020-Q4", "2021-Q1", "2022-Q4", "2023-Q1"], "50"),
      ("SNAP3", ["2020-12", "2021-01", "2022-12", "2023-01"], "50"),
      ("SNAP4", ["2020-12", "2021-01", "2022-12", "2023-01"], "50"),
      ("ITN3", ["2020-12", "2021-01", "2022-12", "2023-01"], "75"),
      ("ITN6", ["2020-12", "2021-01", "2022-12", "2023-01"], "75"),
    ])
  func window(programme: String, periods: [String], measure: String) async throws {
    let trial = try await Trial(
      programme,
      [
        ("phases.0.from", #""2020-10-01""#),
        ("phases.0.gate.thresholds", #"[{ "indicator": "depenses", "min": 60 }]"#),
      ])
    try await trial.report(
      zip(periods, ["5", "20", "30", "20"]).map { "\($0);depenses;;\($1);" })
    let spent = try await trial.criterion("threshold:depenses", asOf: "2024-01-20")
    #expect(spent.measure == measure)
    #expect(spent.status == (measure == "50" ? "unmet" : "met"))
  }

  @Test(
    "ITN6: half of the spending with innovative firms is a condition of the last gate",
    arguments: [("50", "50", "met"), ("49.99", "49.99", "unmet")])
  func innovative(amount: String, share: String, status: String) async throws {
    let trial = try await Trial("ITN6")
    try await trial.report(["2021-03;depenses;;100;", "2021-03;depenses-innovantes;;\(amount);"])
    let found = try await trial.criterion(
      "threshold:depenses-innovantes:depenses", asOf: "2024-01-20")
    #expect(found.measure == share && found.status == status && found.grounds == "condition")
  }

  @Test("ITN6: completion is computed from work packages, by their volume")
  func weighted() async throws {
    let trial = try await Trial(
      "ITN6",
      [
        ("indicators.avancement.profiles", #"["petit", "grand"]"#),
        ("phases.0.gate.thresholds", #"[{ "indicator": "avancement", "min": 58 }]"#),
      ])
    try await trial.report(["2021-03;avancement;petit;100;20", "2021-03;avancement;grand;47,5;80"])
    let found = try await trial.criterion("threshold:avancement", asOf: "2024-01-20")
    #expect(found.measure == "58" && found.status == "met")
  }

  @Test(
    "coverage and reach are shares of what is aimed at",
    arguments: [
      ("ITN4", "profils-vises", "effectif"), ("SNAP5", "profils-touches", "effectif"),
      ("CAMPUS", "agents-atteints", "agents-vises"),
    ])
  func coverage(programme: String, part: String, whole: String) async throws {
    let threshold = #"[{ "indicator": "\#(part)", "per": "\#(whole)", "min": 40 }]"#
    let trial = try await Trial(programme, [("phases.0.gate.thresholds", threshold)])
    try await trial.report(["2021-Q1;\(part);;30;", "2021-Q1;\(whole);;80;"])
    let found = try await trial.criterion("threshold:\(part):\(whole)", asOf: "2024-01-20")
    #expect(found.measure == "37.5" && found.status == "unmet")
  }

  @Test(
    "CAMPUS: satisfaction is asked of the projects that create or adapt training alone",
    arguments: [("\"formation\"", true), ("\"sensibilisation\"", false), ("null", false)])
  func satisfaction(category: String, isAsked: Bool) async throws {
    let criteria = try await Trial("CAMPUS", [("category", category)]).criteria(asOf: "2021-04-16")
    #expect(criteria.contains { $0.id == "reports:satisfaction" } == isAsked)
  }
}
