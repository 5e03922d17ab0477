import JalonCore
import JalonPages
import JalonTesting
import Testing

/// Projects adopted by name, before their programme.
extension AdoptionTests {
  @Test("a project that is adopted before its new programme is refused with the command that does")
  func programmeNotNamed() throws {
    let world = InMemoryWorld()
    let files = [programme, project, SampleFiles.project("SNAP3-018")]
    let report = try world.adopt(
      files, only: ["SNAP3-017", "SNAP3-018"], at: instant("2021-01-01"))
    #expect(report.refused.count == 2 && report.added == [])
    #expect(
      report.errors.map(\.message.english)
        == Array(
          repeating: "Programme 'SNAP3' has not been adopted yet; adopt it with the project: "
            + "jalon adopt --by … --reason … SNAP3 SNAP3-017 SNAP3-018", count: 2))
    let both = try world.adopt(
      files, only: ["SNAP3", "SNAP3-017", "SNAP3-018"], at: instant("2021-01-02"))
    #expect(both.refused == [] && both.added.count == 3)
    // What the folder knows nothing of is unknown.
    let lost = SampleFiles.project("SNAP3-019", programme: "SNAP4")
    let unknown = try world.adopt(files + [lost], only: ["SNAP3-019"], at: instant("2021-01-03"))
    #expect(unknown.errors.contains { $0.message.english.contains("unknown programme") })
  }
}
