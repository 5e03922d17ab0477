import JalonCore

/// The archive: the bytes of every file that was kept, and files that nothing speaks of.
final class ArchiveCheck {
  private let archive: KeptArchive
  private let findings: Findings
  private var told: Set<Digest> = []
  private var absent: [(sequence: Int64, fact: ToldSubmission)] = []

  init(_ archive: KeptArchive, _ findings: Findings) {
    self.archive = archive
    self.findings = findings
  }

  /// Notes what was found of the bytes that an entry names.
  func take(_ item: ExaminedEntry, _ fact: ToldSubmission) {
    told.insert(fact.sha256)
    switch item.bytes {
    case .notLookedAt: break
    case .same:
      findings.files += 1
      findings.bytes += fact.bytes
    case .other: findings.add(.bytesChanged, at: item.entry.sequence, .changed(fact))
    case .absent: absent.append((item.entry.sequence, fact))
    }
  }

  /// Tells the bytes that are missing, apart from those that somebody had removed.
  ///
  /// An entry of an older version does not say whether bytes were kept: those of what was no file
  /// or too large were not.
  func finish(expunged: Set<Digest>, row: (Int64) throws -> KeptSubmission?) throws {
    for (sequence, fact) in absent where !expunged.contains(fact.sha256) && !findings.isFull {
      if fact.isArchived == nil, fact.status == ReceiptStatus.rejected.rawValue {
        guard fact.bytes > 0, try row(fact.number)?.wasTooLarge != true else { continue }
      }
      findings.add(.bytesMissing, at: sequence, .missing(fact))
    }
  }

  /// Notes the files that no entry speaks of: what was archived when a process died, and never
  /// entered, or what came just now.
  func findStrangers(tellingOf arrived: () throws -> Set<String>) throws {
    var strangers: Set<String> = []
    for byte in UInt8.min...UInt8.max {
      for name in try archive.names(byte) {
        guard let digest = Digest(hexadecimal: name), told.contains(digest) else {
          strangers.insert(name)
          continue
        }
      }
    }
    guard !strangers.isEmpty else { return }
    strangers.subtract(try arrived())
    if let first = strangers.min() { findings.note(.strangers(strangers.count, first)) }
  }
}

extension Sentence {
  fileprivate static func changed(_ fact: ToldSubmission) -> Sentence {
    let id = Receipt.id(number: fact.number)
    return Sentence(
      french: "Les octets archivés du dépôt \(id) (\(fact.file)) ne sont plus ceux de "
        + "l’empreinte \(fact.sha256).",
      english: "The archived bytes of submission \(id) (\(fact.file)) are no longer those of the "
        + "digest \(fact.sha256).")
  }

  fileprivate static func missing(_ fact: ToldSubmission) -> Sentence {
    let id = Receipt.id(number: fact.number)
    return Sentence(
      french: "Les octets du dépôt \(id) (\(fact.file)) manquent dans l’archive, et aucun "
        + "effacement n’est inscrit au registre (empreinte \(fact.sha256)).",
      english: "The bytes of submission \(id) (\(fact.file)) are missing from the archive, and no "
        + "removal stands in the ledger (digest \(fact.sha256)).")
  }

  fileprivate static func strangers(_ count: Int, _ first: String) -> Sentence {
    Sentence(
      french: "\(count) fichier(s) de l’archive dont aucune entrée ne parle, dont \(first) : reste "
        + "d’un arrêt brutal, archivé et jamais inscrit.",
      english: "\(count) file(s) of the archive that no entry speaks of, such as \(first): left by "
        + "a crash, archived and never entered.")
  }
}
