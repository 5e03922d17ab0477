import JalonCore
import JalonFormats
import JalonPages

/// Which candidates pass, and why the others do not.
///
/// A programme is refused, too, when an adopted project that the folder does not change would break
/// under it: what is in force must always fit together.
struct Ratification {
  private(set) var report = AdoptionReport()
  /// The paths that pass.
  private(set) var accepted: Set<String> = []
  private var programmes: [String: Programme]

  init(_ notebook: Notebook, candidates: Candidates) throws {
    programmes = try Portfolio(notebook).programmes
    report.unchanged = candidates.unchanged
    report.gone = candidates.gone
    let changedProjects = Set(candidates.projects.compactMap { $0.decoded.value?.id })
    for (candidate, decoded) in candidates.programmes {
      var problems = decoded.problems
      if let programme = decoded.value {
        problems += checkProgramme(programme, decoded).errors
        problems += duplicates(of: programme.id, in: candidates, candidate)
        problems += broken(by: programme, candidates, sparing: changedProjects, candidate)
      }
      settle(candidate, errors: problems)
      if problems.isEmpty, let programme = decoded.value { programmes[programme.id] = programme }
    }
    for (candidate, decoded) in candidates.projects {
      settle(candidate, decoded, in: candidates)
    }
  }

  private mutating func settle(
    _ candidate: Candidates.Candidate, _ decoded: Decoded<Project>, in candidates: Candidates
  ) {
    var problems = decoded.problems
    if let project = decoded.value {
      let result = checkProject(
        project, in: programmes[project.programme], decoded, among: programmes.keys.sorted(),
        strict: false)
      problems += result.errors + duplicates(of: project.id, in: candidates, candidate)
      report.warnings += result.warnings
    }
    settle(candidate, errors: problems)
  }

  private mutating func settle(_ candidate: Candidates.Candidate, errors: [PortfolioProblem]) {
    let path = candidate.file.path
    guard errors.isEmpty else {
      report.refused.append(path)
      report.errors += errors
      return
    }
    accepted.insert(path)
    if candidate.isNew { report.added.append(path) } else { report.changed.append(path) }
  }

  private func duplicates(
    of id: String, in candidates: Candidates, _ candidate: Candidates.Candidate
  ) -> [PortfolioProblem] {
    let (kind, path) = (candidate.file.kind, candidate.file.path)
    var others = [candidates.unchangedPaths[kind]?[id]].compactMap(\.self)
    switch kind {
    case .programme:
      others += candidates.programmes.filter { $0.decoded.value?.id == id }
        .map(\.candidate.file.path)
    case .project:
      others += candidates.projects.filter { $0.decoded.value?.id == id }
        .map(\.candidate.file.path)
    }
    return others.filter { $0 != path }.prefix(1).map { other in
      PortfolioProblem(file: path, line: 1, path: "id", message: .usedTwice(id, other))
    }
  }

  /// What a changed programme would break among the projects that the folder leaves as they are.
  private func broken(
    by programme: Programme, _ candidates: Candidates, sparing changed: Set<String>,
    _ candidate: Candidates.Candidate
  ) -> [PortfolioProblem] {
    guard !candidate.isNew else { return [] }
    var problems: [PortfolioProblem] = []
    for (id, file) in candidates.unchangedProjects.sorted(by: { $0.key < $1.key }) {
      guard !changed.contains(id) else { continue }
      let decoded = decodeProject(file.bytes, file: file.path)
      guard let project = decoded.value, project.programme == programme.id else { continue }
      let errors = checkProject(
        project, in: programme, decoded, among: [programme.id], strict: false
      ).errors
      problems += errors.prefix(1).map { error in
        PortfolioProblem(
          file: candidate.file.path, line: nil, path: "",
          message: .wouldBreak(id, error))
      }
    }
    return problems
  }
}

// MARK: What it says

extension Sentence {
  static func usedTwice(_ id: String, _ other: String) -> Sentence {
    Sentence(
      french: "« \(id) » est aussi l’identifiant de \(other) ; donnez-en un autre à l’un des deux.",
      english: "'\(id)' is also the id of \(other); give one of them another.")
  }

  static func wouldBreak(_ project: String, _ error: PortfolioProblem) -> Sentence {
    Sentence(
      french: "Ce programme rendrait le projet \(project) incorrect (\(error.path) : "
        + "\(error.message.french)) ; corrigez le projet dans la même adoption.",
      english: "This programme would make project \(project) wrong (\(error.path): "
        + "\(error.message.english)); correct the project in the same adoption.")
  }
}
