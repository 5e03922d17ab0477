import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("A project's place in the archive")
struct QuotaTests {
  private let received = instant("2021-04-13")

  /// A report of exactly so many bytes, which differs by its mark.
  private func report(_ size: Int, _ mark: String) -> [UInt8] {
    let head = "indicateur;periode;valeur;commentaire\npostes;2021-Q1;120;\(mark)"
    return Array((head + String(repeating: "x", count: size - head.utf8.count - 1) + "\n").utf8)
  }

  @Test("a file that goes beyond it is refused with what is used, and is not archived")
  func refused() throws {
    let world = try sampleWorld(.english)
    _ = try world.adopt(
      [SampleFiles.programme(followUp: #"["suivi@example.gouv.fr"]"#), SampleFiles.project()],
      at: instant("2021-01-02"))
    let files = [report(600, "a"), report(401, "b"), report(400, "c")]
    let filed = try world.file(files.map { arrival($0) }, at: received, quota: 1_000)
    #expect(filed.map(\.receipt.status) == [.accepted, .rejected, .accepted])
    let receipt = filed[1].receipt
    #expect(receipt.errors.map(\.code) == [ProblemCode.tooLarge.rawValue])
    #expect(receipt.bytes == 401)
    #expect(receipt.sha256 == SHA256.hash(files[1]).hexadecimal)
    let message = try #require(receipt.errors.first?.message)
    for part in [
      "600 bytes of the 1,000 bytes", "401 bytes", "the follow-up team (suivi@example.gouv.fr)",
    ] {
      #expect(message.contains(part), "\(message)")
    }
    #expect(Set(world.archived.keys) == [SHA256.hash(files[0]), SHA256.hash(files[2])])
    let entries = world.notebook.ledger.suffix(3).map(\.body)
    #expect(entries.map { $0.contains(#""archived":false"#) } == [false, true, false])
  }

  @Test("what it holds counts from one batch to the next, rejected files included")
  func kept() throws {
    let world = try sampleWorld(.french)
    let bad = Array("indicateur;periode;valeur\nposte;2021-Q1;120\n".utf8)
    let first = try world.file([arrival(bad)], at: received, quota: 1_000)
    #expect(first[0].receipt.errors.map(\.code) == [ProblemCode.indicatorUnknown.rawValue])
    let second = try world.file(
      [arrival(report(1_001 - bad.count, "a"))], at: received, quota: 1_000)
    #expect(second[0].receipt.errors.map(\.code) == [ProblemCode.tooLarge.rawValue])
    #expect(
      second[0].receipt.errors[0].message.contains("\(bad.count)\u{A0}octets")
        || second[0].receipt.errors[0].message.contains("\(bad.count) octets"))
    let third = try world.file(
      [arrival(report(1_000 - bad.count, "b"))], at: received, quota: 1_000)
    #expect(third[0].receipt.status == .accepted)
  }

  @Test("bytes that the archive has already cost nothing: repetitions, and what is read again")
  func again() throws {
    let world = try sampleWorld()
    let bad = Array("jalon;date\nM9;2021-03-12\n".utf8)
    let good = report(1_000 - bad.count, "a")
    _ = try world.file([arrival(bad), arrival(good)], at: received, quota: 1_000)
    let again = try world.file(
      [arrival(good), arrival(bad), arrival(good)], at: received, quota: 1_000)
    #expect(again.map(\.receipt.status) == [.duplicate, .rejected, .duplicate])
    #expect(again[1].receipt.errors.map(\.code) == [ProblemCode.milestoneUnknown.rawValue])
  }

  @Test("a quota made larger lets the same file in; a smaller one takes nothing back")
  func changed() throws {
    let world = try sampleWorld()
    let file = report(600, "a")
    let statuses = try [500, 600, 500].map { quota in
      try world.file([arrival(file)], at: received, quota: quota)[0].receipt.status
    }
    #expect(statuses == [.rejected, .accepted, .duplicate])
    #expect(world.archived.count == 1)
  }

  @Test("a row that counted weighs as a thousand bytes from the next batch on")
  func rows() throws {
    let world = try sampleWorld(.english)
    _ = try world.file([arrival(report(600, "a"))], at: received, quota: 3_000)
    let second = try world.file([arrival(report(600, "b"))], at: received, quota: 2_199)
    #expect(second[0].receipt.errors.first?.message.contains("take 1,600 bytes") == true)
    let third = try world.file([arrival(report(600, "b"))], at: received, quota: 2_200)
    #expect(third[0].receipt.status == .accepted)
  }

  @Test("every project has its own, and so has a door whose project nobody adopted")
  func others() throws {
    let world = try sampleWorld()
    _ = try world.adopt(
      [SampleFiles.programme(), SampleFiles.project(), SampleFiles.project("SNAP3-018")],
      at: instant("2021-01-02"))
    func door(_ bytes: [UInt8]) -> Arrival {
      var arrival = arrival(bytes, told: "SNAP3-999")
      arrival.door = "/doors/SNAP3-999"
      return arrival
    }
    let filed = try world.file(
      [
        arrival(report(600, "a")), arrival(report(600, "b"), told: "SNAP3-018"),
        door(report(600, "c")), door(report(600, "d")),
      ], at: received, quota: 1_000)
    #expect(
      filed.map(\.receipt.errors.first?.code) == [
        nil, nil, ProblemCode.projectUnknown.rawValue, ProblemCode.tooLarge.rawValue,
      ])
    #expect(
      try world.file([door(report(600, "d"))], at: received, quota: 1_000)[0].receipt.errors
        .map(\.code) == [ProblemCode.tooLarge.rawValue])
  }

  @Test("what verify is told of it fits")
  func verified() throws {
    let world = try sampleWorld()
    _ = try world.file(
      [arrival(report(600, "a")), arrival(report(600, "b"))], at: received, quota: 1_000)
    let kept = InMemoryKept(world)
    #expect(try kept.verify().misfits.isEmpty)
    kept.submissions[1].archived = 1
    #expect(try kept.verify().misfits.count == 1)
  }
}
