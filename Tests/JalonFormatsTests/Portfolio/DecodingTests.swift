import JalonCore
import JalonFormats
import Testing

@Suite("Programme and project files become values")
struct DecodingTests {
  @Test("every key of a project is read")
  func project() throws {
    let decoded = decodeProject(Array(PortfolioSamples.project.utf8), file: "p.json")
    #expect(decoded.problems.isEmpty)
    let project = try #require(decoded.value)
    #expect(project.id == "SNAP3-017" && project.programme == "SNAP3")
    #expect(project.title == "Postes" && project.lead == "Inspection")
    #expect(project.contacts == ["chef.projet@example.fr"])
    #expect(project.awarded.description == "2020-12-18")
    #expect(project.funded.description == "2021-01-08")
    #expect(project.grant == Quantity(800_000))
    #expect(project.balance.description == "100000.5")
    let postes = try #require(project.indicators.first)
    #expect(postes.kind == .cumulative && postes.direction == .up && postes.decimals == 0)
    #expect(postes.profiles == ["siege", "terrain"] && postes.pilote == "IND-1")
    #expect(postes.range == Limits(min: .zero, max: Quantity(5_000)))
    let june = try #require(PeriodNotation.read("2021-06"))
    #expect(postes.forecast?[june] == Quantity(120))
    #expect(project.indicators[1].cadence == .quarterly && project.indicators[1].phases == ["P2"])
    #expect(project.indicators[2].kind == nil)
    #expect(project.indicators[2].tolerance == ToleranceEntry(blocks: true))
    let phase = try #require(project.phases.first)
    #expect(phase.rightToError && phase.funding == Quantity(300_000))
    #expect(phase.milestones.map(\.id) == ["M1"])
    #expect(
      phase.thresholds.map(\.criterionID) == ["threshold:postes/terrain:etp", "threshold:depenses"])
    #expect(phase.thresholds[0].evidence == .observed && phase.thresholds[1].since == .phase)
    #expect(decoded.source.line(of: "phases[0].gate.thresholds[1].max") == 24)
  }

  @Test("what is left out has its default")
  func defaults() throws {
    let text = PortfolioSamples.project
      .split(separator: "\"funded\": \"2021-01-08\",").joined()
      .split(separator: ", \"balance\": 100000.50").joined()
    let project = try #require(decodeProject(Array(text.utf8), file: "p").value)
    #expect(project.funded == project.awarded)
    #expect(project.balance == .zero)
    #expect(!project.phases[1].rightToError)
    #expect(project.category == nil && project.stopped == nil && project.graceDays == nil)
  }

  @Test("every key of a programme is read")
  func programme() throws {
    let decoded = decodeProgramme(Array(PortfolioSamples.programme.utf8), file: "s.json")
    #expect(decoded.problems.isEmpty)
    let programme = try #require(decoded.value)
    #expect(programme.operatorName == "DINUM" && programme.form == .guichet)
    #expect(programme.opens?.description == "2021-03-01")
    #expect(programme.cofinancing?.rate == Quantity(micros: 750_000))
    #expect(programme.cofinancing?.dossierCeiling == Quantity(950_000))
    #expect(programme.projectSize?.max == Quantity(2_000_000))
    #expect(
      programme.reporting == Reporting(cadence: .quarterly, measured: .monthly, graceDays: 20))
    #expect(programme.indicators.map(\.id) == ["etp", "depenses", "note"])
    #expect(programme.indicators[2].onlyFor == ["formation"])
    #expect(programme.commitments.first?.after == .launch)
    #expect(programme.tolerance.strong == Quantity(micros: 200_000))
    #expect(programme.followUp == ["suivi@example.gouv.fr"] && programme.source == "Livret")
  }

  static let shapes: [(String, String, String, String)] = [
    ("\"title\": \"Postes\",", "\"titel\": \"Postes\",", "titel", "did you mean “title”"),
    ("\"lead\": \"Inspection\",", "", "lead", "is missing"),
    ("\"id\": \"SNAP3-017\"", "\"id\": \"-17\"", "id", "1 to 40 letters"),
    ("\"id\": \"SNAP3-017\"", "\"id\": \"SNAP3/17\"", "id", "1 to 40 letters"),
    ("\"id\": \"SNAP3-017\"", "\"id\": 17", "id", "1 to 40 letters"),
    ("\"lead\": \"Inspection\"", "\"lead\": \"\"", "lead", "not empty"),
    ("[\"chef.projet@example.fr\"]", "\"chef.projet@example.fr\"", "contacts", "list was expected"),
    ("\"awarded\": \"2020-12-18\"", "\"awarded\": \"2020-02-30\"", "awarded", "not a date"),
    ("\"totalCost\": 1200000", "\"totalCost\": -1", "totalCost", "value from 0"),
    ("\"totalCost\": 1200000", "\"totalCost\": \"1.2e6\"", "totalCost", "without exponent"),
    ("\"totalCost\": 1200000", "\"totalCost\": \"1 200 000\"", "totalCost", "not a number"),
    ("\"totalCost\": 1200000", "\"totalCost\": 0.0000001", "totalCost", "six decimals"),
    ("\"totalCost\": 1200000", "\"totalCost\": 9000000000001", "totalCost", "9,000,000,000,000"),
    ("\"totalCost\": 1200000", "\"totalCost\": null", "totalCost", "not a number"),
    (
      "\"kind\": \"cumulative\"", "\"kind\": \"cumulated\"", "indicators[0].kind",
      "did you mean “cumulative”"
    ),
    (
      "\"kind\": \"cumulative\"", "\"kind\": \"x\"", "indicators[0].kind",
      "level, cumulative, flow, mean"
    ),
    ("\"decimals\": 0", "\"decimals\": 7", "indicators[0].decimals", "from 0 to 6"),
    ("\"2021-03\": 40", "\"2021-3\": 40", "indicators[0].forecast.2021-3", "not a period"),
    ("\"juin-21\": 120", "\"2021-M03\": 120", "indicators[0].forecast.2021-M03", "stands twice"),
    ("\"2021-03\": 40", "\"2021-03\": \"x\"", "indicators[0].forecast.2021-03", "not a number"),
    ("\"pilote\": \"IND-1\"", "\"onlyFor\": []", "indicators[0].onlyFor", "unknown key"),
    ("\"pilote\": \"IND-1\"", "\"unit\": \"x\"", "indicators[0].unit", "stands twice"),
    ("\"rightToError\": true", "\"rightToError\": 1", "phases[0].rightToError", "true or false"),
    (
      "\"evidence\": \"observed\"", "\"evidence\": \"seen\"",
      "phases[0].gate.thresholds[0].evidence", "audited"
    ),
    ("\"milestones\": [],", "", "phases[1].milestones", "is missing"),
    ("\"gate\": { \"thresholds\": [] }", "\"gate\": {}", "phases[1].gate.thresholds", "is missing"),
    ("\"gate\": { \"thresholds\": [] }", "\"gate\": []", "phases[1].gate", "object was expected"),
    (
      "\"id\": \"M1\"", "\"id\": \" M1\"", "phases[0].milestones[0].id", "without space at its ends"
    ),
    (
      "\"id\": \"M1\"", "\"id\": \"M1\u{A0}\"", "phases[0].milestones[0].id",
      "without space at its ends"
    ),
    (
      "\"phases\": [\n", "\"stopped\": {\"on\": \"2021-05-01\"}, \"phases\": [\n", "stopped.reason",
      "is missing"
    ),
    ("\"phases\": [\n", "\"graceDays\": 1.5, \"phases\": [\n", "graceDays", "whole number"),
    ("\"totalCost\": 1200000", "\"totalCost\": 1e-7", "totalCost", "six decimals"),
    ("\"totalCost\": 1200000", "\"totalCost\": 9.1e12", "totalCost", "9,000,000,000,000"),
    ("\"totalCost\": 1200000", "\"totalCost\": 1e400", "totalCost", "9,000,000,000,000"),
  ]

  @Test("a broken shape of a project is refused at its place", arguments: shapes)
  func shape(_ example: (part: String, by: String, path: String, says: String)) {
    let bytes = PortfolioSamples.breaking(PortfolioSamples.project, example.part, example.by)
    let decoded = decodeProject(bytes, file: "p.json")
    #expect(decoded.value == nil)
    let problem = decoded.problems.first { $0.path == example.path }
    #expect(problem?.message.english.contains(example.says) == true, "\(decoded.problems)")
  }

  @Test(
    "a number is read however JSON writes it, if it is exact",
    arguments: [
      "1.2e6", "12E+5", "1200000.0000000", "12000000e-1", "\"1200000.0000000000\"",
      "0.0000000000000000012e24",
    ])
  func numbers(_ written: String) throws {
    let text = PortfolioSamples.project.replacing("1200000", with: written)
    let decoded = decodeProject(Array(text.utf8), file: "p")
    #expect(try #require(decoded.value).totalCost == Quantity(1_200_000))
  }

  @Test("a whole number is one with decimals of nothing too", arguments: ["5", "5.0", "0.5e1"])
  func wholeNumbers(_ written: String) throws {
    let text = PortfolioSamples.project.replacing(
      "\"phases\": [\n", with: "\"graceDays\": \(written), \"phases\": [\n")
    #expect(try #require(decodeProject(Array(text.utf8), file: "p").value).graceDays == 5)
  }

  static let programmeShapes: [(String, String, String, String)] = [
    ("\"operator\": \"DINUM\",", "", "operator", "is missing"),
    ("\"form\": \"guichet\"", "\"form\": \"appel\"", "form", "guichet, call"),
    ("\"rate\": 0.75", "\"rate\": 75", "cofinancing.rate", "value from 0 to 1"),
    ("\"kind\": \"level\", ", "", "indicators[0].kind", "is missing"),
    ("\"dueAfterMonths\": 12", "\"dueAfterMonths\": -1", "commitments[0].dueAfterMonths", "from 0"),
    (
      "\"after\": \"launch\"", "\"after\": \"start\"", "commitments[0].after",
      "award, launch, funds"
    ),
    ("\"followUp\": [\"suivi@example.gouv.fr\"],", "", "followUp", "is missing"),
    ("\"cadence\": \"quarterly\"", "\"cadence\": \"weekly\"", "reporting.cadence", "half-yearly"),
    ("\"to\": \"2023-12-31\"", "", "spendingWindow.to", "is missing"),
  ]

  @Test("a broken shape of a programme is refused at its place", arguments: programmeShapes)
  func programmeShape(_ example: (part: String, by: String, path: String, says: String)) {
    let bytes = PortfolioSamples.breaking(PortfolioSamples.programme, example.part, example.by)
    let decoded = decodeProgramme(bytes, file: "s.json")
    #expect(decoded.value == nil)
    let problem = decoded.problems.first { $0.path == example.path }
    #expect(problem?.message.english.contains(example.says) == true, "\(decoded.problems)")
  }

  @Test("all problems of a file are reported, with file and line")
  func all() {
    let decoded = decodeProject(
      Array("{\n\"id\": \"A\",\n\"phases\": [\n{\"id\": 3,\n\"from\": \"x\"}],\n\"x\": 1}".utf8),
      file: "p")
    let paths = decoded.problems.map(\.path)
    for path in [
      "programme", "title", "lead", "contacts", "awarded", "totalCost", "grant", "indicators",
      "phases[0].id", "phases[0].title", "phases[0].from", "phases[0].to", "phases[0].funding",
      "phases[0].milestones", "phases[0].gate", "x",
    ] {
      #expect(paths.contains(path), "\(path)")
    }
    #expect(paths.count == 16)
    #expect(decoded.problems.first { $0.path == "phases[0].from" }?.line == 5)
    #expect(decoded.problems.allSatisfy { $0.file == "p" })
  }

  @Test("what a file holds is quoted short, and does nothing to a terminal")
  func harmless() throws {
    let key = "\\u001b[31m" + String(repeating: "é", count: 500)
    let text = "{\"\(key)\": 1, \"id\": \"\(key)\", \"awarded\": \"\(key)\"}"
    let problems = decodeProject(Array(text.utf8), file: "p").problems
    #expect(problems.filter { $0.message.english.contains("␛") }.count == 3)
    for problem in problems {
      for text in [problem.path, problem.message.french, problem.message.english] {
        #expect(text.utf8.count < 2_100 && !text.unicodeScalars.contains { $0.value < 0x20 })
      }
    }
  }

  @Test("whatever bytes come, there is a value or a problem, and every problem has a place")
  func anyBytes() {
    var state: UInt64 = 2021
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let sample = Array(PortfolioSamples.project.utf8)
    let marks = Array("{}[]\",:\\/*u\n\r0-.eE \u{E9}".utf8) + [0xFF, 0x00]
    for _ in 0..<3_000 {
      var bytes = sample
      for _ in 0...random(3) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = marks[random(marks.count)]
        case 1: bytes.insert(marks[random(marks.count)], at: place)
        default: bytes.removeSubrange(place..<min(place + 1 + random(40), bytes.count))
        }
      }
      let decoded = decodeProject(bytes, file: "p")
      #expect((decoded.value == nil) == !decoded.problems.isEmpty)
      #expect(decoded.problems.allSatisfy { ($0.line ?? 0) >= 1 })
    }
  }
}
