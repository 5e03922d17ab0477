import JalonCore
import JalonFormats

/// Refuses changed programmes under which an adopted project would break that the folder does not
/// correct with them: what is in force always fits together.
struct Ratification {
  private let notebook: Notebook

  init(_ notebook: Notebook) { self.notebook = notebook }

  func apply(to candidates: inout Candidates) throws {
    var refused = -1
    // A refused file may have been what made another one fit; every turn refuses one at least.
    while refused != candidates.refused.count {
      refused = candidates.refused.count
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
      let source = decodeProgramme(programme.bytes, file: programme.path).source
      candidates.refuse(
        programme.path,
        PortfolioProblem(
          file: programme.path, line: source.line(of: "id"), path: "id",
          message: .wouldBreak(id, error)))
    }
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
