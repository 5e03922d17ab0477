import JalonCore
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Verification: what does not fit is named, and nothing else is")
struct VerificationTests {
  /// A project that reports, corrects, sends again, is refused and is judged.
  static func story() throws -> InMemoryKept {
    let world = try sampleWorld(.english)
    for (number, value) in [120, 130, 140].enumerated() {
      try world.receive(["postes;2021-Q1;;\(value);;;"], "t\(number).csv", on: "2021-04-1\(number)")
    }
    try world.receive(["postes;2021-Q1;;140;;;"], "again.csv", on: "2021-04-15")
    try world.receive(["poste;2021-Q1;;140;;;"], "wrong.csv", on: "2021-04-16")
    let large = Arrival(
      told: "SNAP3-017", file: "large.csv", name: Array("large.csv".utf8),
      content: .tooLarge(30_000_000, SHA256.hash([7]), limit: 20_000_000))
    let link = Arrival(
      told: "SNAP3-999", file: "link.csv", name: Array("link.csv".utf8),
      content: .refused(Sentence(french: "Lien.", english: "A link.")))
    _ = try world.file([large, link], at: instant("2021-04-17"))
    for on in ["2021-05-01", "2021-09-01"] {
      try world.evaluation(asOf: day(on), knownAt: instant(on))
        .all(recording: Recording(at: instant(on), telling: nil)) { _ in }
    }
    return InMemoryKept(world)
  }

