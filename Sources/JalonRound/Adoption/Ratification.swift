import JalonCore
import JalonFormats

/// Refuses changed programmes under which an adopted project would break that the folder does not
/// correct with them: what is in force always fits together.
struct Ratification {
  private let notebook: Notebook

  init(_ notebook: Notebook) { self.notebook = notebook }

  func apply(to candidates: inout Candidates) throws {
    let changed = candidates.programmes.filter { !$0.isNew }
    guard !changed.isEmpty else { return }
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
      if let error = errors.first { candidates.refuse(programme.path, .wouldBreak(id, error)) }
    }
    let refused = Set(rules.keys).subtracting(candidates.programmes.map(\.value.id))
    try check(projectsOf: refused, in: &candidates)
  }

  /// Changed projects were checked under the changed programme: where that one is refused, they have
  /// to pass under the one that stands.
  private func check(projectsOf refused: Set<String>, in candidates: inout Candidates) throws {
    let standing = try Portfolio(notebook).programmes
    for project in candidates.projects where refused.contains(project.value.programme) {
      let errors = standing[project.value.programme].map {
        checkProject(project.value, in: $0, file: project.path).errors
      }
      if let error = errors?.first { candidates.refuse(project.path, error.message) }
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
