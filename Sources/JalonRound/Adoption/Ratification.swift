import JalonCore
import JalonFormats
import JalonPages

/// Refuses changed programmes under which an adopted project would break that the folder does not
/// correct with them: what is in force fits together.
///
/// But for projects that nobody can correct, their file having gone, or that are stopped: they would
/// hold up the others' programme for ever. They are named with what does not fit, and judged on.
struct Ratification {
  private let notebook: Notebook
  private let today: Day

  init(_ notebook: Notebook, today: Day) {
    self.notebook = notebook
    self.today = today
  }

  func apply(to candidates: inout Candidates) throws {
    var refused = -1
    // A refused file may have been what made another one fit; every turn refuses one at least.
    while refused != candidates.refused.count {
      refused = candidates.refused.count
      candidates.unfit = []
      let changed = candidates.programmes.filter { !$0.isNew }
      if !changed.isEmpty { try check(changed, in: &candidates) }
      try check(projectsOf: candidates.withdrawn, in: &candidates)
    }
  }

  private func check(
    _ changed: [Candidates.Candidate<Programme>], in candidates: inout Candidates
  ) throws {
    let corrected = Set(candidates.projects.map(\.value.id))
    let rules = Dictionary(
      changed.map { ($0.value.id, $0) }, uniquingKeysWith: { first, _ in first })
    for id in try notebook.versions.latestDigests(.project).keys.sorted() {
      guard !corrected.contains(id),
        let version = try notebook.versions.inForce(.project, id, nil),
        let project = decodeProject(version.bytes, file: version.path).value,
        let programme = rules[project.programme]
      else { continue }
      let errors = checkProject(project, in: programme.value, file: version.path).errors
      guard let error = errors.first else { continue }
      if let reason = reason(toGoOnWithout: project, candidates) {
        candidates.unfit += errors.map {
          UnfitProject(project: id, programme: programme.value.id, reason: reason, problem: $0)
        }
        continue
      }
      let source = decodeProgramme(programme.bytes, file: programme.path).source
      candidates.refuse(
        programme.path,
        PortfolioProblem(
          file: programme.path, line: source.line(of: "id"), path: "id",
          message: .wouldBreak(id, error)))
    }
  }

  /// Why nobody has to correct a project.
  private func reason(
    toGoOnWithout project: Project, _ candidates: Candidates
  ) -> UnfitProject.Reason? {
    if let stopped = project.stopped, stopped.on <= today { return .stopped(stopped.on) }
    return candidates.gone.contains(project.id) ? .gone : nil
  }

  /// Changed projects were checked under the changed programme: where that one is refused, they have
  /// to pass under the one that stands.
  private func check(projectsOf refused: Set<String>, in candidates: inout Candidates) throws {
    let standing = try Portfolio(notebook).programmes
    for project in candidates.projects where refused.contains(project.value.programme) {
      let source = decodeProject(project.bytes, file: project.path).source
      let errors = standing[project.value.programme].map {
        checkProject(project.value, in: $0, file: project.path, source: source).errors
      }
      if let error = errors?.first { candidates.refuse(project.path, error) }
    }
  }
}

extension Sentence {
  fileprivate static func wouldBreak(_ project: String, _ error: PortfolioProblem) -> Sentence {
    Sentence(
      french: "Ce programme rendrait le projet \(project) incorrect (\(error.path) : "
        + "\(error.message.french)) ; corrigez le projet dans la même adoption.",
      english: "This programme would make project \(project) wrong (\(error.path): "
        + "\(error.message.english)); correct the project in the same adoption.")
  }
}
