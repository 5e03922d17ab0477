import JalonCore
import Testing

@Suite("Digests that stand in the ledger for rows")
struct FactsDigestTests {
  static let period =
    Period(.quarterly, year: 2021, ordinal: 1) ?? Period(cadence: .yearly, index: 0)
  static let units: [(indicator: String, unit: ReportedUnit)] = [
    (
      "postes",
      ReportedUnit(
        period: period, submission: 1,
        observations: [
          Observation(value: Quantity(micros: 120_000_000), line: 2),
          Observation(
            profile: "siège", value: nil, weight: Quantity(micros: 5), evidence: .audited, line: 3),
        ])
    )
  ]
  static let milestones = [
    MilestoneReach(
      milestone: "M1", reached: Day(number: 18_700), source: Source(submission: 1, line: 4)),
    MilestoneReach(milestone: "M2", reached: nil, source: Source(submission: 1, line: 5)),
  ]

  /// The notation, written a second time from its documentation.
  struct Form {
    var bytes: [UInt8] = []
    mutating func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    mutating func add(_ text: String) {
      add(Int64(text.utf8.count))
      bytes += Array(text.utf8)
    }
    mutating func addMissing() { bytes.append(0) }
    mutating func addPresent() { bytes.append(1) }
  }

  @Test("The digest of a file's rows can be recomputed from the documented form alone")
  func recomputed() {
    var rows = Form()
    rows.add("postes")
    rows.add("2021-Q1")
    rows.addMissing()
    rows.addPresent()
    rows.add(120_000_000)
    rows.addMissing()
    rows.add(0)
    rows.add(2)
    rows.add("postes")
    rows.add("2021-Q1")
    rows.addPresent()
    rows.add("siège")
    rows.addMissing()
    rows.addPresent()
    rows.add(5)
    rows.add(2)
    rows.add(3)
    var reached = Form()
    reached.add("M1")
    reached.addPresent()
    reached.add(18_700)
    reached.add(4)
    reached.add("M2")
    reached.addMissing()
    reached.add(5)
    var whole = Form()
    whole.bytes = SHA256.hash(rows.bytes).bytes + SHA256.hash(reached.bytes).bytes
    whole.add(2)
    whole.add(2)
    #expect(FactsDigest.of(Self.units, Self.milestones) == SHA256.hash(whole.bytes))
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make:
      @Sendable (inout [(indicator: String, unit: ReportedUnit)], inout [MilestoneReach]) -> Void
  }

  @Test(
    "Nothing about a row can change, and no two rows places, without another digest",
    arguments: [
      Change(testDescription: "indicator") { units, _ in units[0].indicator = "poste" },
      Change(testDescription: "period") { units, _ in units[0].unit.period = period.next },
      Change(testDescription: "cadence of a period") { units, _ in
        units[0].unit.period = Period(cadence: .yearly, index: period.index)
      },
      Change(testDescription: "profile") { units, _ in
        units[0].unit.observations[1].profile = "siege"
      },
      Change(testDescription: "profile named like no profile") { units, _ in
        units[0].unit.observations[0].profile = ""
      },
      Change(testDescription: "value") { units, _ in
        units[0].unit.observations[0].value = Quantity(micros: 120_000_001)
      },
      Change(testDescription: "not applicable for zero") { units, _ in
        units[0].unit.observations[1].value = Quantity(micros: 0)
      },
      Change(testDescription: "weight") { units, _ in
        units[0].unit.observations[1].weight = nil
      },
      Change(testDescription: "evidence") { units, _ in
        units[0].unit.observations[0].evidence = .observed
      },
      Change(testDescription: "line") { units, _ in units[0].unit.observations[0].line = 7 },
      Change(testDescription: "rows swapped") { units, _ in
        units[0].unit.observations.swapAt(0, 1)
      },
      Change(testDescription: "a row less") { units, _ in
        units[0].unit.observations.removeLast()
      },
      Change(testDescription: "milestone") { _, milestones in milestones[0].milestone = "M3" },
      Change(testDescription: "day") { _, milestones in
        milestones[0].reached = Day(number: 18_701)
      },
      Change(testDescription: "withdrawn") { _, milestones in milestones[0].reached = nil },
      Change(testDescription: "milestones swapped") { _, milestones in milestones.swapAt(0, 1) },
    ])
  func sensitive(_ change: Change) {
    var (units, milestones) = (Self.units, Self.milestones)
    change.make(&units, &milestones)
    #expect(FactsDigest.of(units, milestones) != FactsDigest.of(Self.units, Self.milestones))
  }

  @Test("The digest of a record tells a missing text from an empty one")
  func records() {
    func digest(_ project: String?, _ door: String?) -> Digest {
      RecordDigest.of(
        project: project, name: Array("a.csv".utf8), door: door, identity: nil, receipt: "{}")
    }
    let digests = [digest(nil, nil), digest("", nil), digest(nil, ""), digest("A", nil)]
    #expect(Set(digests).count == digests.count)
  }
}

@Suite("Heads of the ledger that were kept elsewhere")
struct KeptHeadTests {
  @Test(
    "are read as a message has them",
    arguments: [
      ("1234:0a1b2c3d4e5f6789", 1_234), ("7:0A1B2C3D", 7),
      ("1:" + String(repeating: "f", count: 64), 1),
    ])
  func given(text: String, sequence: Int64) {
    #expect(KeptHead(given: text)?.sequence == sequence)
    #expect(KeptHead(given: text)?.source == .given)
  }

  @Test(
    "and anything else is none",
    arguments: [
      "", ":", "1234", "1234:", "1234:0a1b2c3", "0:0a1b2c3d4e5f6789", "-1:0a1b2c3d",
      "1234:0a1b2c3g", "01:0a1b2c3d", "+1:0a1b2c3d", "1:2:0a1b2c3d", "1 0a1b2c3d",
      "1:" + String(repeating: "f", count: 65),
    ])
  func none(text: String) {
    #expect(KeptHead(given: text) == nil)
  }

  @Test("The file's line is read back, and no other spelling of it")
  func line() {
    let head = LedgerHead(sequence: 12, sha256: SHA256.hash(Array("x".utf8)))
    let line = String(head.line.dropLast())
    #expect(KeptHead(line: line)?.sequence == 12)
    #expect(KeptHead(line: line)?.digits == head.sha256.hexadecimal)
    #expect(KeptHead(line: line.uppercased()) == nil)
    #expect(KeptHead(line: String(line.dropLast())) == nil)
    #expect(KeptHead(line: "0" + line) == nil)
  }
}
