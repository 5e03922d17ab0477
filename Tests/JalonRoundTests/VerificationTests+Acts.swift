import JalonCore
import JalonPages
import JalonRound
import JalonTesting
import Testing

/// What officers did: acts, second words, and bytes that they had removed.
extension VerificationTests {
  static func act(
    _ deed: OfficerAct.Deed, needsSecond: Bool = false, isConfirmed: Bool = false
  ) -> OfficerAct {
    func word(_ user: String) -> Signature {
      Signature(
        name: user, user: user, way: .shell, reason: "Motif", at: instant("2021-10-01"),
        on: day("2021-10-01"))
    }
    var act = OfficerAct(
      project: "SNAP3-017", deed: deed, signature: word("zoe"), stood: .gate(.withhold),
      version: SHA256.hash([1]), rules: 1, needsSecond: needsSecond)
    if isConfirmed { act.confirmation = word("max") }
    return act
  }

  static func actStory() throws -> InMemoryKept {
    let kept = try story()
    let period = Period(cadence: .quarterly, index: 2_021 * 4)
    kept.enter(act(.decide(phase: "P1", .withhold)))
    kept.enter(act(.decide(phase: "P1", nil), needsSecond: true, isConfirmed: true))
    kept.enter(act(.waive(phase: "P1", criterion: "milestone:M1", isTakenBack: false)))
    kept.enter(act(.contest(indicator: "postes", period, isTakenBack: true)))
    return kept
  }

  @Test("What officers did fits, as long as nobody touches it")
  func acts() throws {
    #expect(try Self.actStory().verify().misfits == [])
  }

  @Test(
    "An act that was tampered with is named",
    arguments: [
      Tampering("another verdict", .rowChanged, "column verdict") {
        $0.acts[0].verdict = "release"
      },
      Tampering("taken back", .rowChanged, "column takes_back") { $0.acts[2].takesBack = 1 },
      Tampering("another criterion", .rowChanged, "column criterion") {
        $0.acts[2].criterion = "milestone:M2"
      },
      Tampering("another period", .rowChanged, "column period") { $0.acts[3].period = "2021-Q2" },
      Tampering("another reason", .rowChanged, "column reason") { $0.acts[0].word.reason = "" },
      Tampering("another recommendation", .rowChanged, "column stood") { $0.acts[0].stood = nil },
      Tampering("no second person needed", .rowChanged, "column needs_second") {
        $0.acts[1].needsSecond = 0
      },
      Tampering("another second person", .rowChanged, "column user") {
        $0.confirmations[0].word.user = "zoe"
      },
      Tampering("an act is gone", .rowMissing, "no. 3 (waive)") { $0.acts.remove(at: 2) },
      Tampering("a word is gone", .rowMissing, "table confirmation") {
        $0.confirmations.removeAll()
      },
      Tampering("an act is planted", .rowUntold, "no. 9") { kept in
        var row = kept.acts[0]
        row.number = 9
        kept.acts.append(row)
      },
      Tampering("a word is planted", .rowUntold, "no. 4 of the table confirmation") { kept in
        kept.confirmations.append((4, kept.confirmations[0].word))
      },
    ])
  func tamperedActs(_ tampering: Tampering) throws {
    let kept = try Self.actStory()
    tampering.act(kept)
    let found = try kept.verify().misfits.map { "\($0.code.rawValue): \($0.message.english)" }
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasPrefix(tampering.code.rawValue) == true, "\(found)")
    #expect(found.first?.contains(tampering.words) == true, "\(found)")
  }

  struct Removal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let needsSecond: Bool
    let isConfirmed: Bool
    let codes: [MisfitCode]
  }

  @Test(
    "Bytes that somebody had removed are not missing where the ledger tells it",
    arguments: [
      Removal(
        testDescription: "by one person", needsSecond: false, isConfirmed: false, codes: []),
      Removal(
        testDescription: "by two persons", needsSecond: true, isConfirmed: true, codes: []),
      Removal(
        testDescription: "and the second is missing", needsSecond: true, isConfirmed: false,
        codes: [.bytesMissing]),
    ])
  func expunged(_ removal: Removal) throws {
    let kept = try Self.story()
    let digest = try #require(Digest(hexadecimal: kept.submissions[0].sha256))
    kept.archived[digest] = nil
    kept.enter(
      Self.act(
        .expunge(digest), needsSecond: removal.needsSecond, isConfirmed: removal.isConfirmed))
    #expect(try kept.verify().misfits.map(\.code) == removal.codes)
  }
}
