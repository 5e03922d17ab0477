import JalonCore

/// The chain itself: no gap, each entry's digest right and carried by the next, and the heads that
/// were kept elsewhere still there.
final class ChainCheck {
  private let heads: [Int64: [KeptHead]]
  private let end: LedgerHead
  private let findings: Findings
  private var last = LedgerHead.none
  private var met: Set<Int64> = []

  init(_ heads: [KeptHead], upTo end: LedgerHead, _ findings: Findings) {
    self.heads = Dictionary(grouping: heads, by: \.sequence)
    self.end = end
    self.findings = findings
  }

  /// Whether an entry follows the one before it, so that what it says can be relied on.
  func check(_ item: ExaminedEntry) -> Bool {
    let entry = item.entry
    defer { last = LedgerHead(sequence: entry.sequence, sha256: entry.sha256) }
    compare(entry)
    guard item.isIntact else {
      findings.add(.entryChanged, at: entry.sequence, .changed)
      return false
    }
    guard entry.sequence == last.sequence + 1 else {
      findings.add(.entriesMissing, at: entry.sequence, .missing(after: last.sequence))
      return true
    }
    guard entry.previous == last.sha256 else {
      findings.add(.entryOrder, at: entry.sequence, .order)
      return true
    }
    return true
  }

  private func compare(_ entry: LedgerEntry) {
    for head in heads[entry.sequence] ?? [] {
      met.insert(entry.sequence)
      guard !entry.sha256.hexadecimal.hasPrefix(head.digits) else { continue }
      findings.add(.rewritten, at: entry.sequence, .rewritten(head, entry.sha256))
    }
  }

  /// Tells the heads that the ledger does not reach.
  func finish() {
    guard !findings.isFull else { return }
    for head in heads.values.joined().sorted(by: { $0.sequence < $1.sequence })
    where !met.contains(head.sequence) {
      findings.add(.truncated, .truncated(head, end: end.sequence))
    }
  }
}

extension Sentence {
  fileprivate static let changed = Sentence(
    french: "Le contenu de l’entrée ne correspond pas à son empreinte : elle a été modifiée.",
    english: "What the entry says is not what its digest was made of: it was changed.")

  fileprivate static let order = Sentence(
    french: "L’entrée ne porte pas l’empreinte de celle qui la précède : l’une des deux a été "
      + "remplacée ou déplacée.",
    english: "The entry does not carry the digest of the one before it: one of them was replaced "
      + "or moved.")

  fileprivate static func missing(after sequence: Int64) -> Sentence {
    sequence == 0
      ? Sentence(
        french: "Le début du registre manque : des entrées ont été supprimées avant celle-ci.",
        english: "The beginning of the ledger is missing: entries before this one were deleted.")
      : Sentence(
        french: "Des entrées manquent entre le n° \(sequence) et celle-ci : elles ont été "
          + "supprimées.",
        english: "Entries are missing between no. \(sequence) and this one: they were deleted.")
  }

  private static func place(_ head: KeptHead) -> Sentence {
    switch head.source {
    case .file:
      Sentence(french: "le fichier ledger.head", english: "the file ledger.head")
    case .given:
      Sentence(french: "l’empreinte fournie", english: "the given digest")
    }
  }

  fileprivate static func rewritten(_ head: KeptHead, _ found: Digest) -> Sentence {
    let digits = found.hexadecimal.prefix(head.digits.utf8.count)
    let place = place(head)
    return Sentence(
      french: "Le registre a été réécrit : à cette place, son empreinte est \(digits), et "
        + "\(place.french) donne \(head.digits).",
      english: "The ledger was rewritten: its digest at this place is \(digits), and "
        + "\(place.english) has \(head.digits).")
  }

  fileprivate static func truncated(_ head: KeptHead, end: Int64) -> Sentence {
    let place = place(head)
    return Sentence(
      french: "La fin du registre a été coupée : il s’arrête au n° \(end), et \(place.french) "
        + "atteste du n° \(head.sequence) (\(head.digits.prefix(16))).",
      english: "The end of the ledger was cut off: it ends at no. \(end), and \(place.english) "
        + "attests no. \(head.sequence) (\(head.digits.prefix(16))).")
  }
}
