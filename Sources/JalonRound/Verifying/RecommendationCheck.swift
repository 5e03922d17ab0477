import JalonCore

/// Recorded recommendations: each row against the gate of the entry that tells it; both are in the
/// same order.
final class RecommendationCheck {
  private let findings: Findings
  private var queue: RowQueue<KeptRecommendation>

  init(_ notebook: KeptNotebook, upTo end: Int64, _ findings: Findings) {
    self.findings = findings
    queue = RowQueue(upTo: end, stride: 2_000, key: \.key, fetch: notebook.recommendations)
  }

  func check(_ entry: LedgerEntry, _ fact: ToldRecommendation, isTrusted: Bool) throws {
    if isTrusted, !fact.isCovered { findings.leaner += 1 }
    for gate in fact.gates { try check(entry, fact, gate, isTrusted) }
  }

  private func check(
    _ entry: LedgerEntry, _ fact: ToldRecommendation, _ gate: ToldRecommendation.Gate,
    _ isTrusted: Bool
  ) throws {
    let key = queue.expectedKey
    let taken = try queue.take(
      identity: {
        $0.recordedAt == entry.at.microseconds && $0.phase == gate.phase
          && $0.project == entry.subject
      },
      exactly: { Self.compare(entry, fact, gate, $0).isEqual })
    tell(taken.untold)
    guard let row = taken.row else {
      if isTrusted { findings.add(.rowMissing, at: entry.sequence, .missing(entry, gate)) }
      return
    }
    var comparison = Self.compare(entry, fact, gate, row)
    comparison.expect("key", taken.untold.isEmpty ? key : row.key, row.key)
    queue.resume(after: row)
    guard isTrusted else { return }
    if let difference = comparison.difference {
      findings.add(.rowChanged, at: entry.sequence, .changed(entry, gate, difference))
    }
  }

  private static func compare(
    _ entry: LedgerEntry, _ fact: ToldRecommendation, _ gate: ToldRecommendation.Gate,
    _ row: KeptRecommendation
  ) -> Comparison {
    var comparison = Comparison()
    comparison.expect("recorded_at", entry.at.microseconds, row.recordedAt)
    comparison.expect("phase", gate.phase, row.phase)
    comparison.expect("project", entry.subject, row.project)
    comparison.expect("as_of", fact.asOf, row.asOf)
    comparison.expect("known_at", fact.knownAt, row.knownAt)
    comparison.expect("recommendation", gate.recommendation, row.recommendation)
    comparison.expect("effective", gate.effective, row.effective)
    comparison.expect("crossed", gate.crossed, row.crossed)
    if let discretionary = gate.discretionary {
      comparison.expect("discretionary", discretionary, row.discretionary)
    }
    if let flagged = gate.flagged { comparison.expect("flagged", flagged, row.flagged) }
    if comparison.isEqual {
      comparison.expect("funds", gate.funds, Quantity(micros: row.funds).description)
    }
    comparison.expect("since", fact.asOf, row.since)
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

  private func tell(_ rows: [KeptRecommendation]) {
    for row in rows where !findings.isFull { findings.add(.rowUntold, .untold(row)) }
  }
}

extension Sentence {
  fileprivate static func missing(
    _ entry: LedgerEntry, _ gate: ToldRecommendation.Gate
  ) -> Sentence {
    Sentence(
      french: "L’avis de \(entry.subject), phase \(gate.phase), manque dans la table "
        + "recommendation.",
      english: "The recommendation for \(entry.subject), phase \(gate.phase), is missing from the "
        + "table recommendation.")
  }

  fileprivate static func changed(
    _ entry: LedgerEntry, _ gate: ToldRecommendation.Gate, _ difference: Comparison.Difference
  ) -> Sentence {
    Sentence(
      french: "L’avis de \(entry.subject), phase \(gate.phase), a été modifié dans la table "
        + "recommendation, colonne \(difference.column) : « \(difference.told) » selon le "
        + "registre, « \(difference.found) » dans la table.",
      english: "The recommendation for \(entry.subject), phase \(gate.phase), was changed in the "
        + "table recommendation, column \(difference.column): '\(difference.told)' by the ledger, "
        + "'\(difference.found)' in the table.")
  }

  fileprivate static func untold(_ row: KeptRecommendation) -> Sentence {
    let project = row.project ?? "∅"
    return Sentence(
      french: "Aucune entrée ne parle de la ligne \(row.key) de la table recommendation "
        + "(\(project), phase \(row.phase)).",
      english: "No entry speaks of row \(row.key) of the table recommendation "
        + "(\(project), phase \(row.phase)).")
  }
}
