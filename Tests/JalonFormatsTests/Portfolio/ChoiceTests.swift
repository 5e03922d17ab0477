import JalonCore
import JalonFormats
import Testing

@Suite("What a new file leaves to be chosen")
struct ChoiceTests {
  @Test(
    "is named as such, whatever was expected there",
    arguments: [
      "id", "programme", "title", "contacts", "category", "awarded", "totalCost", "graceDays",
    ])
  func marker(_ key: String) {
    let value = key == "contacts" ? #"["À CHOISIR"]"# : #""À CHOISIR""#
    let text = "{\n\"\(key)\": \(value)\n}"
    let problems = decodeProject(Array(text.utf8), file: "a.json").problems
    let named = problems.filter { $0.line == 2 }
    #expect(named.count == 1)
    #expect(named.first?.message.french.hasPrefix("à choisir") == true)
    #expect(named.first?.message.english.hasPrefix("to be chosen") == true)
  }

  @Test("an indicator's words and numbers too")
  func indicator() {
    let text = #"""
      {"indicators": [{"id": "À CHOISIR", "unit": "À CHOISIR", "kind": "À CHOISIR",
        "decimals": "À CHOISIR", "range": {"min": "À CHOISIR"}, "forecast": {"2021": "À CHOISIR"}}]}
      """#
    let problems = decodeProject(Array(text.utf8), file: "a.json").problems
    #expect(problems.count { $0.message.french.hasPrefix("à choisir") } == 6)
  }

  @Test(
    "among other words, and however its accent is written",
    arguments: [
      ("Titre À CHOISIR", true), ("A\u{300} CHOISIR", true), ("CHÀ CHOISIR", true),
      ("A CHOISIR", false), ("À CHOISI", false), ("CHOISIR", false),
    ])
  func among(_ title: String, _ isOpen: Bool) {
    let problems = decodeProject(Array("{\"title\": \"\(title)\"}".utf8), file: "a.json").problems
    #expect(problems.contains { $0.message.french.hasPrefix("à choisir") } == isOpen)
  }
}
