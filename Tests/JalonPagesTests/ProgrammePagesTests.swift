import JalonCore
import JalonPages
import JalonTesting
import Testing

@Suite("Pages about programmes, and new projects' files")
struct ProgrammePagesTests {
  /// A programme with every kind of rule.
  static let programme: Programme = {
    var programme = Programme(
      id: "TOUT", title: "Tout | à la fois", operatorName: "DINUM", form: .call)
    programme.opens = Day(year: 2020, month: 12, day: 1)
    programme.closes = Day(year: 2021, month: 1, day: 31)
    var cofinancing = Cofinancing()
    cofinancing.rate = Quantity(micros: 750_000)
    cofinancing.fullUpTo = Quantity(48_000)
    cofinancing.dossierCeiling = Quantity(3_000_000)
    cofinancing.projectCeiling = Quantity(8_000_000)
    programme.cofinancing = cofinancing
    var size = ProjectSize()
    size.above = Quantity(250_000)
    var local = ProjectSize()
    local.above = Quantity(150_000)
    size.categories = ["deconcentre": local]
    programme.projectSize = size
    programme.envelope = Quantity(20_000_000)
    programme.alreadyGranted = Quantity(5_000_000)
    programme.spendingWindow = Day(year: 2021, month: 1, day: 1).flatMap { from in
      Day(year: 2022, month: 12, day: 31).map { DayRange(from: from, to: $0) }
    }
    programme.reporting = Reporting(cadence: .quarterly, measured: .monthly, blocks: true)
    programme.tolerance.blocks = true
    programme.indicators = indicators
    programme.commitments = [
      Commitment(id: "demo", title: "Démonstration", dueAfterMonths: 6, source: "Livret, p. 3"),
      Commitment(id: "bilan", title: "Bilan", dueAfterMonths: 12, after: .launch),
    ]
    programme.conditions = [
      Condition(
        Threshold(
          indicator: "depenses-fr", per: "depenses", since: .phase, evidence: .observed,
          min: Quantity(50))),
      Condition(
        Threshold(indicator: "satisfaction", max: Quantity(90)), at: .each, onlyFor: ["formation"]),
    ]
    programme.source = "Livret des thèmes : TOUT*"
    return programme
  }()

  private static let indicators: [IndicatorEntry] = {
    var spending = IndicatorEntry(id: "depenses")
    (spending.title, spending.unit, spending.kind) = ("Dépenses", "€", .flow)
    (spending.direction, spending.spending) = (.target, true)
    var lots = IndicatorEntry(id: "avancement")
    (lots.title, lots.unit, lots.kind) = ("Avancement", "%", .cumulative)
    (lots.direction, lots.across, lots.openProfiles) = (.up, .mean, true)
    var satisfaction = IndicatorEntry(id: "satisfaction")
    (satisfaction.title, satisfaction.unit, satisfaction.kind) = ("Satisfaction", "%", .mean)
    (satisfaction.direction, satisfaction.onlyFor) = (.up, ["formation"])
    satisfaction.profiles = ["cadres", "agents"]
    return [spending, lots, satisfaction]
  }()

  @Test("the programmes, for people and for the documentation", arguments: Language.allCases)
  func programmes(_ language: Language) throws {
    let plain = Programme(id: "RIEN", title: "Rien de plus", operatorName: "DITP", form: .guichet)
    let page = ProgrammesPage([Self.programme, plain], in: language)
    try expectPage(page.text(width: 100), "programmes", language)
    try expectPage(page.markdown, "programmes-markdown", language)
  }

  @Test("a programme's money", arguments: Language.allCases)
  func envelope(_ language: Language) throws {
    let within = EnvelopePage(
      Self.programme, grants: [Quantity(1_000_000), Quantity(2_500_000)], in: language)
    var poor = Self.programme
    poor.envelope = Quantity(4_000_000)
    let beyond = EnvelopePage(poor, grants: [], in: language)
    poor.envelope = nil
    let silent = EnvelopePage(poor, grants: [Quantity(1)], in: language)
    try expectPage(
      [within, beyond, silent].map(\.text).joined(separator: "\n"), "envelope", language)
  }

  @Test("a new project's file, with nothing known and with everything")
  func newProject() throws {
    let bare = ProjectFilePage(Laureate(id: "T-1"), in: Self.programme)
    try expectPage(bare.text, "new-project", .french)
    var laureate = Laureate(id: "T-2")
    laureate.title = "Dire \"non\""
    laureate.lead = "Préfecture"
    laureate.contacts = ["a@x.fr", "b@x.fr"]
    laureate.category = "formation"
    (laureate.totalCost, laureate.grant) = (Quantity(300_000), Quantity(200_000))
    laureate.awarded = Day(year: 2021, month: 3, day: 31)
    let known = ProjectFilePage(laureate, in: Self.programme)
    try expectPage(known.text, "new-project-known", .french)
  }

  @Test("a programme without indicators leaves one to be chosen whole")
  func ownIndicator() throws {
    var programme = Self.programme
    (programme.indicators, programme.conditions) = ([], [])
    let page = ProjectFilePage(Laureate(id: "T-3"), in: programme)
    #expect(page.text.contains(#""kind": "À CHOISIR", "direction": "À CHOISIR","#))
    #expect(page.text.contains(#"{ "indicator": "À CHOISIR", "min": "À CHOISIR" }"#))
  }

  @Test("no line end of a programme's text can leave its comment")
  func comments() {
    var programme = Self.programme
    programme.source = "une ligne\n\"id\": \"autre\",\r\u{2028}fin"
    let page = ProjectFilePage(Laureate(id: "T-4"), in: programme)
    let outside = page.text.split(whereSeparator: \.isNewline).filter { line in
      line.contains("autre") && !line.drop { $0 == " " }.hasPrefix("//")
    }
    #expect(outside.isEmpty)
  }

  @Test("a mark with an accent upon it means nothing in Markdown either")
  func accents() {
    var programme = SampleFiles.programmeValue
    programme.title = "a|\u{301}<\u{301}b"
    let markdown = ProgrammesPage([programme], in: .french).markdown.unicodeScalars
    #expect(markdown.firstRange(of: "a\\|\u{301}\\<\u{301}b".unicodeScalars) != nil)
  }
}
