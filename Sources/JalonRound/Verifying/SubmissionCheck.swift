import JalonCore

/// Received files: each row against its entry, the rows it brought, and rows that no entry tells.
final class SubmissionCheck {
  /// How many numbers are listed at once.
  private static let stride = 10_000

  private let notebook: KeptNotebook
  private let end: Int64
  private let findings: Findings
  private var rows: [Int64: KeptSubmission] = [:]
  private var facts: [Int64: Digest] = [:]
  private var told: Set<Int64> = []

  init(_ notebook: KeptNotebook, upTo end: Int64, _ findings: Findings) {
    self.notebook = notebook
    self.end = end
    self.findings = findings
  }

  /// Reads what the entries of one stretch tell of.
  func prepare(_ entries: [ExaminedEntry]) throws {
    var (numbers, withFacts): ([Int64], [Int64]) = ([], [])
    for case .submission(let told) in entries.compactMap(\.fact) {
      numbers.append(told.number)
      if told.facts != nil { withFacts.append(told.number) }
    }
    rows = try notebook.submissions(numbers)
    facts = try notebook.facts(withFacts)
  }

  /// Holds a row against its entry; an entry that is not what it was vouches for nothing.
  func check(_ entry: LedgerEntry, _ fact: ToldSubmission, isTrusted: Bool) throws {
    let isFirst = told.insert(fact.number).inserted
    guard isTrusted else { return }
    guard isFirst else {
      return findings.add(.toldTwice, at: entry.sequence, .twice(fact))
    }
    if !fact.isCovered { findings.leaner += 1 }
    guard let row = rows[fact.number] else {
      return findings.add(.rowMissing, at: entry.sequence, .missing(fact))
    }
    if let difference = compare(entry, fact, row).difference {
      findings.add(.rowChanged, at: entry.sequence, .changed(fact, difference))
    }
    if let expected = fact.facts, facts[fact.number] != expected {
      findings.add(.factsChanged, at: entry.sequence, .factsChanged(fact))
    }
  }

  private func compare(
    _ entry: LedgerEntry, _ fact: ToldSubmission, _ row: KeptSubmission
  ) -> Comparison {
    var comparison = Comparison()
    // A file may name a project that the notebook did not know: its row then has none.
    if row.project != nil || fact.wasAccepted || entry.subject.isEmpty {
      comparison.expect("project", entry.subject, row.project ?? "")
    }
    comparison.expect("file", fact.file, row.file)
    comparison.expect("sha256", fact.sha256.hexadecimal, row.sha256)
    comparison.expect("bytes", fact.bytes, row.bytes)
    comparison.expect("received_at", fact.receivedAt, row.receivedAt)
    comparison.expect("recorded_at", fact.recordedAt, row.recordedAt)
    comparison.expect("status", fact.status, row.status)
    comparison.expect("duplicate_of", fact.duplicateOf, row.duplicateOf)
    comparison.expect("rows", fact.rows, row.rows)
    if let isArchived = fact.isArchived {
      comparison.expect("archived", isArchived ? 1 : 0, row.archived)
    }
    if let record = fact.record {
      comparison.expect("project, name, door, receipt…", record, row.record)
    }
    return comparison
  }

  /// Tells the rows that no entry speaks of.
  func finish() throws {
    var last = Int64.min
    while !findings.isFull {
      let numbers = try notebook.submissionNumbers(last, Self.stride).filter { $0 <= end }
      guard let reached = numbers.last else { break }
      last = reached
      for number in numbers where !told.contains(number) && !findings.isFull {
        findings.add(.rowUntold, .untold(number))
      }
    }
    try notebook.strayFacts { numbers in
      for number in numbers where number <= end && !findings.isFull {
        findings.add(.factsUntold, .factsUntold(number))
      }
    }
  }
}

extension Sentence {
  private static func name(_ fact: ToldSubmission) -> Sentence {
    let id = Receipt.id(number: fact.number)
    return Sentence(
      french: "le dépôt \(id) (\(fact.file))", english: "submission \(id) (\(fact.file))")
  }

  fileprivate static func twice(_ fact: ToldSubmission) -> Sentence {
    Sentence(
      french: "L’entrée raconte une seconde fois \(name(fact).french).",
      english: "The entry tells \(name(fact).english) a second time.")
  }

  fileprivate static func missing(_ fact: ToldSubmission) -> Sentence {
    Sentence(
      french: "Il manque dans la table submission \(name(fact).french).",
      english: "The table submission lacks \(name(fact).english).")
  }

  fileprivate static func changed(
    _ fact: ToldSubmission, _ difference: Comparison.Difference
  ) -> Sentence {
    Sentence(
      french: "La table submission a été modifiée pour \(name(fact).french), colonne "
        + "\(difference.column) : « \(difference.told) » selon le registre, "
        + "« \(difference.found) » dans la table.",
      english: "The table submission was changed for \(name(fact).english), column "
        + "\(difference.column): '\(difference.told)' by the ledger, '\(difference.found)' "
        + "in the table.")
  }

  fileprivate static func factsChanged(_ fact: ToldSubmission) -> Sentence {
    Sentence(
      french: "Les chiffres ou jalons conservés pour \(name(fact).french) ne sont plus ceux qui "
        + "ont été enregistrés (tables observation et milestone).",
      english: "The figures or milestones kept of \(name(fact).english) are not those that were "
        + "recorded (tables observation and milestone).")
  }

  fileprivate static func untold(_ number: Int64) -> Sentence {
    Sentence(
      french: "Aucune entrée ne parle du dépôt \(Receipt.id(number: number)) de la table "
        + "submission.",
      english: "No entry speaks of submission \(Receipt.id(number: number)) of the table "
        + "submission.")
  }

  fileprivate static func factsUntold(_ number: Int64) -> Sentence {
    Sentence(
      french: "Les tables observation ou milestone ont des lignes au nom du dépôt n° \(number), "
        + "qui n’a pas été accepté pour ce projet.",
      english: "The tables observation or milestone have rows in the name of submission no. "
        + "\(number), which was not accepted for that project.")
  }
}
