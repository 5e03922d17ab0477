import JalonCore

/// Adopted versions: each row, its bytes hashed again, against its entry; both are in the same order.
final class VersionCheck {
  /// How many versions are read at once: their bytes come along.
  private static let stride = 200

  private let findings: Findings
  private var queue: RowQueue<KeptVersion>
  /// When each object was last adopted: a later adoption is never before it.
  private var latest: [String: Int64] = [:]

  init(_ notebook: KeptNotebook, upTo end: Int64, _ findings: Findings) {
    self.findings = findings
    queue = RowQueue(upTo: end, stride: Self.stride, key: \.key, fetch: notebook.versions)
  }

  func check(_ entry: LedgerEntry, _ fact: ToldAdoption, isTrusted: Bool) throws {
    let key = queue.expectedKey
    let object = "\(fact.kind ?? "") \(entry.subject)"
    let adoptedAt = max(entry.at.microseconds, latest[object] ?? .min)
    latest[object] = adoptedAt
    let taken = try queue.take(
      identity: { $0.object == entry.subject && $0.kind == fact.kind ?? $0.kind },
      exactly: { Self.compare(entry, fact, $0, adoptedAt).isEqual })
    tell(taken.untold)
    guard let row = taken.row else {
      if isTrusted { findings.add(.rowMissing, at: entry.sequence, .missing(entry, fact)) }
      return
    }
    var comparison = Self.compare(entry, fact, row, adoptedAt)
    comparison.expect("key", taken.untold.isEmpty ? key : row.key, row.key)
    queue.resume(after: row)
    guard isTrusted else { return }
    if let difference = comparison.difference {
      findings.add(.rowChanged, at: entry.sequence, .changed(entry, fact, difference))
    }
  }

  private static func compare(
    _ entry: LedgerEntry, _ fact: ToldAdoption, _ row: KeptVersion, _ adoptedAt: Int64
  ) -> Comparison {
    var comparison = Comparison()
    comparison.expect("object", entry.subject, row.object)
    comparison.expect("kind", fact.kind ?? row.kind, row.kind)
    comparison.expect("path", fact.path, row.path)
    comparison.expect("sha256", fact.sha256.hexadecimal, row.sha256)
    comparison.expect("adopted_at", adoptedAt, row.adoptedAt)
    comparison.expect("adopted_by", fact.by, row.adoptedBy)
    comparison.expect("user", fact.user, row.user)
    comparison.expect("reason", fact.reason, row.reason)
    comparison.expect("bytes", fact.sha256, row.content)
    return comparison
  }

  /// Tells the rows that no entry speaks of.
  func finish() throws {
    while !findings.isFull {
      let rest = try queue.rest()
      guard !rest.isEmpty else { return }
      tell(rest)
    }
  }

  private func tell(_ rows: [KeptVersion]) {
    for row in rows where !findings.isFull { findings.add(.rowUntold, .untold(row)) }
  }
}

extension Sentence {
  fileprivate static func missing(_ entry: LedgerEntry, _ fact: ToldAdoption) -> Sentence {
    Sentence(
      french: "La version adoptée de \(entry.subject) (\(fact.path)) manque dans la table version.",
      english: "The adopted version of \(entry.subject) (\(fact.path)) is missing from the table "
        + "version.")
  }

  fileprivate static func changed(
    _ entry: LedgerEntry, _ fact: ToldAdoption, _ difference: Comparison.Difference
  ) -> Sentence {
    Sentence(
      french: "La version adoptée de \(entry.subject) (\(fact.path)) a été modifiée dans la table "
        + "version, colonne \(difference.column) : « \(difference.told) » selon le registre, "
        + "« \(difference.found) » dans la table.",
      english: "The adopted version of \(entry.subject) (\(fact.path)) was changed in the table "
        + "version, column \(difference.column): '\(difference.told)' by the ledger, "
        + "'\(difference.found)' in the table.")
  }

  fileprivate static func untold(_ row: KeptVersion) -> Sentence {
    Sentence(
      french: "Aucune entrée ne parle de la ligne \(row.key) de la table version "
        + "(\(row.object), \(row.path)).",
      english: "No entry speaks of row \(row.key) of the table version "
        + "(\(row.object), \(row.path)).")
  }
}
