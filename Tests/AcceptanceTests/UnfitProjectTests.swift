import Foundation
import Testing

@Suite("A project whose file has gone, under a programme that it does not fit")
struct UnfitProjectTests {
  /// The programme with a template that the project completes.
  private static let usage = SmallPortfolio.programme.replacing(
    "\"indicators\": []",
    with: """
      "indicators": [{ "id": "usage", "title": "Usage", "unit": "%", "kind": "mean",
        "direction": "up" }]
      """)

  @Test(
    "it is named, and then evaluated, shown and told of as any other",
    arguments: [
      ("its milestone's id is a commitment's", "is a commitment of the programme"),
      ("its indicator's id is a template's", "agents"),
      ("the template is gone", "indicators[0].kind"),
      ("no period is expected", "agents"),
    ])
  func unfit(clash: String, problem: String) async throws {
    let installation = try Installation()
    try installation.draw(["A", "B"])
    try installation.draw("programmes/PRG.json", Self.usage)
    let project = SmallPortfolio.project("B").replacing(
      "\"indicators\": [",
      with: "\"indicators\": [{ \"id\": \"usage\", \"forecast\": { "
        + "\"2021-Q1\": 10, \"2021-Q2\": 20 } },"
    ).replacing("\"min\": 100 }", with: "\"min\": 100 }, { \"indicator\": \"usage\", \"min\": 5 }")
    try installation.draw("projects/B.json", project)
    let adopt = ["adopt", "--by", "C. Roux", "--reason", "essai"]
    let first = try await installation.run(
      adopt, environment: try FakeClock.at("2021-02-01T08:00:00Z"))
    try #require(first.status == 0, "\(first.complaint)")
    try FileManager.default.removeItem(
      at: installation.portfolio.appendingPathComponent("projects/B.json"))
    let amended =
      switch clash {
      case "the template is gone": SmallPortfolio.programme
      case "its indicator's id is a template's":
        Self.usage.replacing(
          "\"indicators\": [",
          with:
            "\"indicators\": [{ \"id\": \"agents\", \"title\": \"Agents\", \"unit\": \"agents\", "
            + "\"kind\": \"level\", \"direction\": \"up\", \"onlyFor\": [\"pilote\"] },")
      case "no period is expected": Self.usage.replacing("\"quarterly\"", with: "\"yearly\"")
      default:
        Self.usage.replacing(
          "\"commitments\": []",
          with: "\"commitments\": [{ \"id\": \"M1\", \"title\": \"C\", \"dueAfterMonths\": 3 }]")
      }
    try installation.draw("programmes/PRG.json", amended)
    try FileManager.default.removeItem(
      at: installation.portfolio.appendingPathComponent("projects/A.json"))
    let outcome = try await installation.run(
      adopt, environment: try FakeClock.at("2021-03-01T08:00:00Z"))
    #expect(outcome.status == 0, "\(outcome.complaint)")
    let named = outcome.output.split(separator: "\n").filter {
      $0.hasPrefix("project B does not fit the amended programme PRG (")
    }
    #expect(named.contains { $0.contains(problem) }, "\(outcome.output)")
    // Whoever asks is answered, and whoever should know is told.
    for words in [
      ["evaluate"], ["flags"], ["status", "B"], ["explain", "B", "P1"], ["template", "B"],
      ["export", "--format", "prom"], ["verify"],
    ] {
      for instant in ["2021-04-20T08:00:00Z", "2021-07-20T08:00:00Z"] {
        let asked = try await installation.run(
          words, environment: try FakeClock.at(instant))
        #expect(asked.status == 0, "\(words) \(instant): \(asked.complaint)")
      }
    }
    let told = try installation.told()
    #expect(told.contains("suivi@example.fr fire gate-withhold B"), "\(told)")
  }
}
