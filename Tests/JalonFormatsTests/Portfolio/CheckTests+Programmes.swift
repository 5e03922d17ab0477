import JalonCore
import Testing

@testable import JalonFormats

/// The rules that a programme breaks by itself.
extension CheckTests {
  static let programmeErrors = [
    Break("closes before it opens", "2021-12-31", "2021-02-01", "closes", "before the first day"),
    Break(
      "a window upside down", "2023-12-31", "2020-12-31", "spendingWindow.to",
      "before the first day"),
    Break(
      "two lowest sizes", "\"min\": 100000", "\"min\": 100000, \"above\": 100000",
      "projectSize.above", "keep one"),
    Break(
      "sizes upside down", "\"min\": 100000", "\"above\": 2000000", "projectSize.above",
      "above the maximum"),
    Break(
      "two templates of one id", "\"id\": \"note\"", "\"id\": \"etp\"", "indicators[2].id",
      "is taken"),
    Break(
      "a template's forecast of another cadence", "\"direction\": \"target\" },",
      "\"direction\": \"target\", \"forecast\": {\"2021-Q1\": 1} },",
      "indicators[0].forecast.2021-Q1", "measured monthly"),
    Break(
      "a sum of means", "\"kind\": \"mean\",", "\"kind\": \"mean\", \"across\": \"sum\",",
      "indicators[2].across", "do not add up"),
    Break(
      "a malformed address", "suivi@example.gouv.fr", "suivi@", "followUp[0]", "not an address"),
  ]

  @Test("a programme's broken rule refuses it and its projects", arguments: programmeErrors)
  func programmeError(_ example: Break) throws {
    let bytes = PortfolioSamples.breaking(PortfolioSamples.programme, example.part, example.by)
    let draft = PortfolioSamples.draft(programme: bytes)
    let problem = try #require(
      draft.result.errors.first { $0.path == example.path }, "\(draft.result.errors)")
    #expect(problem.file == "programmes/s.json" && problem.line != nil)
    #expect(problem.message.english.contains(example.says), "\(problem.message.english)")
    #expect(draft.programmes.first?.value == nil)
    let project = try #require(draft.result.errors.first { $0.file == "projects/a/p.json" })
    #expect(project.path == "programme")
    #expect(project.message.english.contains("correct programmes/s.json first"))
    expectTypography(draft.result)
  }

  @Test("a strict minimum of size excludes itself")
  func above() {
    let programme = PortfolioSamples.breaking(
      PortfolioSamples.programme, "\"min\": 100000", "\"above\": 1200000")
    let draft = PortfolioSamples.draft(programme: programme)
    #expect(draft.result.warnings.map(\.path) == ["totalCost"])
  }
}
