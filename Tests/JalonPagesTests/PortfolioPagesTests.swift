import JalonCore
import JalonPages
import JalonTesting
import Testing

@Suite("Pages about the portfolio: adoption, check, template")
struct PortfolioPagesTests {
  static let error = PortfolioProblem(
    file: "projects/SNAP3/SNAP3-023.json", line: 14, path: "phases[1].to",
    message: Sentence(
      french: "« 2021-31-12 » n’est pas une date ; écrivez 2021-12-31",
      english: "“2021-31-12” is no date; write 2021-12-31"))
  static let warning = PortfolioProblem(
    file: "programmes/SNAP3.json", line: nil, path: "",
    message: Sentence(french: "aucun projet", english: "no project"))

  @Test("an adoption", arguments: [false, true], Language.allCases)
  func adoption(_ isDryRun: Bool, _ language: Language) throws {
    var report = AdoptionReport()
    report.added = ["projects/SNAP3/SNAP3-018.json"]
    report.changed = ["programmes/SNAP3.json", "projects/SNAP3/SNAP3-017.json"]
    report.unchanged = 1_234
    report.gone = ["ITN3-004"]
    report.unfit = [
      UnfitProject(project: "ITN3-004", programme: "ITN3", reason: .gone, problem: Self.error),
      UnfitProject(
        project: "ITN3-005", programme: "ITN3", reason: .stopped(RuleStory.day("2021-05-01")),
        problem: Self.warning),
    ]
    report.refused = [Self.error.file]
    report.errors = [Self.error]
    report.warnings = [Self.warning]
    report.changes = [
      .init(
        project: "SNAP3-017", phase: "P1", before: .withhold, now: .release,
        fundsAtStake: Quantity(450_000)),
      .init(
        project: "SNAP3-018", phase: "P1", before: nil, now: .pending,
        fundsAtStake: Quantity(micros: 1_350_000_500_000)),
    ]
    let page = AdoptionPage(report, isDryRun: isDryRun, in: language)
    try expectPage(page.text, isDryRun ? "adoption-dry-run" : "adoption", language)
    guard !isDryRun else { return }
    try expectPage(String(decoding: page.json.indented, as: UTF8.self), "adoption-json", language)
  }

  @Test("a check", arguments: Language.allCases)
  func check(_ language: Language) throws {
    let text = ProblemsPage.text(
      errors: [Self.error], warnings: [Self.warning, Self.error], files: 8, in: language)
    try expectPage(text, "check", language)
    let json = ProblemsPage.json(errors: [Self.error], warnings: [Self.warning], in: language)
    try expectPage(String(decoding: json.indented, as: UTF8.self), "check-json", language)
  }

  func template(_ plan: Plan, _ language: Language) throws -> String {
    let missing = plan.indicators.flatMap { indicator in
      plan.missingPeriods(of: indicator, knowing: Knowledge()).prefix(1).map { (indicator.id, $0) }
    }
    let page = TemplatePage(
      plan, missing: missing, milestones: plan.milestones, in: language)
    let bytes = page.csv
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]), "Excel takes it for UTF-8")
    return String(decoding: bytes.dropFirst(3), as: UTF8.self)
  }

  @Test("a template has a row for each figure and milestone", arguments: Language.allCases)
  func template(_ language: Language) throws {
    let text = try template(SampleFiles.plan, language)
    #expect(text.utf8.count { $0 == 0x0D } == text.utf8.count { $0 == 0x0A })
    try expectPage(text.split(separator: "\r\n").joined(separator: "\n"), "template", language)
  }

  @Test("months are written so that Excel leaves them alone")
  func months() throws {
    var project = SampleFiles.projectValue
    project.indicators[0].cadence = .monthly
    project.indicators[0].kind = .flow
    let plan = Plan(project: project, programme: SampleFiles.programmeValue)
    #expect(try template(plan, .french).contains(";2021-M01;postes;"))
  }

  @Test(
    "no cell is taken for a formula",
    arguments: [
      ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0 (postes)"), ("+33 6", "'+33 6 (postes)"),
      ("-1", "'-1 (postes)"), ("@SUM(A1)", "'@SUM(A1) (postes)"), ("\tx", "x (postes)"),
      ("\r=x", "'=x (postes)"), ("a\nb\u{0}c", "a b c (postes)"),
      ("a;b", "\"a;b (postes)\""), ("dit \"non\"", "\"dit \"\"non\"\" (postes)\""),
      ("a=b", "a=b (postes)"), ("\"\u{301};", "\"\"\"\u{301}; (postes)\""),
    ])
  func formulas(_ title: String, _ cell: String) throws {
    var project = SampleFiles.projectValue
    project.indicators[0].title = title
    let plan = Plan(project: project, programme: SampleFiles.programmeValue)
    #expect(try template(plan, .french).contains(";postes;;;;;;;\(cell)\r\n"))
  }
}
