import Testing

/// One rule of a programme, and the smallest change of its sample project that breaks it.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let programme: String
  let rule: String
  let edits: [Edit]
  /// Where the finding is, or `nil` when the changed project still keeps to the rules.
  let path: String?
  /// What the sentence has to say.
  let word: String

  struct Edit: Sendable {
    let place: String
    let json: String
    init(_ place: String, _ json: String) { (self.place, self.json) = (place, json) }
  }

  var testDescription: String { "\(programme): \(rule)" }

  /// Whether the finding is about money, and so names the published rule.
  var isPublished: Bool { path?.hasPrefix(".") == false && !word.hasPrefix("phases and") }

  init(_ programme: String, _ rule: String, _ edits: [Edit], _ path: String?, _ word: String = "") {
    self.programme = programme
    self.rule = rule
    self.edits = edits
    self.path = path
    self.word = word
  }
}

/// The whole money of a project, in one go and as one dossier; all of it in the balance.
private func money(_ cost: String, _ grant: String) -> [RuleCase.Edit] {
  [
    .init("totalCost", "\"\(cost)\""), .init("grant", "\"\(grant)\""),
    .init("balance", "\"\(grant)\""), .init("phases.*.funding", "0"),
    .init("phases.*.granted", "null"), .init("dossiers", "null"), .init("requested", "null"),
  ]
}

private func rate(_ id: String, _ rate: String, _ cost: String, _ grant: String) -> RuleCase {
  RuleCase(id, "rate \(rate)", money(cost, grant), "grant", "above the rate of \(rate) of")
}

private func sizes(_ id: String, _ min: (below: String, bound: String), _ grant: String)
  -> RuleCase
{
  RuleCase(
    id, "min \(min.bound)", money(min.below, grant), "totalCost", "smallest cost, \(min.bound) ")
}

private func most(_ id: String, _ max: (beyond: String, bound: String), _ grant: String)
  -> RuleCase
{
  RuleCase(
    id, "max \(max.bound)", money(max.beyond, grant), "totalCost", "greatest cost, \(max.bound) ")
}

private func above(_ id: String, _ category: String?, _ bound: String) -> [RuleCase] {
  let kind = [RuleCase.Edit("category", category.map { "\"\($0)\"" } ?? "null")]
  let name = category ?? "general"
  return [
    RuleCase(
      id, "above, \(name)", money(bound, "100000") + kind, "totalCost",
      "has to be above \(bound), the programme's strict minimum"),
    RuleCase(id, "a cent above, \(name)", money(bound + ".01", "100000") + kind, nil),
  ]
}

/// What a template describes, a project does not.
private func described(
  _ id: String, _ indicator: String, _ json: String, key: String = "unit"
) -> RuleCase {
  RuleCase(
    id, "\(indicator) comes from the programme, with its \(key)",
    [.init("indicators.\(indicator).\(key)", json)], ".\(key)",
    "comes from the programme \(id), which describes \(indicator)")
}

private let theme8 = ["ITN8A", "ITN8B", "ITN8C", "ITN8D"]

extension RuleCase {
  /// Rate and ceilings.
  static let funding: [RuleCase] =
    [
      rate("ITN1", "0.75", "400000", "300000.01"), rate("ITN2", "0.5", "600000", "300000.01"),
      rate("ITN3", "0.75", "480000", "360000.01"), rate("ITN4", "0.75", "120000", "90000.01"),
      rate("ITN5-AAP", "0.75", "520000", "390000.01"),
      rate("ITN5-GUICHET", "0.75", "80000", "60000.01"),
      rate("SNAP1", "1", "800000", "800000.01"), rate("SNAP2A", "1", "240000", "240000.01"),
      rate("SNAP2B", "1", "90000", "90000.01"), rate("SNAP3", "0.75", "1800000", "1350000.01"),
      rate("SNAP4", "0.75", "3600000", "2700000.01"), rate("SNAP5", "0.75", "100000", "75000.01"),
      rate("CAMPUS", "0.5", "120000", "60000.01"), rate("FITN", "0.75", "320000", "240000.01"),
      RuleCase(
        "ITN6", "fullUpTo", money("60000", "48000.01"), "grant",
        "programme's ceiling, 48000 (fullUpTo)"),
      RuleCase("ITN6", "never above the cost", money("20000", "20000.01"), "grant", "total cost"),
      RuleCase(
        "SNAP3", "projectCeiling", money("3000000", "2000000.01"), "grant",
        "2000000 (projectCeiling)"
      ),
      RuleCase(
        "SNAP3", "never above the sum asked for", [.init("requested", "1000000")], "grant",
        "the sum asked for, 1000000"),
      RuleCase(
        "SNAP4", "dossierCeiling", money("6000000", "3000000.01"), "grant",
        "3000000 (dossierCeiling)"),
    ]
    + theme8.map { rate($0, "0.75", "400000", "300000.01") }

