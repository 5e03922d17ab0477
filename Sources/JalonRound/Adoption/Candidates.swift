import JalonCore
import JalonFormats
import JalonPages

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
  /// Ids of programmes refused here although they pass on their own: projects were checked in them.
  private(set) var withdrawn: Set<String> = []
  /// What does not fit the changed programmes, of projects that do not hold them up.
  var unfit: [UnfitProject] = []
  /// The id that each file of the folder gives now, by path.
  private var standing: [String: String] = [:]

  init(_ notebook: Notebook, files: [PortfolioFile], only: [String]) throws {
    let folder = try AdoptedFolder(notebook)
    var changed: [PortfolioFile] = []
    for file in files {
      if let id = folder.unchanged(file) {
        unchanged += 1
        standing[file.path] = id
        continue
      }
      let id = folder.id(of: file)
      standing[file.path] = id
      if only.isEmpty || only.contains(id) { changed.append(file) }
    }
    let present = Set(standing.values)
    if let unknown = only.first(where: { !present.contains($0) }) {
      throw RoundError.unknownProject(unknown, nearest: nearestName(to: unknown, among: present))
    }
    gone = folder.ids.subtracting(present).sorted()
    let draft = Draft(
      files: changed.map { ($0.path, $0.bytes) },
      standing: Array(try Portfolio(notebook).programmes.values))
    result = draft.result
    for file in draft.programmes { admit(file, .programme, folder) }
    for file in draft.projects { admit(file, .project, folder) }
    let drafted = Set(files.filter { $0.kind == .programme }.compactMap { standing[$0.path] })
    if !only.isEmpty {
      explainMissing(drafted.subtracting(only).subtracting(folder.programmes), draft, only)
    }
  }

  /// Projects that were named without their programme, which is in the folder and was never adopted:
  /// it is not unknown, and has to be adopted with them.
  private mutating func explainMissing(
    _ programmes: Set<String>, _ draft: Draft, _ only: [String]
  ) {
    for file in draft.projects where file.value == nil {
      guard let id = decodeProject(file.bytes, file: file.path).value?.programme,
        programmes.contains(id)
      else { continue }
      for place in result.errors.indices
      where result.errors[place].file == file.path && result.errors[place].path == "programme" {
        result.errors[place].message = .programmeNotAdopted(id, with: only)
      }
    }
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
    if let before, before.path != file.path, standing[before.path] == id {
      if value is Programme { withdrawn.insert(id) }
      let source =
        kind == .programme
        ? decodeProgramme(file.bytes, file: file.path).source
        : decodeProject(file.bytes, file: file.path).source
      refuse(
        file.path,
        PortfolioProblem(
          file: file.path, line: source.line(of: "id"), path: "id",
          message: .usedTwice(id, before.path)))
      return
    }
    if let before, before.digest == digest {
      // The same file under another path.
      unchanged += 1
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
  mutating func refuse(_ path: String, _ problem: PortfolioProblem) {
    withdrawn.formUnion(programmes.filter { $0.path == path }.map(\.value.id))
    programmes.removeAll { $0.path == path }
    projects.removeAll { $0.path == path }
    if !refused.contains(path) { refused.append(path) }
    result.errors.append(problem)
  }
}

extension Sentence {
  fileprivate static func programmeNotAdopted(_ id: String, with named: [String]) -> Sentence {
    let command =
      "jalon adopt --by … --reason … "
      + ([id] + named).map(shellWord).joined(separator: " ")
    return Sentence(
      french: "Le programme « \(id) » n’a pas encore été adopté ; adoptez-le avec le projet : "
        + command,
      english: "Programme '\(id)' has not been adopted yet; adopt it with the project: " + command)
  }

  fileprivate static func usedTwice(_ id: String, _ other: String) -> Sentence {
    Sentence(
      french: "« \(id) » est aussi l’identifiant de \(other) ; donnez-en un autre à l’un des deux.",
      english: "'\(id)' is also the id of \(other); give one of them another.")
  }
}
