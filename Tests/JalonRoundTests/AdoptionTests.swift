import JalonCore
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Adoption: the folder is a draft; adopting makes it count")
struct AdoptionTests {
  let programme = SampleFiles.programme()
  let project = SampleFiles.project()

  /// A project file that does not pass.
  var broken: PortfolioFile { project.replacing("\"lead\"", "\"laed\"") }

  @Test("each new or changed file becomes a version, with its instant, who and why")
  func kept() throws {
    let world = InMemoryWorld()
    let first = try world.adopt([programme, project], at: instant("2021-01-01"))
    #expect(first.added == ["programmes/SNAP3.json", "projects/SNAP3/SNAP3-017.json"])
    #expect(first.changed == [] && first.unchanged == 0 && first.refused == [])
    let amended = SampleFiles.project(minimum: "200")
    let second = try world.adopt([programme, amended], at: instant("2021-02-01"))
    #expect(second.added == [] && second.changed == [project.path] && second.unchanged == 1)
    let versions = world.notebook.versions
    #expect(versions.map(\.version.id) == ["SNAP3", "SNAP3-017", "SNAP3-017"])
    #expect(versions.map(\.version.bytes) == [programme.bytes, project.bytes, amended.bytes])
    #expect(versions.last?.version.at == instant("2021-02-01"))
    #expect(versions.last?.author.name == "Zoé" && versions.last?.author.reason == "Avenant")
    let adoptions = world.notebook.ledger.filter { $0.kind == "adoption" }
    #expect(adoptions.map(\.subject) == ["SNAP3", "SNAP3-017", "SNAP3-017"])
    #expect(adoptions.last?.body.contains("\"reason\":\"Avenant\"") == true)
  }

  @Test("a folder that is as adopted adopts nothing")
  func unchanged() throws {
    let world = try sampleWorld()
    let versions = world.notebook.versions.count
    let report = try world.adopt([programme, project], at: instant("2021-02-01"))
    #expect(report.unchanged == 2 && report.added + report.changed + report.refused == [])
    #expect(world.notebook.versions.count == versions)
  }

  @Test("a file that does not pass is refused by name; its last version stands, others are adopted")
  func refused() throws {
    let world = try sampleWorld()
    let other = SampleFiles.project("SNAP3-018")
    let report = try world.adopt([programme, broken, other], at: instant("2021-02-01"))
    #expect(report.refused == [project.path] && report.added == [other.path])
    let places = report.errors.map { "\($0.file):\($0.line ?? 0)" }
    #expect(Set(places) == ["\(project.path):1", "\(project.path):2"], "\(report.errors)")
    #expect(world.notebook.versions.map(\.version.id) == ["SNAP3", "SNAP3-017", "SNAP3-018"])
    #expect(try world.recommendations(asOf: "2021-02-02") == [.pending, .notReached])
  }

  @Test("a file that has gone is named, and its project stays")
  func gone() throws {
    let world = try sampleWorld()
    let report = try world.adopt([programme], at: instant("2021-02-01"))
    #expect(report.gone == ["SNAP3-017"] && report.refused == [])
    #expect(try world.recommendations(asOf: "2021-02-02") == [.pending, .notReached])
  }

  @Test("a file moved as it is changes nothing")
  func moved() throws {
    let world = try sampleWorld()
    let moved = PortfolioFile(kind: .project, path: "projects/b.json", bytes: project.bytes)
    let report = try world.adopt([programme, moved], at: instant("2021-02-01"))
    #expect(report.unchanged == 2 && report.gone == [] && report.refused == [])
  }

  @Test(
    "an id used twice refuses the file that came second, whatever it says",
    arguments: [false, true])
  func usedTwice(_ isCopy: Bool) throws {
    let world = try sampleWorld()
    let bytes = isCopy ? project.bytes : SampleFiles.project(minimum: "200").bytes
    let copy = PortfolioFile(kind: .project, path: "projects/copie.json", bytes: bytes)
    let report = try world.adopt([programme, project, copy], at: instant("2021-02-01"))
    #expect(report.refused == ["projects/copie.json"])
    let error = try #require(report.errors.first)
    #expect(error.message.english.contains(project.path) && error.line == 2)
    #expect(world.notebook.versions.count == 2)
  }

  @Test("an id used twice by two new files refuses both")
  func usedTwiceAnew() throws {
    let world = InMemoryWorld()
    let copy = PortfolioFile(kind: .project, path: "projects/copie.json", bytes: project.bytes)
    let report = try world.adopt([programme, project, copy], at: instant("2021-02-01"))
    #expect(Set(report.refused) == [project.path, copy.path])
  }

  @Test("an id given on to another file, whose old file now says something else, is adopted")
  func handedOn() throws {
    let world = try sampleWorld()
    let renamed = PortfolioFile(
      kind: .project, path: project.path, bytes: SampleFiles.project("SNAP3-020").bytes)
    let new = PortfolioFile(
      kind: .project, path: "projects/new.json", bytes: SampleFiles.project(minimum: "250").bytes)
    let report = try world.adopt([programme, renamed, new], at: instant("2021-02-01"))
    #expect(report.refused == [], "\(report.errors)")
    #expect(report.added == [project.path] && report.changed == [new.path])
  }

  /// The sample programme asking every project for something that the sample one does not promise.
  var demanding: PortfolioFile {
    let list = """
      "indicators": [{ "id": "postes", "title": "Postes", "unit": "postes", "kind": "cumulative",
        "direction": "up" }]
      """
    return programme.replacing("\"indicators\": []", list)
  }

