import JalonCore
import JalonFormats

/// The files of the folder that differ from what is adopted, checked.
struct Candidates {
  /// A programme or project that would become a new version.
  struct Candidate<Value: Sendable> {
    let kind: PortfolioKind
    let path: String
    let bytes: [UInt8]
    let digest: Digest
    let value: Value
    /// Whether its object was never adopted.
    let isNew: Bool
  }

  /// What passes, in order of path.
  private(set) var programmes: [Candidate<Programme>] = []
  /// What passes, in order of path.
  private(set) var projects: [Candidate<Project>] = []
  /// Paths of changed files that do not pass.
  private(set) var refused: [String] = []
  /// Every problem of the changed files.
  private(set) var result: CheckResult
  /// How many files are as adopted.
  private(set) var unchanged = 0
  /// Adopted ids whose file has gone.
  private(set) var gone: [String] = []

  init(_ notebook: Notebook, files: [PortfolioFile], only: [String]) throws {
    let folder = try AdoptedFolder(notebook, files: files)
    var changed: [PortfolioFile] = []
    var present: Set<String> = []
    for file in files {
      if let id = folder.unchanged(file) {
        unchanged += 1
        present.insert(id)
        continue
      }
      let id = folder.id(of: file)
      present.insert(id)
      if only.isEmpty || only.contains(id) { changed.append(file) }
    }
    if let unknown = only.first(where: { !present.contains($0) }) {
      throw RoundError.unknownProject(unknown, nearest: nearestName(to: unknown, among: present))
    }
    gone = folder.ids.subtracting(present).sorted()
    let standing = Array(try Portfolio(notebook).programmes.values)
    let draft = Draft(files: changed.map { ($0.path, $0.bytes) }, standing: standing)
    result = draft.result
    for file in draft.programmes { admit(file, .programme, folder) }
    for file in draft.projects { admit(file, .project, folder) }
  }

  private mutating func admit<Value>(
    _ file: DraftFile<Value>, _ kind: PortfolioKind, _ folder: AdoptedFolder
  ) {
    guard let value = file.value, let id = file.id else {
      refused.append(file.path)
      return
    }
    let digest = SHA256.hash(file.bytes)
    let before = folder.adopted[kind]?[id]
    if let before, before.digest == digest {
      // The same file under another path.
      unchanged += 1
      return
    }
    if let before, before.path != file.path, folder.stands(before.path) {
      refuse(file.path, .usedTwice(id, before.path))
      return
    }
    let (path, bytes, isNew) = (file.path, file.bytes, before == nil)
    if let value = value as? Programme {
      programmes.append(
        Candidate(
          kind: kind, path: path, bytes: bytes, digest: digest, value: value, isNew: isNew))
    } else if let value = value as? Project {
      projects.append(
        Candidate(
          kind: kind, path: path, bytes: bytes, digest: digest, value: value, isNew: isNew))
    }
  }

  /// Refuses a file that passed on its own.
  mutating func refuse(_ path: String, _ message: Sentence) {
    programmes.removeAll { $0.path == path }
    projects.removeAll { $0.path == path }
    refused.append(path)
    result.errors.append(PortfolioProblem(file: path, line: nil, path: "id", message: message))
  }
}

extension Sentence {
  fileprivate static func usedTwice(_ id: String, _ other: String) -> Sentence {
    Sentence(
      french: "« \(id) » est aussi l’identifiant de \(other) ; donnez-en un autre à l’un des deux.",
      english: "'\(id)' is also the id of \(other); give one of them another.")
  }
}
