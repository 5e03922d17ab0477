import JalonCore
import Testing

@testable import JalonFormats

@Suite("A folder is read whole")
struct DraftTests {
  private let programme = Array(PortfolioSamples.programme.utf8)
  private let project = Array(PortfolioSamples.project.utf8)

  @Test("only the files of the contract are read")
  func files() {
    let draft = Draft(files: [
      (path: "programmes/s.json", bytes: programme), (path: "programmes/old/s.json", bytes: []),
      (path: "programmes/.s.json", bytes: []), (path: "README.md", bytes: []),
      (path: "projects/p.json", bytes: project), (path: "projects/.git/x.json", bytes: []),
      (path: "projects/p.json~", bytes: []),
    ])
    #expect(draft.result == CheckResult())
    #expect(draft.programmes.map(\.path) == ["programmes/s.json"])
    #expect(draft.projects.map(\.path) == ["projects/p.json"])
  }

  @Test("two files of one id are both refused, each naming the other")
  func sharedID() {
    let draft = Draft(files: [
      (path: "programmes/s.json", bytes: programme), (path: "projects/b/p.json", bytes: project),
      (path: "projects/a.json", bytes: project),
    ])
    #expect(draft.result.errors.map(\.file) == ["projects/a.json", "projects/b/p.json"])
    #expect(draft.result.errors.map(\.line) == [2, 2])
    #expect(draft.result.errors.first?.message.english.contains("projects/b/p.json") == true)
    #expect(draft.projects.allSatisfy { $0.value == nil && $0.id == "SNAP3-017" })
  }

  @Test("a programme adopted before stands in for a refused or absent file")
  func standing() throws {
    let before = try #require(decodeProgramme(programme, file: "s").value)
    let absent = Draft(files: [(path: "projects/p.json", bytes: project)], standing: [before])
    #expect(absent.result == CheckResult())
    #expect(absent.projects.first?.value != nil)
    let refused = Draft(
      files: [
        (path: "projects/p.json", bytes: project),
        (path: "programmes/s.json", bytes: Array("{\"id\": \"SNAP3\"}".utf8)),
      ], standing: [before])
    #expect(refused.result.errors.allSatisfy { $0.file == "programmes/s.json" })
    #expect(refused.projects.first?.value != nil)
  }

  @Test("a mistake of shape does not hide a broken rule elsewhere, and is not said twice")
  func bothKinds() {
    var text = PortfolioSamples.project
    for (part, by) in [
      ("\"lead\": \"Inspection\",", ""), ("\"contacts\": [", "\"contacts\": [\"x\", "),
      ("\"from\": \"2021-07-01\"", "\"from\": \"2021-06-30\""), ("\"balance\":", "\"balence\":"),
    ] {
      text = String(decoding: PortfolioSamples.breaking(text, part, by), as: UTF8.self)
    }
    let draft = PortfolioSamples.draft(project: Array(text.utf8))
    #expect(
      draft.result.errors.map(\.path) == ["lead", "contacts[0]", "balence", "phases[1].from"])
  }

  @Test("problems come in the order of files and lines")
  func order() {
    let draft = Draft(files: [
      (path: "projects/b.json", bytes: Array("{\n\n\"x\": 1,\n\"y\": 2}".utf8)),
      (path: "projects/a.json", bytes: Array("[".utf8)),
    ])
    let places = draft.result.errors.map { ($0.file, $0.line ?? 0) }
    #expect(places.first?.0 == "projects/a.json")
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("without a source, rules still hold and have no line")
  func withoutSource() throws {
    let programme = try #require(decodeProgramme(programme, file: "s").value)
    var project = try #require(decodeProject(project, file: "p").value)
    #expect(checkProject(project, in: programme) == CheckResult())
    #expect(checkProgramme(programme) == CheckResult())
    project.contacts = ["x"]
    let errors = checkProject(project, in: programme).errors
    #expect(errors.map(\.path) == ["contacts[0]"] && errors.first?.line == nil)
  }
}
