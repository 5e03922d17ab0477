import JalonCore

/// What officers did, and second persons' words: each row against its entry, by its number.
///
/// There are few of them, so that all are in memory.
final class OfficerActCheck {
  /// How many rows are read at once.
  private static let stride = 1_000

  /// The digests whose bytes somebody had removed, with a second person's word where one is needed.
  private(set) var expunged: Set<Digest> = []
  private let findings: Findings
  private let notebook: KeptNotebook
  private var acts: [Int64: KeptAct] = [:]
  private var confirmations: [Int64: KeptAct.Word] = [:]
  private var told: Set<Int64> = []
  private var confirmed: Set<Int64> = []
  /// Bytes that wait for a second person's word.
  private var waiting: [Int64: Digest] = [:]

  init(_ notebook: KeptNotebook, _ findings: Findings) throws {
    self.notebook = notebook
    self.findings = findings
    var last = Int64.min
    while case let rows = try notebook.acts(last, Self.stride), let row = rows.last {
      last = row.number
      for row in rows { acts[row.number] = row }
    }
    last = .min
    while case let rows = try notebook.confirmations(last, Self.stride), let row = rows.last {
      last = row.act
      for row in rows { confirmations[row.act] = row.word }
    }
  }

  func check(_ entry: LedgerEntry, _ fact: ToldAct, isTrusted: Bool) {
    let isConfirmation = fact.kind == "confirm"
    if isConfirmation { confirmed.insert(fact.number) } else { told.insert(fact.number) }
    guard isTrusted else { return }
    if isConfirmation {
      if let sha256 = waiting[fact.number] { expunged.insert(sha256) }
      guard let word = confirmations[fact.number] else {
        return findings.add(.rowMissing, at: entry.sequence, .missing("confirmation", fact))
      }
      var comparison = Comparison()
      Self.compare(entry, fact.word, word, &comparison)
      tell(entry, fact, "confirmation", comparison)
    } else {
      if let sha256 = fact.sha256 {
        if fact.needsSecond { waiting[fact.number] = sha256 } else { expunged.insert(sha256) }
      }
      guard let row = acts[fact.number] else {
        return findings.add(.rowMissing, at: entry.sequence, .missing("act", fact))
      }
      tell(entry, fact, "act", Self.compare(entry, fact, row))
    }
  }

  private func tell(
    _ entry: LedgerEntry, _ fact: ToldAct, _ table: String, _ comparison: Comparison
  ) {
    guard let difference = comparison.difference else { return }
    findings.add(.rowChanged, at: entry.sequence, .changed(table, fact, difference))
  }

  private static func compare(
    _ entry: LedgerEntry, _ fact: ToldAct, _ row: KeptAct
  ) -> Comparison {
    var comparison = Comparison()
    comparison.expect("deed", fact.kind, row.deed)
    comparison.expect("project", entry.subject, row.project)
    comparison.expect("phase", fact.phase, row.phase)
    comparison.expect("criterion", fact.criterion, row.criterion)
    comparison.expect("indicator", fact.indicator, row.indicator)
    comparison.expect("period", fact.period, row.period)
    comparison.expect("verdict", fact.verdict, row.verdict)
    comparison.expect("digest", fact.sha256?.hexadecimal, row.sha256)
    comparison.expect("takes_back", fact.takesBack, row.takesBack)
    comparison.expect("stood", fact.stood, row.stood)
    comparison.expect("version", fact.version, row.version)
    comparison.expect("rules", fact.rules, row.rules)
    comparison.expect("needs_second", fact.needsSecond, row.needsSecond)
    compare(entry, fact.word, row.word, &comparison)
    return comparison
  }

  private static func compare(
    _ entry: LedgerEntry, _ told: ToldAct.Word, _ word: KeptAct.Word, _ comparison: inout Comparison
  ) {
    comparison.expect("asked_by", told.by, word.by)
    comparison.expect("user", told.user, word.user)
    comparison.expect("way", told.way, word.way)
    comparison.expect("reason", told.reason, word.reason)
    comparison.expect("at", entry.at.microseconds, word.at)
    comparison.expect("day", told.on, word.day)
  }

  /// Tells the rows that no entry speaks of, not even one that came while the ledger was walked.
  func finish(upTo end: Int64) throws {
    guard !told.isSuperset(of: acts.keys) || !confirmed.isSuperset(of: confirmations.keys) else {
      return
    }
    var last = end
    while case let entries = try notebook.entries(last + 1, Self.stride), let entry = entries.last {
      last = entry.sequence
      for case .act(let fact)? in entries.map({ ToldFact($0) }) {
        if fact.kind == "confirm" {
          confirmed.insert(fact.number)
        } else {
          told.insert(fact.number)
        }
      }
    }
    for number in acts.keys.sorted() where !told.contains(number) && !findings.isFull {
      findings.add(.rowUntold, .untold("act", number))
    }
    for number in confirmations.keys.sorted()
    where !confirmed.contains(number) && !findings.isFull {
      findings.add(.rowUntold, .untold("confirmation", number))
    }
  }
}

extension Sentence {
  fileprivate static func missing(_ table: String, _ fact: ToldAct) -> Sentence {
    Sentence(
      french: "L’acte n° \(fact.number) (\(fact.kind)) manque dans la table \(table).",
      english: "Act no. \(fact.number) (\(fact.kind)) is missing from the table \(table).")
  }

  fileprivate static func changed(
    _ table: String, _ fact: ToldAct, _ difference: Comparison.Difference
  ) -> Sentence {
    Sentence(
      french: "L’acte n° \(fact.number) (\(fact.kind)) a été modifié dans la table \(table), "
        + "colonne \(difference.column) : « \(difference.told) » selon le registre, "
        + "« \(difference.found) » dans la table.",
      english: "Act no. \(fact.number) (\(fact.kind)) was changed in the table \(table), column "
        + "\(difference.column): '\(difference.told)' by the ledger, '\(difference.found)' "
        + "in the table.")
  }

  fileprivate static func untold(_ table: String, _ number: Int64) -> Sentence {
    Sentence(
      french: "Aucune entrée ne parle de l’acte n° \(number) de la table \(table).",
      english: "No entry speaks of act no. \(number) of the table \(table).")
  }
}
