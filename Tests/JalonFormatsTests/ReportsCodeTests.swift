import JalonCore
import JalonFormats
import Testing

@Suite("Report files are accepted, or refused with every problem")
struct ReportsCodeTests {
  @Test("A CSV file has the problems it should", arguments: CodeCase.csv)
  func csv(_ file: CodeCase) { check(file) }

  @Test("A JSON file has the problems it should", arguments: CodeCase.json)
  func json(_ file: CodeCase) { check(file) }

  private func check(_ file: CodeCase) {
    let report = ReportsFixture.read(file.text, told: file.told, knowledge: file.knowledge)
    let problems = report.errors + report.warnings
    let found = problems.map { $0.code.rawValue }.sorted()
    #expect(found == file.codes.map(\.rawValue).sorted(), "\(problems.map(\.message.english))")
    #expect(report.isAccepted == file.codes.allSatisfy(\.isWarning))
    #expect(report.errors.allSatisfy { !$0.code.isWarning })
    #expect(report.isAccepted == (report.rows > 0))
    #expect(problems.allSatisfy { !$0.message.french.contains("{") || $0.code == .syntax })
  }

  @Test("Every code that these formats yield has a case")
  func everyCode() {
    // `type-ignored` is PILOTE's; `too-large` is said before anything is read.
    let elsewhere: Set<ProblemCode> = [.typeIgnored, .tooLarge]
    let seen = Set((CodeCase.csv + CodeCase.json).flatMap(\.codes))
    #expect(seen.union(elsewhere) == Set(ProblemCode.allCases))
    #expect(
      CodeCase.csv.contains { $0.codes.isEmpty } && CodeCase.json.contains { $0.codes.isEmpty })
  }

  @Test("Problems come in order of line, and say where")
  func order() {
    let report = ReportsFixture.read(
      ReportsFixture.csv(
        ";2021-03;agents;Cadres;1;;;;;", ";2021-03;postes;;x;y;;;;", ";2021-13;poste;;1;;;;;"))
    let places = report.errors.map { [$0.line ?? 0, $0.column ?? 0] }
    #expect(places == [[2, 4], [3, 5], [3, 6], [4, 2], [4, 3]])
    #expect(report.rows == 0 && report.periods.isEmpty && report.units.isEmpty)
  }

  @Test(
    "A row's line is its first physical one, whatever ends lines", arguments: ["\n", "\r\n", "\r"])
  func lines(_ end: String) {
    let text = [
      "commentaire;periode;indicateur;valeur", "\"deux", "lignes \"\"citées\"\"\";2021-03;postes;1",
      "",
      ";2021-04;postes;x", "",
    ].joined(separator: end)
    #expect(ReportsFixture.read(text).errors.map(\.line) == [5])
  }

  @Test("What is read is what was written")
  func facts() throws {
    let report = ReportsFixture.read(
      ReportsFixture.csv(
        "snap3-017;mars-21;usage;agents;66,5;3;Constaté;;;", ";2021-03;usage;cadres;s.o.;;;;;",
        ";févr.-21;Dépenses;;1 350 000,25 €;;;;;", ";;;;;;;recette;30/06/2021;", ";;;;;;;M1;-;"))
    #expect(report.project == "SNAP3-017")
    #expect(report.rows == 5)
    #expect(report.periods.map(\.description) == ["2021-02", "2021-03"])
    #expect(report.units.map(\.indicator) == ["usage", "depenses"])
    let usage = try #require(report.units.first?.unit)
    #expect(
      usage.observations == [
        Observation(
          profile: "agents", value: Quantity("66.5"), weight: Quantity(3), evidence: .observed,
          line: 2), Observation(profile: "cadres", value: nil, line: 3),
      ])
    #expect(report.units.last?.unit.observations.first?.value == Quantity("1350000.25"))
    #expect(report.milestones.map(\.milestone) == ["recette", "M1"])
    #expect(report.milestones.map(\.reached) == [ReportsFixture.day(2021, 6, 30), nil])
  }

  @Test("Rows of one unit may be scattered over the file")
  func scattered() {
    let report = ReportsFixture.read(
      ReportsFixture.csv(
        ";2021-03;touches;cadres;1;;;;;", ";2021-04;touches;;3;;;;;", ";2021-03;touches;;9;;;;;"))
    #expect(report.isAccepted)
    #expect(report.units.map(\.unit.observations.count) == [2, 1])
    #expect(report.units.first?.unit.observations.map(\.line) == [2, 4])
  }

  @Test("A thousand problems are listed, and the rest is counted")
  func many() {
    let rows = Array(repeating: "2021-03;postes;x\n", count: 1_500).joined()
    let report = ReportsFixture.read("periode;indicateur;valeur\n" + rows)
    #expect(report.errors.count == 1_001)
    // 1,500 bad values, 1,499 repeated rows.
    #expect(report.errors.last?.message.english.contains("2999 problems in all; 1999") == true)
  }
}
