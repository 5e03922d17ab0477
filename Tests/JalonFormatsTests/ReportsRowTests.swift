import JalonCore
import JalonFormats
import JalonTesting
import Testing

@Suite("What rows say of a project, a unit and a value")
struct ReportsRowTests {
  @Test(
    "What a warning or a wrong total is about is shown as the file writes it, at its own row",
    arguments: [
      (
        rows("2021-03;usage;cadres;50", "2021-03;usage;agents;75", "2021-03;usage;;\"62,60 \""), 4,
        "62,60"
      ),
      (rows("2021-05;depenses;;1 410,00 €"), 2, "1 410,00 €"),
      (
        rows(
          "2021-05;agents;C;0", "2021-05;agents;Cadres;9000", "2021-05;agents;;9 000,0",
          "2021-05;agents;Catégorie B;0"), 4, "9 000,0"
      ),
      ("period,indicator,value\n2021-05,depenses,\"1 410,0\"\n", 2, "1 410,0"),
      ("period,indicator,value\n2021-05,depenses,1410.0\n", 2, "1410.0"),
      // What it is greater than came before, and is in another file.
      (rows("2021-02;cumul;;31,50"), 2, "31,50"),
    ])
  func texts(_ file: String, _ line: Int, _ text: String) {
    var knowledge = Knowledge()
    for id in ["depenses", "agents", "cumul"] {
      knowledge.units.merge(ReportsFixture.known(id, [10, 20, 30, 40]).units) { $1 }
    }
    let report = ReportsFixture.read(file, knowledge: knowledge)
    let problems = report.errors + report.warnings
    #expect(problems.map(\.line) == [line])
    #expect(problems.map(\.text) == [text])
  }

  @Test("Another spelling of the project is the project, unless another one is called so")
  func twins() {
    let context = ProjectContext(plan: ReportedProject.plan, knowledge: Knowledge())
    func codes(_ project: String, known: Set<String>) -> [ProblemCode] {
      let reader = ReportReader(
        toldProject: ReportedProject.id, receivedOn: ReportedProject.receivedOn
      ) { known.contains($0) ? context : nil }
      let file = "projet;periode;indicateur;valeur\n\(project);2021-03;postes;1\n"
      return reader.read(Array(file.utf8)).errors.map(\.code)
    }
    #expect(codes("snap3-017", known: ["SNAP3-017"]) == [])
    #expect(codes("snap3-017", known: ["SNAP3-017", "snap3-017"]) == [.projectForeign])
    #expect(codes("SNAP3-018", known: ["SNAP3-017"]) == [.projectForeign])
  }

  @Test("A name that cannot be the depot's project is not looked up: a file may hold a million")
  func lookedUp() {
    var asked: [String] = []
    let reader = ReportReader(
      toldProject: ReportedProject.id, receivedOn: ReportedProject.receivedOn
    ) { id in
      asked.append(id)
      return id == ReportedProject.id
        ? ProjectContext(plan: ReportedProject.plan, knowledge: Knowledge()) : nil
    }
    let names = (1...50).map { "X-\($0);2021-03;postes;1\n" }.joined()
    let report = reader.read(Array(("projet;periode;indicateur;valeur\n" + names).utf8))
    #expect(report.errors.map(\.code) == Array(repeating: .projectForeign, count: 50))
    #expect(asked == [ReportedProject.id])
  }

  @Test(
    "Of a hundred profiles, any one alone leaves the others missing", arguments: [0, 62, 63, 99])
  func manyProfiles(_ number: Int) {
    var project = ReportedProject.plan.project
    var entry = IndicatorEntry(id: "cent")
    (entry.kind, entry.direction, entry.unit) = (.level, .up, "agents")
    entry.profiles = (0..<100).map { "p\($0)" }
    project.indicators.append(entry)
    let plan = Plan(project: project, programme: ReportedProject.plan.programme)
    let reader = ReportReader(
      toldProject: ReportedProject.id, receivedOn: ReportedProject.receivedOn
    ) { _ in ProjectContext(plan: plan, knowledge: Knowledge()) }
    let file = rows("2021-03;cent;;3", "2021-03;cent;p\(number);3")
    #expect(reader.read(Array(file.utf8)).errors.map(\.code) == [.profileMissing])
  }
}

private func rows(_ rows: String...) -> String {
  (["periode;indicateur;profil;valeur"] + rows).joined(separator: "\n") + "\n"
}
