public import JalonCore
import JalonRound

extension InMemoryNotebook {
  var submissionsPort: Notebook.Submissions {
    Notebook.Submissions(
      nextNumber: {
        self.needsTransaction()
        return (self.state.filed.last?.number ?? 0) + 1
      },
      latestReceipt: { id in
        self.filed.filter { $0.holder?.id == id }.map(\.receipt.receivedAt).max()
      },
      accepted: { id, digest in
        self.state.filed.first { _, filed in
          filed.holder?.id == id && filed.digest == digest
            && filed.receipt.status == .accepted
        }?.number
      },
      archived: { id, door in
        var kept: [Digest: (bytes: Int64, rows: Int64)] = [:]
        for file in self.archived(of: id, door) {
          guard try !self.actsPort.isExpunged(file.digest) else { continue }
          let rows = max(kept[file.digest]?.rows ?? 0, Int64(file.receipt.rows))
          kept[file.digest] = (Int64(file.receipt.bytes), rows)
        }
        return kept.values.reduce((0, 0)) { ($0.0 + $1.bytes, $0.1 + $1.rows) }
      },
      isArchived: { id, door, digest in
        self.archived(of: id, door).contains { $0.digest == digest }
      },
      insert: { number, filed in
        self.needsTransaction()
        self.state.filed.append((number, filed))
      },
      finish: { self.state.finished.formUnion($0) },
      pending: { number, limit in
        Array(self.pending().filter { $0.number > number }.prefix(limit))
      },
      lastTaken: { door, name in
        self.filed.last { $0.door == door && $0.name == name }?.digest
      },
      nextProjects: { key, limit, instant in
        let next = self.state.projectIDs.enumerated().filter { Int64($0.offset) >= key }.prefix(
          limit)
        return next.compactMap { self.record($0.element, at: instant) }
      },
      project: { id, instant in
        self.count("project")
        return self.record(id, at: instant)
      },
      recent: { id, limit in
        self.state.filed.filter { $0.submission.receipt.project == id }.reversed().prefix(limit)
          .map { self.summary($0.number, $0.submission) }
      },
      receipt: { number in
        self.state.filed.first { $0.number == number }?.submission.receiptJSON
      },
      summaries: { numbers in
        Dictionary(
          self.state.filed.filter { numbers.contains($0.number) }
            .map { ($0.number, self.summary($0.number, $0.submission)) },
          uniquingKeysWith: { first, _ in first })
      })
  }

  private func archived(of id: String, _ door: String?) -> [FiledSubmission] {
    filed.filter {
      $0.isArchived && $0.receipt.status != .duplicate && $0.receipt.project == id
        && (state.projectIDs.contains(id) || $0.door == door)
    }
  }

  private func record(_ id: String, at instant: Instant?) -> Notebook.ProjectRecord? {
    guard let place = state.projectIDs.firstIndex(of: id),
      let version = version(.project, id, at: instant)
    else { return nil }
    return Notebook.ProjectRecord(
      key: Int64(place + 1), version: version, history: history(of: id))
  }

  /// What was accepted for a project, in order of receipt, then arrival.
  private func history(of id: String) -> History {
    let accepted = state.filed.filter { _, filed in
      filed.receipt.project == id && filed.receipt.status == .accepted
    }
    var history = History()
    history.submissions = accepted.map(numbered).sorted {
      ($0.receivedAt, $0.number) < ($1.receivedAt, $1.number)
    }
    history.decisions = state.decisions[id] ?? []
    history.apply(state.acts.filter { $0.project == id })
    return history
  }

  /// Notes a decision about a project.
  public func decide(_ project: String, _ decision: Decision) {
    state.decisions[project, default: []].append(decision)
  }

  private func numbered(_ number: Int64, _ filed: FiledSubmission) -> Submission {
    Submission(
      number: number, receivedAt: filed.receipt.receivedAt,
      units: filed.units.map { indicator, unit in
        let unit = ReportedUnit(
          period: unit.period, submission: number, observations: unit.observations)
        return (indicator, unit)
      },
      milestones: filed.milestones.map { row in
        MilestoneReach(
          milestone: row.milestone, reached: row.reached,
          source: Source(submission: number, line: row.source.line))
      })
  }

  private func pending() -> [PendingSubmission] {
    state.filed.compactMap { number, filed in
      guard let door = filed.door, !state.finished.contains(number) else { return nil }
      return PendingSubmission(
        number: number, receiptJSON: filed.receiptJSON, door: door, name: filed.name,
        identity: filed.identity)
    }
  }

  private func summary(_ number: Int64, _ filed: FiledSubmission) -> SubmissionSummary {
    SubmissionSummary(
      number: number, file: filed.receipt.file, sha256: filed.receipt.sha256,
      receivedAt: filed.receipt.receivedAt, status: filed.receipt.status,
      rows: filed.receipt.rows)
  }
}
