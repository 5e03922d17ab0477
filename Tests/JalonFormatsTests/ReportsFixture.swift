import JalonCore
import JalonFormats

/// A project whose indicators show every rule of SPEC §6, and files about it.
enum ReportsFixture {
  static let project = "SNAP3-017"
  static let receivedOn = day(2021, 7, 20)

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    Day(year: year, month: month, day: day) ?? Day(number: 0)
  }

  static let plan: Plan = {
    var programme = Programme(
      id: "SNAP3", title: "Postes", operatorName: "DINUM", form: .guichet)
    programme.reporting = Reporting(cadence: .quarterly, measured: .monthly)
    var project = Project(
      id: ReportsFixture.project, programme: "SNAP3", title: "Postes", lead: "Ville",
      awarded: day(2021, 1, 1),
      totalCost: .zero, grant: .zero)
    project.indicators = [
      entry("postes", .level, "agents") { $0.decimals = 0 },
      entry("depenses", .flow, "€"),
      entry("usage", .mean, "%") { $0.profiles = ["cadres", "agents"] },
      entry("agents", .level, "agents") { $0.profiles = ["Cadres", "Catégorie B", "C"] },
      entry("touches", .level, "agents") {
        $0.profiles = ["tous", "cadres"]
        $0.across = Across.none
      },
      entry("cumul", .cumulative, "dossiers"),
      entry("trimestre", .flow, "€") { $0.cadence = .quarterly },
      entry("solde", .flow, "€") {
        $0.range = Limits(min: Quantity(-1_000), max: Quantity(1_000))
      },
    ]
    project.phases = [
      Phase(
        id: "P1", title: "Étude", from: day(2021, 1, 1), to: day(2021, 12, 31), funding: .zero,
        milestones: [
          Milestone(id: "M1", title: "Cadrage", due: day(2021, 3, 31)),
          Milestone(id: "recette", title: "Recette", due: day(2021, 6, 30)),
        ])
    ]
    return Plan(project: project, programme: programme)
  }()

  private static func entry(
    _ id: String, _ kind: Kind, _ unit: String, _ adjust: (inout IndicatorEntry) -> Void = { _ in }
  ) -> IndicatorEntry {
    var entry = IndicatorEntry(id: id)
    entry.kind = kind
    entry.direction = .up
    entry.unit = unit
    adjust(&entry)
    return entry
  }

  /// Reads bytes as the project's depot does.
  static func read(
    _ bytes: [UInt8], told: String? = project, knowledge: Knowledge = Knowledge(),
    receivedOn: Day = receivedOn
  ) -> ReadReport {
    ReportReader(toldProject: told, receivedOn: receivedOn) { id in
      id == project || id == "SNAP3-018" ? ProjectContext(plan: plan, knowledge: knowledge) : nil
    }.read(bytes)
  }

  /// Reads a text.
  static func read(
    _ text: String, told: String? = project, knowledge: Knowledge = Knowledge()
  ) -> ReadReport {
    read(Array(text.utf8), told: told, knowledge: knowledge)
  }

  /// A file with every column, `;`, and these rows.
  static func csv(_ rows: String...) -> String {
    (["projet;periode;indicateur;profil;valeur;poids;preuve;jalon;date;commentaire"] + rows)
      .joined(separator: "\n") + "\n"
  }

  /// A JSON file with these indicator rows.
  static func json(_ rows: String..., milestones: String = "") -> String {
    "{\"project\": \"SNAP3-017\",\n\"indicators\": [\n" + rows.joined(separator: ",\n")
      + "\n],\n\"milestones\": [" + milestones + "]}"
  }

  /// What stood: one total a month from January 2021 on.
  static func known(_ indicator: String, _ values: [Int]) -> Knowledge {
    var knowledge = Knowledge()
    knowledge.units[indicator] = values.enumerated().map { month, value in
      ReportedUnit(
        period: Period(cadence: .monthly, index: Int32(2021 * 12 + month)), submission: 1,
        observations: [Observation(value: Quantity(value))])
    }
    return knowledge
  }
}
