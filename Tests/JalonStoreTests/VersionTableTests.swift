import JalonCore
import Testing

@testable import JalonStore

@Suite("Versions: what was in force when")
struct VersionTableTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  @discardableResult
  private func adopt(
    _ object: String, _ text: String, at instant: Instant, kind: PortfolioKind = .project
  ) throws -> VersionRecord {
    try connection.write { () throws(StoreError) in
      if kind == .project { _ = try connection.projects.add(object) }
      return try connection.versions.add(
        VersionRecord(
          kind: kind, object: object, path: "projects/\(object).json",
          sha256: SHA256.hash(Array(text.utf8)), adoptedAt: instant, adoptedBy: "Chef de projet",
          user: "jalon", reason: "Avenant"), bytes: Array(text.utf8))
    }
  }

  private func text(_ version: VersionRecord?) throws -> String? {
    guard let version else { return nil }
    let bytes = try connection.versions.bytes(of: version.key)
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "The latest adopted by an instant is in force; before the first, the first",
    arguments: [
      (0, "one"), (10, "one"), (19, "one"), (20, "two"), (29, "two"), (30, "three"), (99, "three"),
    ])
  func inForce(at instant: Int64, expected: String) throws {
    try adopt("P-1", "one", at: second(10))
    try adopt("P-2", "other", at: second(15))
    try adopt("P-1", "two", at: second(20))
    try adopt("P-1", "programme", at: second(25), kind: .programme)
    try adopt("P-1", "three", at: second(30))
    let version = try connection.versions.inForce(.project, "P-1", at: second(instant))
    #expect(try text(version) == expected)
    let all = try connection.versions.projectsInForce(limit: 10, at: second(instant))
    #expect(all.map { String(decoding: $0.bytes, as: UTF8.self) } == [expected, "other"])
    #expect(all.map(\.version.object) == ["P-1", "P-2"])
    #expect(try connection.versions.inForce(.project, "P-3", at: second(instant)) == nil)
  }

  @Test("A clock set back does not reorder versions")
  func clockSetBack() throws {
    try adopt("P-1", "one", at: second(50))
    let stored = try adopt("P-1", "two", at: second(40))
    #expect(stored.adoptedAt == second(50))
    #expect(try text(connection.versions.inForce(.project, "P-1", at: second(50))) == "two")
    #expect(
      try connection.versions.all(.project, "P-1").map(\.adoptedAt) == [second(50), second(50)])
  }

  @Test("The latest of all are told apart by their digests, without their bytes")
  func latestOfAll() throws {
    try adopt("P-2", "a", at: second(1))
    try adopt("P-1", "b", at: second(2))
    try adopt("P-1", "c", at: second(3))
    try adopt("SNAP3", "d", at: second(4), kind: .programme)
    let latest = try connection.versions.latest(of: .project)
    #expect(latest.map(\.object) == ["P-1", "P-2"])
    #expect(latest.map(\.sha256) == ["c", "a"].map { SHA256.hash(Array($0.utf8)) })
    #expect(latest[0].path == "projects/P-1.json")
    #expect(latest[0].reason == "Avenant")
    #expect(try connection.versions.latest(.project, "P-1") == latest[0])
    #expect(try connection.versions.latest(of: .programme).map(\.object) == ["SNAP3"])
  }

  @Test("A portfolio in pieces is the whole portfolio, each project once, in order")
  func pieces() throws {
    try connection.write { () throws(StoreError) in _ = try connection.projects.add("no-version") }
    for number in 0..<23 { try adopt("P-\(number)", "text \(number)", at: second(1)) }
    var seen: [String] = []
    var next: Int64 = 0
    while case let piece = try connection.versions.projectsInForce(
      from: next, limit: 5, at: second(9)), let last = piece.last
    {
      seen += piece.map(\.version.object)
      next = last.project + 1
    }
    #expect(seen == (0..<23).map { "P-\($0)" })
  }

  @Test("The first adoption is that of the first project, not of a programme")
  func firstAdoption() throws {
    #expect(try connection.versions.firstAdoption() == nil)
    try adopt("SNAP3", "programme", at: second(1), kind: .programme)
    #expect(try connection.versions.firstAdoption() == nil)
    try adopt("P-2", "a", at: second(5))
    try adopt("P-1", "b", at: second(9))
    #expect(try connection.versions.firstAdoption() == second(5))
  }

  @Test("An empty file is a version too")
  func empty() throws {
    #expect(try text(adopt("P-1", "", at: second(1))) == "")
  }
}
