public import JalonCore

/// One file of a portfolio folder, read.
public struct DraftFile<Value: Sendable>: Sendable {
  /// The path inside the folder.
  public let path: String
  /// The bytes of the file.
  public let bytes: [UInt8]
  /// The id it gives, if that could be read.
  public let id: String?
  /// What it says; `nil` when it is refused.
  public fileprivate(set) var value: Value?
}

/// A portfolio folder, read and verified whole (SPEC §2): every error of every file.
public struct Draft: Sendable {
  /// The files of `programmes/`, in order of path.
  public private(set) var programmes: [DraftFile<Programme>] = []
  /// The files of `projects/` and its folders, in order of path.
  public private(set) var projects: [DraftFile<Project>] = []
  /// Every problem, in order of file and line.
  public private(set) var result = CheckResult()

  /// Reads and verifies the files of a folder.
  ///
  /// - Parameters:
  ///   - files: paths inside the folder, with `/`, and bytes; other files than SPEC §2's are skipped.
  ///   - standing: programmes adopted before; each stands in for a file that is refused or gone.
  ///   - strict: whether broken funding rules are errors.
  public init(
    files: [(path: String, bytes: [UInt8])], standing: [Programme] = [], strict: Bool = false
  ) {
    let ordered = files.filter { !Draft.isHidden($0.path) }.sorted { $0.path < $1.path }
    read(programmes: ordered.filter { Draft.isProgramme($0.path) })
    let usable = Dictionary(
      standing.map { ($0.id, $0) } + programmes.compactMap { $0.value.map { ($0.id, $0) } },
      uniquingKeysWith: { _, later in later })
    read(projects: ordered.filter { Draft.isProject($0.path) }, in: usable, strict: strict)
    result.sort()
  }

  /// Whether a path is one of `programmes/*.json`.
  static func isProgramme(_ path: String) -> Bool {
    path.hasPrefix("programmes/") && path.hasSuffix(".json")
      && path.utf8.count { $0 == UInt8(ascii: "/") } == 1
  }

  /// Whether a path is one of `projects/**/*.json`.
  static func isProject(_ path: String) -> Bool {
    path.hasPrefix("projects/") && path.hasSuffix(".json")
  }

  /// Whether a file or a folder on the way to it is hidden, as editors' copies are.
  static func isHidden(_ path: String) -> Bool { path.hasPrefix(".") || path.contains("/.") }
}

extension Draft {
  private mutating func read(programmes files: [(path: String, bytes: [UInt8])]) {
    var lines: [Int?] = []
    for (path, bytes) in files {
      let decoded = decodeProgramme(bytes, file: path)
      var found = CheckResult()
      found.errors = decoded.problems
      if let draft = decoded.draft {
        let findings = Findings(
          file: path, source: decoded.source, strict: false, broken: decoded.broken)
        found.append(checkProgramme(draft, findings))
      }
      result.append(found)
      lines.append(decoded.source.line(of: "id"))
      let id = decoded.draft?.id == Placeholder.name ? nil : decoded.draft?.id
      let value = found.errors.isEmpty ? decoded.value : nil
      programmes.append(DraftFile(path: path, bytes: bytes, id: id, value: value))
    }
    var read = programmes
    refuseSharedIDs(&read, lines: lines)
    programmes = read
  }

  private mutating func read(
    projects files: [(path: String, bytes: [UInt8])], in usable: [String: Programme], strict: Bool
  ) {
    var lines: [Int?] = []
    for (path, bytes) in files {
      let decoded = decodeProject(bytes, file: path)
      var found = CheckResult()
      found.errors = decoded.problems
      if let draft = decoded.draft {
        let findings = Findings(
          file: path, source: decoded.source, strict: strict, broken: decoded.broken)
        found.append(check(draft, in: usable, findings))
      }
      result.append(found)
      lines.append(decoded.source.line(of: "id"))
      let id = decoded.draft?.id == Placeholder.name ? nil : decoded.draft?.id
      let value = found.errors.isEmpty ? decoded.value : nil
      projects.append(DraftFile(path: path, bytes: bytes, id: id, value: value))
    }
    var read = projects
    refuseSharedIDs(&read, lines: lines)
    projects = read
  }

  /// Verifies a project in its programme or, where there is none to go by, on its own.
  private func check(
    _ project: Project, in usable: [String: Programme], _ start: Findings
  ) -> CheckResult {
    if let programme = usable[project.programme] {
      return checkProject(project, in: programme, start)
    }
    var findings = start
    let refused = programmes.first { $0.id == project.programme }?.path
    let known = Set(usable.keys).union(programmes.compactMap(\.id)).sorted()
    findings.error(
      "programme",
      refused.map { .refusedProgramme(project.programme, $0) }
        ?? .unknownProgramme(project.programme, known))
    return checkProject(project, in: nil, findings)
  }

  /// Refuses every file whose id another file gives too: which one counts, nobody knows.
  private mutating func refuseSharedIDs<Value>(_ files: inout [DraftFile<Value>], lines: [Int?]) {
    var places: [String: [Int]] = [:]
    for (index, file) in files.enumerated() {
      if let id = file.id { places[id, default: []].append(index) }
    }
    for (id, shared) in places where shared.count > 1 {
      for index in shared {
        let other = files[index == shared[0] ? shared[1] : shared[0]].path
        result.errors.append(
          .shown(
            file: files[index].path, line: lines[index], path: "id", message: .sharedID(id, other)))
        files[index].value = nil
      }
    }
  }
}

extension Sentence {
  fileprivate static func sharedID(_ id: String, _ other: String) -> Sentence {
    Sentence(
      french: "« \(id) » est aussi l’identifiant de \(other) ; il en faut un autre",
      english: "“\(id)” is the id of \(other) too; another one was expected")
  }

  fileprivate static func refusedProgramme(_ id: String, _ path: String) -> Sentence {
    Sentence(
      french: "le programme \(id) a des erreurs ; corrigez d’abord \(path)",
      english: "the programme \(id) has errors; correct \(path) first")
  }

  fileprivate static func unknownProgramme(_ id: String, _ known: [String]) -> Sentence {
    let near = nearestName(to: id, among: known)
    let list = known.joined(separator: ", ")
    return Sentence(
      french: "programme « \(id) » inconnu ; "
        + (near.map { "vouliez-vous dire « \($0) » ?" } ?? "programmes connus : \(list)"),
      english: "unknown programme “\(id)”; "
        + (near.map { "did you mean “\($0)”?" } ?? "known programmes: \(list)"))
  }
}
