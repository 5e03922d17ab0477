import JalonPages
import Testing

@Suite("A manual page in roff")
struct ManualPageTests {
  private func page(_ fill: (inout ManualPage) -> Void) -> [String] {
    var page = ManualPage("essai", section: 5, source: "jalon 1", summary: "a page - of tests")
    page.section("KEYS")
    fill(&page)
    return page.roff.split(separator: "\n").map(String.init)
  }

  @Test("it begins with what whatis reads")
  func beginning() {
    let lines = page { _ in }
    #expect(lines.first == #".TH "ESSAI" 5 "" "jalon 1""#)
    #expect(lines.contains(#"essai \- a page \- of tests"#))
    #expect(lines.last == #".SH "KEYS""#)
  }

  @Test(
    "what roff would take for its own is escaped, and what is copied stays ASCII",
    arguments: [
      ("--as-of 'x'", #"\-\-as\-of \(aqx\(aq"#), (#"a\b "c""#, #"a\eb \(dqc\(dq"#),
      ("`jalon --json` it", #"\fBjalon \-\-json\fR it"#), ("~ ^", #"\(ti \(ha"#),
      (".part ends", #"\&.part ends"#), ("dérogation…", "dérogation…"),
    ])
  func escapes(text: String, roff: String) {
    #expect(page { $0.paragraph(text) }.last == roff)
  }

  @Test("each sentence has its line, and a long one is broken between words")
  func sentences() {
    let long = Array(repeating: "mot", count: 40).joined(separator: " ")
    let lines = page { $0.paragraph("One. Two.\n" + long) }
    #expect(lines.suffix(5).first == "One.")
    #expect(lines.suffix(4).first == "Two.")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.suffix(3).joined(separator: " ") == long)
  }

  @Test("an example stands as it is, line by line")
  func example() {
    let lines = page { $0.example("{ \"a\": 1,\n\n.b }") }
    let body = lines.drop { $0 != ".EX" }.dropFirst().prefix { $0 != ".EE" }
    #expect(Array(body) == [#"{ \(dqa\(dq: 1,"#, #"\&.b }"#])
    #expect(page { $0.example("a\n\nb") }.count == lines.count)
  }

  @Test("a term has its variable, its text, and further paragraphs below")
  func term() {
    let lines = page { $0.term("state", "path", "Where.", "Default.") }
    #expect(
      Array(lines.suffix(5)) == [".TP", #"\fBstate\fR \fIpath\fR"#, "Where.", ".IP", "Default."])
  }
}
