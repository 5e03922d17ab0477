public import JalonCore

/// What ledger entries say, as one line of JSON each.
public enum LedgerPage {
  /// One gate's change of recommendation.
  public struct GateEntry: Sendable {
    let phase: String
    let before: Recommendation?
    let now: Recommendation
    let effective: String
    let crossed: Day?
    let isDiscretionary: Bool
    let isFlagged: Bool
    let fundsAtStake: Quantity

    /// A change.
    public init(
      phase: String, before: Recommendation?, now: Recommendation, effective: String,
      crossed: Day?, isDiscretionary: Bool, isFlagged: Bool, fundsAtStake: Quantity
    ) {
      self.phase = phase
      self.before = before
      self.now = now
      self.effective = effective
      self.crossed = crossed
      self.isDiscretionary = isDiscretionary
      self.isFlagged = isFlagged
      self.fundsAtStake = fundsAtStake
    }
  }

  /// The changed gates of one project, as this version of the rules judges them.
  public static func recommendation(
    _ gates: [GateEntry], asOf day: Day, knownAt: Instant
  ) -> String {
    line([
      ("asOf", .text(day)), ("knownAt", .text(knownAt)), ("rules", .int(Judge.rulesVersion)),
      (
        "gates",
        .array(
          gates.map { gate in
            .object([
              ("phase", .string(gate.phase)), ("before", .text(gate.before?.rawValue)),
              ("recommendation", .string(gate.now.rawValue)),
              ("effective", .string(gate.effective)), ("crossed", .text(gate.crossed)),
              ("discretionary", .bool(gate.isDiscretionary)), ("flagged", .bool(gate.isFlagged)),
              ("fundsAtStake", .text(gate.fundsAtStake)),
            ])
          })
      ),
    ])
  }

  /// What the ledger holds of a file beside what its receipt says.
  public struct SubmissionProof: Sendable {
    let isArchived: Bool
    let record: Digest
    let facts: Digest?

    /// A proof: whether the archive has the file's bytes, the digest of the file's record
    /// (``RecordDigest``), and that of its rows (``FactsDigest``) where it was accepted.
    public init(isArchived: Bool, record: Digest, facts: Digest?) {
      self.isArchived = isArchived
      self.record = record
      self.facts = facts
    }
  }

  /// A file that was received.
  public static func submission(
    _ receipt: Receipt, recordedAt: Instant, _ proof: SubmissionProof
  ) -> String {
    line([
      ("receipt", .string(receipt.id)), ("file", .string(receipt.file)),
      ("sha256", .string(receipt.sha256)), ("bytes", .int(receipt.bytes)),
      ("receivedAt", .text(receipt.receivedAt)), ("recordedAt", .text(recordedAt)),
      ("status", .string(receipt.status.rawValue)),
      ("duplicateOf", .text(receipt.duplicateOf)), ("rows", .int(receipt.rows)),
      ("archived", .bool(proof.isArchived)), ("record", .string(proof.record.hexadecimal)),
      ("facts", .text(proof.facts)),
    ])
  }

  /// A version of the portfolio that was adopted.
  public static func adoption(
    _ kind: PortfolioKind, path: String, digest: Digest, by name: String, user: String,
    reason: String
  ) -> String {
    line([
      ("kind", .string(kind.rawValue)), ("path", .string(path)),
      ("sha256", .string(digest.hexadecimal)), ("by", .string(name)),
      ("user", .string(user)), ("reason", .string(reason)),
    ])
  }

  /// A silence that somebody asked for.
  public static func silence(_ silence: Silence) -> String {
    line([
      ("silence", .int(Int(silence.number))), ("programme", .text(silence.programme)),
      ("kind", .text(silence.kind?.rawValue)), ("until", .text(silence.until)),
      ("by", .string(silence.by)), ("user", .string(silence.user)),
      ("reason", .string(silence.reason)),
    ])
  }

  /// A silence that somebody ended before its time.
  public static func silenceEnd(
    _ number: Int64, by name: String, user: String, reason: String
  ) -> String {
    line([
      ("silence", .int(Int(number))), ("by", .string(name)), ("user", .string(user)),
      ("reason", .string(reason)),
    ])
  }

  /// What an officer did.
  public static func act(_ act: OfficerAct) -> String {
    line(
      [("act", .int(Int(act.number)))] + deed(act.deed) + [
        ("stood", .text(act.stood?.rawValue)), ("version", .string(act.version.hexadecimal)),
        ("rules", .int(act.rules)), ("needsSecond", .bool(act.needsSecond)),
      ] + signature(act.signature))
  }

  /// A second person's word about an act.
  public static func confirmation(of act: Int64, _ word: Signature) -> String {
    line([("act", .int(Int(act)))] + signature(word))
  }

  private static func deed(_ deed: OfficerAct.Deed) -> [(String, JSONText)] {
    switch deed {
    case .decide(let phase, let verdict):
      [("phase", .string(phase)), ("verdict", .text(verdict?.rawValue))]
    case .waive(let phase, let criterion, let isTakenBack):
      [
        ("phase", .string(phase)), ("criterion", .string(criterion)),
        ("takenBack", .bool(isTakenBack)),
      ]
    case .contest(let indicator, let period, let isTakenBack):
      [
        ("indicator", .string(indicator)), ("period", .text(period)),
        ("takenBack", .bool(isTakenBack)),
      ]
    case .expunge(let digest): [("sha256", .string(digest.hexadecimal))]
    }
  }

  private static func signature(_ word: Signature) -> [(String, JSONText)] {
    [
      ("by", .string(word.name)), ("user", .string(word.user)), ("way", .string(word.way.rawValue)),
      ("reason", .string(word.reason)), ("on", .text(word.on)),
    ]
  }

  private static func line(_ members: [(String, JSONText)]) -> String {
    String(decoding: JSONText.object(members).compact, as: UTF8.self)
  }
}
