import JalonCore
import JalonPages
import Testing

@Suite("What a team reads whose files have to wait")
struct WaitingPageTests {
  @Test("for people", arguments: Language.allCases)
  func text(_ language: Language) throws {
    try expectPage(WaitingPage(filesPerDay: 10_000, in: language).text, "waiting", language)
  }
}
