import JalonCore
import JalonRound
import JalonTesting
import Testing

/// What a team hears of files that were refused.
extension TellingTests {
  @Test("of hundreds of refused files two hundred are alerts, in one letter, until one is accepted")
  func manyRefusals() throws {
    let world = try world()
    let wrong = (1...500).map { arrival(Array("\($0)".utf8), "\($0).csv") }
    for start in stride(from: 0, to: 500, by: 100) {
      _ = try world.file(
        Array(wrong[start..<start + 100]), at: instant("2021-04-02"), telling: Self.settings)
    }
    #expect(try world.notebook.port.alerts.open(["SNAP3-017"]).count == 200)
    #expect(world.notebook.queued.count == 1, "the rest waits a few minutes")
    _ = try world.file(
      [arrival(IntakeTests.good)], at: instant("2021-04-13"), telling: Self.settings)
    let standing = try world.notebook.port.alerts.open(["SNAP3-017"]).filter { $0.endedOn == nil }
    #expect(standing.isEmpty)
    #expect(world.notebook.filed.count == 501, "each was answered")
  }

  @Test(
    "a refused file goes to its team with the transaction that enters it; an accepted one ends it")
  func rejection() throws {
    let world = try world()
    let now = instant("2021-04-10")
    func push(_ lines: String..., minutes: Int) throws -> [String] {
      let before = world.notebook.queued.count
      let bytes = Array(("indicateur;periode;valeur\n" + lines.joined(separator: "\n") + "\n").utf8)
      let at = Instant(microseconds: now.microseconds + Int64(minutes) * 60_000_000)
      _ = try world.file([arrival(bytes, told: "SNAP3-017")], at: at, telling: Self.settings)
      return self.lines(world.notebook.queued.dropFirst(before))
    }
    #expect(
      try push("postes;2021-Q1;beaucoup", minutes: 0)
        == ["a@example.fr: fire file-rejected SNAP3-017 J00000001"])
    #expect(try push("postes;2021-Q1;trop", minutes: 1).isEmpty, "within five minutes")
    #expect(
      try push("postes;2021-Q1;encore", minutes: 9) == [
        "a@example.fr: fire file-rejected SNAP3-017 J00000002, "
          + "fire file-rejected SNAP3-017 J00000003"
      ])
    #expect(
      try push("postes;2021-Q1;120", minutes: 20) == [
        "a@example.fr: resolve file-rejected SNAP3-017 J00000001, "
          + "resolve file-rejected SNAP3-017 J00000002, resolve file-rejected SNAP3-017 J00000003"
      ])
    #expect(try push("postes;2021-Q1;121", minutes: 40).isEmpty, "nothing is open any more")
  }

  @Test("a refusal does not wait because something else was told a minute ago")
  func rejectionAtOnce() throws {
    let world = try world()
    _ = try evaluate(world, "2021-04-16")
    let now = Instant(microseconds: instant("2021-04-16").microseconds + 361 * 60_000_000)
    let before = world.notebook.queued.count
    _ = try world.file(
      [arrival(SampleFiles.report("postes;2021-Q1;;?;;;"), told: "SNAP3-017")], at: now,
      telling: Self.settings)
    #expect(
      lines(world.notebook.queued.dropFirst(before))
        == ["a@example.fr: fire file-rejected SNAP3-017 J00000001"])
  }

  @Test("a batch that cannot be entered tells nobody")
  func together() throws {
    let world = try world()
    world.notebook.refusesLedger = "submission"
    #expect(throws: (any Error).self) {
      try world.file(
        [arrival(SampleFiles.report("postes;2021-Q1;;?;;;"), told: "SNAP3-017")],
        at: instant("2021-04-10"), telling: Self.settings)
    }
    #expect(world.notebook.queued.isEmpty && world.notebook.alerts.isEmpty)
  }
}
