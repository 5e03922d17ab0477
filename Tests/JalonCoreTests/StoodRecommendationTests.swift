import JalonCore
import Testing

@Suite("What stood when an officer acted, as it is kept")
struct StoodRecommendationTests {
  @Test(
    "one text for each, that reads back as the same",
    arguments: [
      (StoodRecommendation.gate(.withhold), "withhold"),
      (.project([.init("P1", .release)]), "P1: release"),
      (.project([.init("P1", .release), .init("P2", .notReached)]), "P1: release, P2: notReached"),
      (.project([.init("a, b", .atRisk), .init("c: d", .stopped)]), "a, b: atRisk, c: d: stopped"),
      (
        .project([.init("\u{301}é", .pending), .init("b", .release)]),
        "\u{301}é: pending, b: release"
      ),
    ])
  func text(_ stood: StoodRecommendation, _ text: String) {
    #expect(stood.rawValue == text)
    #expect(StoodRecommendation(rawValue: text) == stood)
  }

  @Test(
    "anything else is no such text",
    arguments: ["", "P1", "P1: maybe", "P1: release,", "P1: release, ", "P1 release"])
  func others(_ text: String) {
    #expect(StoodRecommendation(rawValue: text) == nil)
  }
}