  /// Bounds of the total cost, general and by category.
  static let size: [RuleCase] =
    [
      sizes("ITN1", ("49999.99", "50000"), "9000"), most("ITN1", ("1000000.01", "1000000"), "9000"),
      sizes("ITN2", ("199999.99", "200000"), "9000"),
      most("ITN2", ("1000000.01", "1000000"), "9000"),
      sizes("ITN3", ("199999.99", "200000"), "9000"),
      most("ITN3", ("2000000.01", "2000000"), "9000"),
      sizes("ITN5-AAP", ("99999.99", "100000"), "9000"),
      most("ITN5-AAP", ("1000000.01", "1000000"), "9000"),
      sizes("ITN5-GUICHET", ("9999.99", "10000"), "5000"),
      most("ITN5-GUICHET", ("100000", "99999.99"), "9000"),
      RuleCase("ITN5-GUICHET", "under 100000", money("99999.99", "9000"), nil),
      sizes("ITN6", ("19999.99", "20000"), "9000"), most("ITN6", ("100000.01", "100000"), "9000"),
      sizes("SNAP1", ("99999.99", "100000"), "9000"),
      most("SNAP1", ("2000000.01", "2000000"), "9000"),
      sizes("SNAP2A", ("99999.99", "100000"), "9000"),
      most("SNAP2A", ("500000.01", "500000"), "9000"),
      sizes("SNAP2B", ("49999.99", "50000"), "9000"),
      most("SNAP2B", ("300000.01", "300000"), "9000"),
      sizes("SNAP3", ("499999.99", "500000"), "9000"),
      most("SNAP3", ("3000000.01", "3000000"), "9000"),
      sizes("SNAP4", ("499999.99", "500000"), "9000"),
      most("SNAP4", ("8000000.01", "8000000"), "9000"),
      sizes("SNAP5", ("29999.99", "30000"), "9000"),
      most("SNAP5", ("300000.01", "300000"), "9000"),
      sizes("CAMPUS", ("19999.99", "20000"), "9000"),
      most("CAMPUS", ("300000.01", "300000"), "9000"),
      RuleCase("CAMPUS", "the minimum of 2024, not of 2023", money("20000", "9000"), nil),
    ]
    + theme8.flatMap { above($0, nil, "250000") + above($0, "deconcentre", "150000") }
    + above("FTAP", nil, "250000") + above("FTAP", "territorial", "150000")

  /// Successive dossiers, and phases that are not granted yet.
  static let dossier: [RuleCase] = [
    RuleCase(
      "SNAP4", "rate, by dossier",
      [.init("dossiers.0.grant", "\"900000.01\""), .init("dossiers.1.grant", "\"1799999.99\"")],
      "dossiers[0].grant", "above the rate of 0.75 of"),
    RuleCase(
      "SNAP4", "size, by dossier",
      [
        .init("dossiers.0.totalCost", "\"499999.99\""),
        .init("dossiers.1.totalCost", "\"3100000.01\""), .init("dossiers.0.grant", "300000"),
        .init("dossiers.1.grant", "2300000"), .init("grant", "2600000"),
        .init("phases.0.funding", "800000"),
      ], "dossiers[0].totalCost", "smallest cost, 500000"),
    RuleCase(
      "SNAP4", "ceiling, by dossier",
      [
        .init("dossiers.1.totalCost", "4400000"), .init("dossiers.1.grant", "\"3000000.01\""),
        .init("totalCost", "5600000"), .init("grant", "\"3900000.01\""),
        .init("requested", "4000000"), .init("balance", "\"1400000.01\""),
      ], "dossiers[1].grant", "3000000 (dossierCeiling)"),
    RuleCase(
      "SNAP4", "ceiling of the project, over its dossiers",
      [
        .init("requested", "null"), .init("totalCost", "12000000"),
        .init("grant", "\"8000000.01\""),
        .init("balance", "\"8000000.01\""), .init("phases.*.funding", "0"),
        .init(
          "phases.P3",
          """
          { "id": "P3", "title": "Suite", "from": "2023-01-01", "to": "2023-12-31", "funding": 0,
            "milestones": [], "gate": { "thresholds": [] } }
          """),
        .init("dossiers.*.totalCost", "4000000"), .init("dossiers.*.grant", "2700000"),
        .init(
          "dossiers.D3",
          #"{ "id": "D3", "totalCost": 4000000, "grant": "2600000.01", "phases": ["P3"] }"#),
      ], "grant", "8000000 (projectCeiling)"),
    RuleCase(
      "FTAP", "the first phase funded alone", [.init("phases.1.granted", "true")], "grant",
      "phases and balance make 900000"),
  ]

  /// What a template describes.
  static let template: [RuleCase] = [
    described("ITN3", "depenses", #""k€""#), described("ITN3", "etp", #""jours""#),
    described("ITN4", "profils-vises", #""%""#), described("ITN4", "effectif", #""%""#),
    described("ITN6", "avancement", #""lots""#), described("ITN6", "depenses", #""k€""#),
    described("ITN6", "depenses-innovantes", #""k€""#),
    described("ITN6", "depenses", #"["a"]"#, key: "profiles"),
    described("SNAP1", "sites", #""km""#), described("SNAP1", "debit", #""Gbit/s""#),
    described("SNAP1", "depenses", #""k€""#),
    described("SNAP2A", "agents-identifiables", #""comptes""#),
    described("SNAP2B", "utilisateurs", #""comptes""#),
    described("SNAP3", "depenses", #""k€""#), described("SNAP4", "depenses", #""k€""#),
    described("SNAP5", "profils-touches", #""%""#), described("SNAP5", "effectif", #""%""#),
    described("CAMPUS", "agents-vises", #"["tous"]"#, key: "profiles"),
    described("CAMPUS", "agents-atteints", #"["tous"]"#, key: "profiles"),
    described("CAMPUS", "satisfaction", #""sur 10""#), described("CAMPUS", "economies", #""k€""#),
  ]
}
