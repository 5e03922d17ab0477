import JalonCore
import JalonPages
import JalonTesting
import Testing

@Suite("Pages for an auditor: an explanation, a comparison, the amended plans")
struct LetterPagesTests {
  @Test("an explanation with what came since", arguments: Language.allCases)
  func explanation(_ language: Language) throws {
    let page = ExplanationPage(try AmendedStory(language).explanation(), in: language)
    try expectPage(page.text(width: 100), "explanation-since", language)
    try expectPage(page.markdown, "explanation-since", language, type: "md")
    try expectPage(
      String(decoding: page.json.indented, as: UTF8.self), "explanation-since-json", language)
  }

  @Test("what changed a verdict between two instants", arguments: Language.allCases)
  func comparison(_ language: Language) throws {
    let page = ComparisonPage(try AmendedStory(language).comparison(), in: language)
    try expectPage(page.text(width: 100), "comparison", language)
    try expectPage(page.markdown, "comparison", language, type: "md")
    try expectPage(
      String(decoding: page.json.indented, as: UTF8.self), "comparison-json", language)
  }

  @Test(
    "the adopted plans and the deviation from the first and the last", arguments: Language.allCases)
  func plans(_ language: Language) throws {
    let (versions, deviations) = try AmendedStory(language).plans()
    let page = PlansPage(
      versions, deviations: deviations, asOf: AmendedStory.day, knownAt: AmendedStory.now,
      in: language)
    try expectPage(page.text(width: 100), "plans", language)
    try expectPage(String(decoding: page.json.indented, as: UTF8.self), "plans-json", language)
  }

  @Test("one project whole says where its measures are heading", arguments: Language.allCases)
  func trends(_ language: Language) throws {
    let story = try AmendedStory(language)
    let status = try story.status()
    let page = StatusPage(asOf: AmendedStory.day, knownAt: AmendedStory.then, in: language)
    try expectPage(page.whole(status, received: [], width: 80), "status-trends", language)
    let json = String(decoding: page.json(status).compact, as: UTF8.self)
    #expect(json.contains("\"earlyWarnings\":[{\"phase\":\"P1\""))
  }

  @Test("a record that newer rules judge otherwise stands beside what they say")
  func rules() throws {
    var explanation = try AmendedStory(.english).explanation()
    explanation.recorded = RecordedVerdict(
      at: AmendedStory.then, asOf: AmendedStory.day, knownAt: AmendedStory.then,
      recommendation: .release, crossed: AmendedStory.day, again: (.withhold, nil))
    let text = ExplanationPage(explanation, in: .english).text(width: 200)
    #expect(text.contains("known at 2021-10-10T00:00:00Z: release (crossed on 2021-10-10)"))
    #expect(text.contains("- recomputed here: withhold\n"))
    #expect(
      text.contains(
        "today’s rules (version \(Judge.rulesVersion)): withhold; the rules have changed"))
  }

  @Test("a hostile file name stays text in Markdown")
  func markdown() throws {
    var explanation = try AmendedStory(.english).explanation()
    explanation.files = explanation.files.mapValues {
      CitedFile(
        receipt: $0.receipt, file: "<script>|*x*[a](b)", sha256: $0.sha256,
        receivedAt: $0.receivedAt)
    }
    let text = ExplanationPage(explanation, in: .english).markdown
    #expect(text.contains("\\<script>\\|\\*x\\*\\[a\\](b)") && !text.contains("[a](b)\n"))
  }
}
