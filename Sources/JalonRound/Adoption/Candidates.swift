import JalonCore
import JalonFormats

/// The files of the folder that differ from what is adopted.
struct Candidates {
  /// A file that would become a new version.
  struct Candidate {
    let file: DraftFile
    let digest: Digest
    /// Whether its object was adopted before.
    let isNew: Bool
  }

  /// Changed programmes by path.
  private(set) var programmes: [(candidate: Candidate, decoded: Decoded<Programme>)] = []
  /// Changed projects by path.
  private(set) var projects: [(candidate: Candidate, decoded: Decoded<Project>)] = []
  /// How many files are as adopted.
  private(set) var unchanged = 0
  /// Adopted ids whose file has gone.
  private(set) var gone: [String] = []
  /// Paths of unchanged files by id, to find an id used twice.
  private(set) var unchangedPaths: [PortfolioKind: [String: String]] = [:]
  /// Bytes of unchanged project files by id, to be checked again when their programme changes.
  private(set) var unchangedProjects: [String: DraftFile] = [:]

  init(_ notebook: Notebook, files: [DraftFile], only: [String]) throws {
    let adopted: [PortfolioKind: [String: (digest: Digest, path: String)]] = [
      .programme: try notebook.versions.latestDigests(.programme),
      .project: try notebook.versions.latestDigests(.project),
    ]
    var idsByPath: [PortfolioKind: [String: String]] = [:]
    for (kind, objects) in adopted {
      for (id, version) in objects { idsByPath[kind, default: [:]][version.path] = id }
    }
    var wanted = Set(only)
    var present: Set<String> = []
    for file in files {
      let digest = SHA256.hash(file.bytes)
      if let id = idsByPath[file.kind]?[file.path], adopted[file.kind]?[id]?.digest == digest {
        keep(unchanged: file, id: id)
        present.insert(id)
        wanted.remove(id)
        continue
      }
      let id = add(file, digest, adopted: adopted[file.kind] ?? [:], only: only)
      if let id {
        present.insert(id)
        wanted.remove(id)
      }
    }
    gone = adopted.values.flatMap(\.keys).filter { !present.contains($0) }.sorted()
    guard let unknown = wanted.sorted().first else { return }
    throw RoundError.unknownProject(unknown, nearest: nearestName(to: unknown, among: present))
  }

  private mutating func keep(unchanged file: DraftFile, id: String) {
    unchanged += 1
    unchangedPaths[file.kind, default: [:]][id] = file.path
    if file.kind == .project { unchangedProjects[id] = file }
  }

  /// Decodes a changed file, and gives its id where it can be told.
  private mutating func add(
    _ file: DraftFile, _ digest: Digest, adopted: [String: (digest: Digest, path: String)],
    only: [String]
  ) -> String? {
    switch file.kind {
    case .programme:
      let decoded = decodeProgramme(file.bytes, file: file.path)
      let id = decoded.value?.id
      guard only.isEmpty || id.map(only.contains) == true else { return id }
      let candidate = Candidate(
        file: file, digest: digest, isNew: id.map { adopted[$0] == nil } ?? true)
      if let id, adopted[id]?.digest == digest { return id }
      programmes.append((candidate, decoded))
      return id
    case .project:
      let decoded = decodeProject(file.bytes, file: file.path)
      let id = decoded.value?.id
      guard only.isEmpty || id.map(only.contains) == true else { return id }
      let candidate = Candidate(
        file: file, digest: digest, isNew: id.map { adopted[$0] == nil } ?? true)
      if let id, adopted[id]?.digest == digest { return id }
      projects.append((candidate, decoded))
      return id
    }
  }

  /// Keeps only the candidates of some paths.
  mutating func keep(_ isKept: (String) -> Bool) {
    programmes.removeAll { !isKept($0.candidate.file.path) }
    projects.removeAll { !isKept($0.candidate.file.path) }
  }
}