  @Test("What nobody touched fits, refused files and duplicates included")
  func untouched() throws {
    let kept = try Self.story()
    try #require(kept.recommendations.count >= 2 && kept.versions.count == 2)
    try #require(Set(kept.submissions.map(\.status)).count == 3)
    let report = try kept.verify([try #require(KeptHead(line: String(kept.head.line.dropLast())))])
    #expect(report.misfits == [])
    #expect(report.notes == [])
    #expect(report.entries == kept.entries.count)
    #expect(report.files == 4)
  }

  struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: MisfitCode
    /// A part of what is said.
    let words: String
    let act: @Sendable (InMemoryKept) -> Void
    init(
      _ name: String, _ code: MisfitCode, _ words: String,
      _ act: @escaping @Sendable (InMemoryKept) -> Void
    ) {
      testDescription = name
      self.code = code
      self.words = words
      self.act = act
    }
  }

  @Test(
    "One thing is tampered with, and named",
    arguments: [
      Tampering("an entry is deleted", .entriesMissing, "no. 2 and this one") {
        $0.entries.remove(at: 2)
      },
      Tampering("the first entry is deleted", .entriesMissing, "beginning") {
        $0.entries.remove(at: 0)
      },
      Tampering("an entry says something else", .entryChanged, "changed") { kept in
        let old = kept.entries[3]
        kept.entries[3] = LedgerEntry(
          sequence: old.sequence, at: old.at, kind: old.kind, subject: "X", body: old.body,
          previous: old.previous, sha256: old.sha256)
      },
      Tampering("an entry is replaced, with a digest that is right", .entryOrder, "replaced") {
        kept in
        let old = kept.entries[3]
        let digest = LedgerEntry.digest(
          previous: old.previous, sequence: old.sequence, at: old.at, kind: "note", subject: "",
          body: "{}")
        kept.entries[3] = LedgerEntry(
          sequence: old.sequence, at: old.at, kind: "note", subject: "", body: "{}",
          previous: old.previous, sha256: digest)
      },
      Tampering("a submission is gone", .rowMissing, "J00000002 (t1.csv)") {
        $0.submissions.remove(at: 1)
      },
      Tampering("a submission has another status", .rowChanged, "column status") {
        $0.submissions[1].status = "rejected"
      },
      Tampering("a submission has another project", .rowChanged, "column project") {
        $0.submissions[1].project = "SNAP3-018"
      },
      Tampering("an accepted submission has no project", .rowChanged, "column project") {
        $0.submissions[1].project = nil
      },
      Tampering("a submission has another instant", .rowChanged, "column received_at") {
        $0.submissions[0].receivedAt += 1
      },
      Tampering("a receipt says something else", .rowChanged, "receipt") {
        $0.submissions[0].record = SHA256.hash([1])
      },
      Tampering("a submission is planted", .rowUntold, "J00000099") { kept in
        var row = kept.submissions[0]
        row.number = 99
        kept.submissions.append(row)
      },
      Tampering("a figure is another", .factsChanged, "J00000001 (t0.csv)") {
        $0.facts[1] = SHA256.hash([1])
      },
      Tampering("a figure cannot be read", .factsChanged, "J00000001") { $0.facts[1] = nil },
      Tampering("rows are planted", .factsUntold, "submission no. 5") { $0.strayFacts = [5] },
      Tampering("archived bytes are others", .bytesChanged, "J00000001 (t0.csv)") { kept in
        let digest = Digest(hexadecimal: kept.submissions[0].sha256) ?? LedgerEntry.origin
        kept.archived[digest] = [1, 2, 3]
      },
      Tampering("archived bytes of a refused file are gone", .bytesMissing, "(wrong.csv)") { kept in
        let row = kept.submissions.first { $0.file == "wrong.csv" }
        kept.archived[Digest(hexadecimal: row?.sha256 ?? "") ?? LedgerEntry.origin] = nil
      },
      Tampering("a version has other bytes", .rowChanged, "column bytes") {
        $0.versions[1].content = SHA256.hash([1])
      },
      Tampering("a version has another reason", .rowChanged, "column reason") {
        $0.versions[0].reason = "Autre"
      },
      Tampering("a version has another kind", .rowMissing, "SNAP3-017") {
        $0.versions[1].kind = "programme"
      },
      Tampering("a version is gone", .rowMissing, "SNAP3-017") { $0.versions.removeLast() },
      Tampering("a version is planted", .rowUntold, "row 9") { kept in
        var row = kept.versions[0]
        row.key = 9
        kept.versions.append(row)
      },
      Tampering("a recommendation is another", .rowChanged, "column recommendation") {
        $0.recommendations[0].recommendation = "release"
      },
      Tampering("a gate is no longer flagged", .rowChanged, "column flagged") {
        $0.recommendations[1].flagged ^= 1
      },
      Tampering("money at stake is another", .rowChanged, "column funds") {
        $0.recommendations[0].funds += 1
      },
      Tampering("recommendations are in another order", .rowMissing, "recommendation") { kept in
        kept.recommendations.swapAt(0, 1)
        kept.recommendations[0].key = 1
        kept.recommendations[1].key = 2
      },
      Tampering("a recommendation is gone", .rowMissing, "recommendation") {
        $0.recommendations.remove(at: 0)
      },
      Tampering("a recommendation is planted in the middle", .rowUntold, "row 2") { kept in
        var planted = kept.recommendations[0]
        planted.recordedAt += 1
        kept.recommendations.insert(planted, at: 1)
        for index in kept.recommendations.indices {
          kept.recommendations[index].key = Int64(index) + 1
        }
      },
    ])
  func tampered(_ tampering: Tampering) throws {
    let kept = try Self.story()
    tampering.act(kept)
    let report = try kept.verify()
    let found = report.misfits.map { "\($0.code.rawValue): \($0.message.english)" }
    #expect(report.misfits.map(\.code).contains(tampering.code), "\(found)")
    #expect(found.contains { $0.contains(tampering.words) }, "\(found)")
    #expect(report.misfitCount <= 3, "one thing does not make a crowd: \(found)")
  }

  @Test("One thing that does not fit does not hide what comes after it")
  func goesOn() throws {
    let kept = try Self.story()
    kept.entries.remove(at: 1)
    kept.submissions[2].rows += 1
    let codes = try kept.verify().misfits.map(\.code)
    #expect(codes.first == .entriesMissing)
    #expect(codes.contains(.rowChanged))
  }

  @Test("A ledger whose end was cut off, with all it told, shows against a head kept elsewhere")
  func truncated() throws {
    let kept = try Self.story()
    let head = try #require(KeptHead(given: "\(kept.head.sequence):\(kept.head.sha256)"))
    while let entry = kept.entries.last, entry.kind == "recommendation" {
      kept.entries.removeLast()
      kept.recommendations.removeAll { $0.recordedAt == entry.at.microseconds }
    }
    #expect(try kept.verify().misfitCount == 0)
    let report = try kept.verify([head])
    #expect(report.misfits.map(\.code) == [.truncated])
  }

  @Test("A ledger written anew from end to end shows against a head kept elsewhere")
  func rewritten() throws {
    let kept = try Self.story()
    let head = try #require(KeptHead(given: "4:\(kept.entries[3].sha256.hexadecimal.prefix(16))"))
    kept.versions[0].reason = "Motif"
    kept.rewrite { $0.body.replacingReason() }
    kept.versions[1].reason = "Motif"
    #expect(try kept.verify().misfitCount == 0)
    let report = try kept.verify([head])
    #expect(report.misfits.map(\.code) == [.rewritten])
    #expect(report.misfits.first?.sequence == 4)
  }

  @Test("Bytes in the archive that nothing speaks of are worth a note, and no more")
  func leftover() throws {
    let kept = try Self.story()
    kept.archived[SHA256.hash([9])] = [9]
    let report = try kept.verify()
    #expect(report.misfitCount == 0)
    #expect(report.notes.count == 1)
    #expect(report.notes.first?.english.contains(SHA256.hash([9]).hexadecimal) == true)
  }

  @Test("Entries of older versions are told as not covered, and what they do say still counts")
  func older() throws {
    let kept = try Self.story()
    kept.rewrite { $0.body.withoutNewMembers() }
    let report = try kept.verify()
    #expect(report.misfits == [])
    #expect(report.notes.contains { $0.english.contains("Not covered") })
    kept.submissions[0].bytes += 1
    #expect(try kept.verify().misfits.map(\.code) == [.rowChanged])
  }

  @Test("Many misfits are counted, and the first twenty named in the ledger's order")
  func many() throws {
    let kept = try Self.story()
    for _ in 0..<30 {
      kept.append(kind: "submission", subject: "", body: "{}", at: instant("2021-10-01"))
    }
    let report = try kept.verify()
    #expect(report.misfitCount == 30)
    #expect(report.misfits.count == 20)
    #expect(report.misfits.first?.code == .entryUnreadable)
    #expect(
      report.misfits.map { $0.sequence ?? 0 } == report.misfits.compactMap(\.sequence).sorted())
  }
}

extension String {
  /// The body of an adoption with another reason.
  fileprivate func replacingReason() -> String {
    split(separator: "\"Avenant\"", omittingEmptySubsequences: false).joined(separator: "\"Motif\"")
  }

  /// The body as versions before had it: without kind, digests of rows, and marks.
  fileprivate func withoutNewMembers() -> String {
    replacing(/"kind":"\w+",/, with: "").replacing(/,"archived".*}$/, with: "}")
      .replacing(/"discretionary":\w+,"flagged":\w+,/, with: "")
      .replacing(/"rules":\d+,/, with: "")
  }
}