  @Test("a programme that would break an adopted project is refused; both stay as they were")
  func wouldBreak() throws {
    let world = try sampleWorld()
    let report = try world.adopt([demanding, project], at: instant("2021-02-01"))
    #expect(report.refused == [programme.path])
    let error = try #require(report.errors.first)
    #expect(error.file == programme.path && error.message.french.contains("SNAP3-017"))
    #expect(world.notebook.versions.count == 2)
    #expect(try world.recommendations(asOf: "2021-02-02") == [.pending, .notReached])
  }

  @Test("a programme that would break two projects is refused once, for both reasons")
  func wouldBreakTwo() throws {
    let world = try sampleWorld()
    let files = [project, SampleFiles.project("SNAP3-018")]
    _ = try world.adopt([programme] + files, at: instant("2021-01-02"))
    let report = try world.adopt([demanding] + files, at: instant("2021-02-01"))
    #expect(report.refused == [programme.path] && report.errors.count == 2)
  }

  /// The sample project as it fits the demanding programme, and that one only.
  var fitting: PortfolioFile {
    project.replacing(
      "\"title\": \"Postes équipés\", \"unit\": \"postes\", \"kind\": \"cumulative\",\n", "\n"
    ).replacing("\"direction\": \"up\", \"decimals\": 0, \"forecast\"", "\"forecast\"")
  }

  @Test("a programme and the project that follows it are adopted together")
  func together() throws {
    let world = try sampleWorld()
    let report = try world.adopt([demanding, fitting], at: instant("2021-02-01"))
    #expect(report.refused == [], "\(report.errors)")
    #expect(report.changed == [programme.path, project.path])
    #expect(try world.recommendations(asOf: "2021-02-02") == [.pending, .notReached])
  }

  @Test("a project that only passes in a programme that is refused is refused with it")
  func refusedTogether() throws {
    let world = try sampleWorld()
    let other = SampleFiles.project("SNAP3-018")
    _ = try world.adopt([programme, project, other], at: instant("2021-01-02"))
    let report = try world.adopt([demanding, fitting, other], at: instant("2021-02-01"))
    #expect(Set(report.refused) == [programme.path, project.path], "\(report.errors)")
    #expect(world.notebook.versions.count == 3)
  }

  @Test("a dry run says what would be adopted and change, and keeps nothing")
  func dryRun() throws {
    let world = try sampleWorld()
    world.fixedDay = day("2021-07-20")
    let (versions, ledger) = (world.notebook.versions.count, world.notebook.ledger)
    let stopped = SampleFiles.project(
      more: "\"stopped\": { \"on\": \"2021-03-01\", \"reason\": \"Abandon\" },")
    let report = try world.adopt(
      [programme, stopped], at: instant("2021-07-20"), isDryRun: true)
    #expect(report.changed == [project.path])
    let text = AdoptionPage(report, isDryRun: true, in: .english).text
    #expect(text.contains("SNAP3-017 P1: withhold → stopped (€450,000)"), "\(text)")
    #expect(world.notebook.versions.count == versions && world.notebook.ledger == ledger)
    let done = try world.adopt([programme, stopped], at: instant("2021-07-20"))
    #expect(done.changed == report.changed && done.changes.count == report.changes.count)
    #expect(world.notebook.ledger.last?.kind == "recommendation")
  }

  @Test("only what is named is adopted, and an unknown name is refused with the nearest one")
  func named() throws {
    let world = try sampleWorld()
    let files = [
      programme, SampleFiles.project(minimum: "200"), SampleFiles.project("SNAP3-018"),
    ]
    let report = try world.adopt(files, only: ["SNAP3-018"], at: instant("2021-02-01"))
    #expect(report.added == ["projects/SNAP3/SNAP3-018.json"] && report.changed == [])
    #expect(throws: RoundError.unknownProject("SNAP3-0018", nearest: "SNAP3-018")) {
      try world.adopt(files, only: ["SNAP3-0018"], at: instant("2021-02-02"))
    }
  }

  @Test("what a broken file once was can be named: it is refused, the others are left")
  func namedBroken() throws {
    let world = try sampleWorld()
    let report = try world.adopt(
      [programme, broken, SampleFiles.project("SNAP3-018")], only: ["SNAP3-017"],
      at: instant("2021-02-01"))
    #expect(report.refused == [project.path] && report.added == [])
  }

  @Test("two projects that changed are told apart from the thousands that did not")
  func cost() throws {
    let world = InMemoryWorld()
    let many = (1...120).map { SampleFiles.project("P-A\($0)") }
    _ = try world.adopt([programme] + many, at: instant("2021-01-01"))
    world.notebook.asked = [:]
    var files = [programme] + many
    files[60] = SampleFiles.project("P-A60", minimum: "200")
    let report = try world.adopt(files, at: instant("2021-02-01"))
    #expect(report.changed == ["projects/SNAP3/P-A60.json"] && report.unchanged == 120)
    // Before, after and once more to record: the one project, whatever the others are.
    #expect(world.notebook.asked["version of a project", default: 0] <= 1)
    #expect(world.notebook.asked["project", default: 0] <= 3)
    #expect(world.notebook.ledger.filter { $0.kind == "adoption" }.count == 122)
  }

  @Test("two programmes may not share an id that is adopted already")
  func programmeTwice() throws {
    let world = try sampleWorld()
    let copy = PortfolioFile(
      kind: .programme, path: "programmes/copie.json", bytes: demanding.bytes)
    let report = try world.adopt([programme, copy, fitting], at: instant("2021-02-01"))
    #expect(
      Set(report.refused) == ["programmes/copie.json", project.path],
      "the project only passed in the copy: \(report.errors)")
  }
}
