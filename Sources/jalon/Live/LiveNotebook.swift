import JalonCore
import JalonRound
import JalonStore

/// The round's port to the notebook, as SQLite keeps it.
enum LiveNotebook {
  /// The port; the file gets the ledger's head after each transaction that appended to it.
  static func port(_ connection: Connection, head: HeadFile) -> Notebook {
    var appended: LedgerHead?
    return Notebook(
      write: { body in
        // The notebook throws its own errors only: the body's are carried around it.
        var failure: (any Error)?
        appended = nil
        do {
          try connection.write { () throws(StoreError) in
            do { try body() } catch {
              failure = error
              throw error as? StoreError ?? .refused(message: "given up", doing: "writing")
            }
          }
        } catch {
          throw failure ?? error
        }
        if let appended {
          head.write(appended) { try connection.ledger.entries(from: $0, limit: 1).first?.sha256 }
        }
      },
      versions: versions(connection), submissions: submissions(connection),
      gates: gates(connection), alerts: alerts(connection), outbox: outbox(connection),
      acts: acts(connection),
      appendToLedger: { kind, subject, body, at in
        appended = try connection.ledger.append(
          kind: kind, subject: subject, body: body, at: at)
      })
  }

  private static func versions(_ connection: Connection) -> Notebook.Versions {
    Notebook.Versions(
      latestDigests: { kind in
        Dictionary(
          try connection.versions.latest(of: kind).map {
            ($0.object, (digest: $0.sha256, path: $0.path))
          },
          uniquingKeysWith: { first, _ in first })
      },
      inForce: { kind, id, instant in
        try inForce(connection, kind, id, instant)
      },
      record: { kind, id, path, bytes, digest, at, author in
        _ = try connection.versions.add(
          VersionRecord(
            kind: kind, object: id, path: path, sha256: digest, adoptedAt: at,
            adoptedBy: author.name, user: author.user, reason: author.reason),
          bytes: bytes)
        if kind == .project, try connection.projects.key(of: id) == nil {
          _ = try connection.projects.add(id)
        }
      },
      firstAdoption: { try connection.versions.firstAdoption() },
      all: { kind, id in
        try connection.versions.all(kind, id).map { record in
          SignedVersion(
            version: AdoptedVersion(
              record, bytes: try connection.versions.bytes(of: record.key) ?? []),
            author: Author(
              name: record.adoptedBy, user: record.user, reason: record.reason))
        }
      })
  }

  private static func inForce(
    _ connection: Connection, _ kind: PortfolioKind, _ id: String, _ instant: Instant?
  ) throws -> AdoptedVersion? {
    let record =
      if let instant {
        try connection.versions.inForce(kind, id, at: instant)
      } else {
        try connection.versions.latest(kind, id)
      }
    guard let record, let bytes = try connection.versions.bytes(of: record.key) else { return nil }
    return AdoptedVersion(record, bytes: bytes)
  }

  private static func submissions(_ connection: Connection) -> Notebook.Submissions {
    let table = connection.submissions
    return Notebook.Submissions(
      nextNumber: { try table.nextNumber() },
      latestReceipt: { id in
        try connection.projects.key(of: id).flatMap { try table.latestReceipt(of: $0) }
      },
      accepted: { id, digest in
        guard let key = try connection.projects.key(of: id) else { return nil }
        return try table.accepted(key, digest)?.number
      },
      archived: { id, door in
        try owner(connection, id, door).map { try table.archived(of: $0) } ?? (0, 0)
      },
      isArchived: { id, door, digest in
        try owner(connection, id, door).map { try table.isArchived(digest, of: $0) } ?? false
      },
      insert: { try insert(connection, $0, $1) },
      finish: { try table.finish($0) },
      pending: { try pending(connection, after: $0, limit: $1) },
      lastTaken: { door, name in try table.latest(door: door, name: name)?.sha256 },
      nextProjects: { try nextProjects(connection, after: $0, limit: $1, at: $2) },
      project: { try project(connection, $0, at: $1) },
      recent: { id, limit in
        guard let key = try connection.projects.key(of: id) else { return [] }
        return try table.submissions(of: key, limit: limit).map(SubmissionSummary.init)
      },
      receipt: { try table.submission($0)?.receipt },
      summaries: { numbers in
        var summaries: [Int64: SubmissionSummary] = [:]
        for number in numbers {
          summaries[number] = try table.submission(number).map(SubmissionSummary.init)
        }
        return summaries
      })
  }

