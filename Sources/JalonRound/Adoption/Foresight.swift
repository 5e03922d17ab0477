import JalonCore
import JalonFormats
import JalonPages

/// What recommendations change with the adopted files; keeps the files, where somebody adopts.
struct Foresight {
  private let notebook: Notebook
  private let world: World
  private let candidates: Candidates
  private let now: Instant
  private let author: Author?

  init(
    _ notebook: Notebook, _ world: World, candidates: Candidates, now: Instant, author: Author?
  ) {
    self.notebook = notebook
    self.world = world
    self.candidates = candidates
    self.now = now
    self.author = author
  }

  func run() throws -> [RecommendationChange] {
    let affected = try affectedProjects()
    let before = try gates(affected, in: try Portfolio(notebook), amended: [:])
    let after = try gates(affected, in: try amendedPortfolio(), amended: amendedProjects())
    if let author {
      try keep(author)
      try record(affected)
    }
    return affected.flatMap { changes($0, from: before[$0] ?? [], to: after[$0] ?? []) }
  }

  /// The changed projects, and every adopted project of a changed programme.
  private func affectedProjects() throws -> [String] {
    var ids = Set(candidates.projects.map(\.value.id))
    let programmes = Set(
      candidates.programmes.filter { !$0.isNew }.map(\.value.id))
    guard !programmes.isEmpty else { return ids.sorted() }
    for id in try notebook.versions.latestDigests(.project).keys {
      guard let version = try notebook.versions.inForce(.project, id, nil),
        let project = decodeProject(version.bytes, file: version.path).value
      else { continue }
      if programmes.contains(project.programme) { ids.insert(id) }
    }
    return ids.sorted()
  }

  private func amendedPortfolio() throws -> Portfolio {
    var programmes = try Portfolio(notebook).programmes
    for candidate in candidates.programmes { programmes[candidate.value.id] = candidate.value }
    return Portfolio(programmes: programmes)
  }

  private func amendedProjects() -> [String: PortfolioFile] {
    Dictionary(
      candidates.projects.map { candidate in
        (
          candidate.value.id,
          PortfolioFile(kind: .project, path: candidate.path, bytes: candidate.bytes)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  private func gates(
    _ ids: [String], in portfolio: Portfolio, amended: [String: PortfolioFile]
  ) throws -> [String: [GateJudgement]] {
    var gates: [String: [GateJudgement]] = [:]
    for id in ids {
      guard var record = try record(id, amended[id]) else { continue }
      if let file = amended[id] {
        record.version.bytes = file.bytes
        record.version.path = file.path
      }
      let judged = try Evaluation.judge(
        record, in: portfolio, asOf: world.day(now), knownAt: record.history.present(at: now))
      gates[id] = try? judged.gates.get()
    }
    return gates
  }

  /// The project as the notebook holds it, or as the folder does if it is new.
  private func record(_ id: String, _ draft: PortfolioFile?) throws -> Notebook.ProjectRecord? {
    if let record = try notebook.submissions.project(id, nil) { return record }
    return draft.map { file in
      Notebook.ProjectRecord(
        key: 0,
        version: AdoptedVersion(
          key: 0, kind: .project, id: id, path: file.path, bytes: file.bytes,
          digest: SHA256.hash(file.bytes), at: now),
        history: History())
    }
  }

  private func changes(
    _ id: String, from before: [GateJudgement], to after: [GateJudgement]
  ) -> [RecommendationChange] {
    let old = Dictionary(before.map { ($0.phase, $0) }, uniquingKeysWith: { first, _ in first })
    return after.compactMap { gate in
      guard old[gate.phase]?.recommendation != gate.recommendation else { return nil }
      if old[gate.phase] == nil && gate.recommendation == .notReached { return nil }
      return RecommendationChange(
        project: id, phase: gate.phase, before: old[gate.phase]?.recommendation,
        now: gate.recommendation, fundsAtStake: gate.fundsAtStake)
    }
  }

  private func keep(_ author: Author) throws {
    for programme in candidates.programmes { try keep(programme, programme.value.id, author) }
    for project in candidates.projects { try keep(project, project.value.id, author) }
  }

  private func keep<Value>(
    _ candidate: Candidates.Candidate<Value>, _ id: String, _ author: Author
  ) throws {
    try notebook.versions.record(
      candidate.kind, id, candidate.path, candidate.bytes, candidate.digest, now, author)
    try notebook.appendToLedger(
      "adoption", id,
      LedgerPage.adoption(
        candidate.kind, path: candidate.path, digest: candidate.digest, by: author.name,
        user: author.user,
        reason: author.reason), now)
  }

  private func record(_ ids: [String]) throws {
    let evaluation = try Evaluation(
      notebook, world, asOf: world.day(now), knownAt: now, isPresent: true)
    _ = try evaluation.within(ids, recording: now)
  }
}
