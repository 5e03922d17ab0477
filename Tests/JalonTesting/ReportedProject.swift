public import JalonCore
public import JalonFormats

/// A project whose indicators show every rule of SPEC §6, for reading files about it.
public enum ReportedProject {
  /// Its id.
  public static let id = "SNAP3-017"
  /// A day in its first phase, on which its files are received.
  public static let receivedOn = day(2021, 7, 20)

  /// A reader of its files; `SNAP3-018` is known, too, and has the same plan.
  public static func reader(
    told: String? = id, knowledge: Knowledge = Knowledge(), receivedOn: Day = receivedOn
  ) -> ReportReader {
    ReportReader(toldProject: told, receivedOn: receivedOn) { project in
      project == id || project == "SNAP3-018"
        ? ProjectContext(plan: plan, knowledge: knowledge) : nil
    }
  }

  /// Its plan: an indicator of each kind and each way across profiles, two milestones.
  public static let plan: Plan = {
    var programme = Programme(
      id: "SNAP3", title: "Postes", operatorName: "DINUM", form: .guichet)
    programme.reporting = Reporting(cadence: .quarterly, measured: .monthly)
    var project = Project(
      id: ReportedProject.id, programme: "SNAP3", title: "Postes", lead: "Ville",
      awarded: day(2021, 1, 1), totalCost: .zero, grant: .zero)
    project.indicators = indicators
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

  private static let indicators = [
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
    entry("âges", .level, "agents") { $0.profiles = ["-25 ans", "+65 ans"] },
  ]

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

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    Day(year: year, month: month, day: day) ?? Day(number: 0)
  }
}