  /// Whose files they are; nobody's where a project was never adopted and has no door.
  private static func owner(
    _ connection: Connection, _ id: String, _ door: String?
  ) throws -> SubmissionTable.Owner? {
    if let key = try connection.projects.key(of: id) { return .project(key) }
    return door.map { .door($0) }
  }

  private static func insert(
    _ connection: Connection, _ number: Int64, _ filed: FiledSubmission
  ) throws {
    let receipt = filed.receipt
    let key: Int64? =
      switch filed.holder {
      case .team(let project): try connection.projects.key(of: project)
      case .officer: try filed.holder.map { try connection.projects.add($0.id) }
      case nil: nil
      }
    try connection.submissions.add(
      SubmissionRecord(
        number: number, project: key, file: receipt.file, name: filed.name,
        sha256: filed.digest, bytes: Int64(receipt.bytes), receivedAt: receipt.receivedAt,
        recordedAt: filed.recordedAt, status: receipt.status, duplicateOf: filed.duplicateOf,
        rows: Int64(receipt.rows), door: filed.door,
        identity: filed.identity, pending: filed.door != nil,
        receipt: filed.receiptJSON, isArchived: filed.isArchived))
    guard let key, receipt.status == .accepted else { return }
    try connection.histories.add(
      Submission(
        number: number, receivedAt: receipt.receivedAt, units: filed.units,
        milestones: filed.milestones), to: key)
  }

  private static func pending(
    _ connection: Connection, after number: Int64, limit: Int
  ) throws -> [PendingSubmission] {
    try connection.submissions.pending(after: number, limit: limit).compactMap { record in
      record.door.map { door in
        PendingSubmission(
          number: record.number, receiptJSON: record.receipt, door: door, name: record.name,
          identity: record.identity)
      }
    }
  }

  private static func nextProjects(
    _ connection: Connection, after key: Int64, limit: Int, at instant: Instant?
  ) throws -> [Notebook.ProjectRecord] {
    let forever = Instant(microseconds: .max)
    return try connection.read { () throws(StoreError) in
      let versions = try connection.versions.projectsInForce(
        from: key + 1, limit: limit, at: instant ?? forever)
      let histories = Dictionary(
        try connection.histories.histories(from: key + 1, limit: limit).map {
          ($0.project, $0.history)
        }, uniquingKeysWith: { first, _ in first })
      return versions.map { version in
        Notebook.ProjectRecord(
          key: version.project, version: AdoptedVersion(version.version, bytes: version.bytes),
          history: histories[version.project] ?? History())
      }
    }
  }

  private static func project(
    _ connection: Connection, _ id: String, at instant: Instant?
  ) throws -> Notebook.ProjectRecord? {
    guard let key = try connection.projects.key(of: id),
      let version = try inForce(connection, .project, id, instant)
    else { return nil }
    return Notebook.ProjectRecord(
      key: key, version: version, history: try connection.histories.history(of: key))
  }

  private static func gates(_ connection: Connection) -> Notebook.Gates {
    Notebook.Gates(
      latest: { id in
        guard let key = try connection.projects.key(of: id) else { return [] }
        return try connection.recommendations.latest(of: key).map(RecordedGate.init)
      },
      record: { id, gates, at, day, knownAt in
        guard let key = try connection.projects.key(of: id) else { return }
        for gate in gates {
          try connection.recommendations.add(
            RecommendationRecord(
              project: key, phase: gate.phase, recordedAt: at, asOf: day, knownAt: knownAt,
              recommendation: gate.recommendation, effective: gate.effective,
              crossed: gate.crossed, isDiscretionary: gate.discretionary,
              isFlagged: gate.flagged, fundsAtStake: gate.fundsAtStake, since: day))
        }
      },
      recordEvaluation: { at, day, projects, changes in
        try connection.evaluations.add(
          EvaluationRecord(at: at, asOf: day, projects: projects, changes: changes))
      },
      latestEvaluation: { try connection.evaluations.latest()?.at },
      changes: { try changes(connection, since: $0) },
      all: { id in
        guard let key = try connection.projects.key(of: id) else { return [] }
        return try connection.recommendations.all(of: key).map {
          GateRecord(
            gate: RecordedGate($0), at: $0.recordedAt, asOf: $0.asOf, knownAt: $0.knownAt)
        }
      })
  }
}
