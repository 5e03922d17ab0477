import JalonCore
import JalonFormats
import Testing

@Suite("No bytes crash the reader")
struct ReportsMutationTests {
  /// SplitMix64: the same damage at every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  private static let telling =
    Array(";,\t\"\r\n-+.'{}[]: €é\u{A0}\u{202F}\0eE059".utf8) + [0x81, 0xFF]

  @Test("Damaged files are accepted or refused with a reason", arguments: 1...6)
  func damaged(_ seed: UInt64) {
    let good: [[UInt8]] = [
      ReportsEncodingTests.windows1252, ReportsEncodingTests.marked, ReportsEncodingTests.little,
      Array(
        ReportsFixture.csv(
          "SNAP3-017;2021-03;usage;cadres;66,5;3;Constaté;;;x",
          ";mars-21;usage;agents;\"s.o.\";;;;;", ";;;;;;;M1;30/06/2021;"
        ).utf8),
      Array(
        ReportsFixture.json(
          "{\"id\": \"usage\", \"period\": \"2021-03\", \"value\": 66.5, \"weight\": 2}",
          milestones: "{\"id\": \"M1\", \"reached\": \"2021-03-12\"}"
        ).utf8),
    ]
    var generator = Generator(state: seed)
    for round in 0..<600 {
      var bytes = good[round % good.count]
      for _ in 0..<Int.random(in: 1...6, using: &generator) { damage(&bytes, &generator) }
      let report = ReportsFixture.read(bytes, told: round % 7 == 0 ? nil : "SNAP3-017")
      #expect(report.isAccepted != report.errors.contains { !$0.code.isWarning })
      #expect(report.isAccepted == (report.rows > 0), "seed \(seed), round \(round)")
      #expect((report.errors + report.warnings).allSatisfy { $0.text.utf8.count <= 220 })
    }
  }

  private func damage(_ bytes: inout [UInt8], _ generator: inout Generator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
    case 1: bytes[place] = ReportsMutationTests.telling.randomElement(using: &generator) ?? 0
    case 2:
      bytes.insert(
        ReportsMutationTests.telling.randomElement(using: &generator) ?? 0, at: place)
    case 3: bytes.removeSubrange(place..<end)
    default: bytes.insert(contentsOf: bytes[place..<end], at: place)
    }
  }
}
