import JalonCore
import JalonFormats

/// What the notebook knows of the portfolio's files, to tell which have changed.
struct AdoptedFolder {
  /// By kind and id.
  let adopted: [PortfolioKind: [String: (digest: Digest, path: String)]]
  private var idsByPath: [String: String] = [:]

  init(_ notebook: Notebook) throws {
    adopted = [
      .programme: try notebook.versions.latestDigests(.programme),
      .project: try notebook.versions.latestDigests(.project),
    ]
    for objects in adopted.values {
      for (id, version) in objects { idsByPath[version.path] = id }
    }
  }

  /// Every adopted id.
  var ids: Set<String> { Set(adopted.values.flatMap(\.keys)) }

  /// The adopted programmes' ids.
  var programmes: Set<String> { Set((adopted[.programme] ?? [:]).keys) }

  /// The id of a file that is as it was adopted; `nil` for any other file.
  func unchanged(_ file: PortfolioFile) -> String? {
    guard let id = idsByPath[file.path],
      adopted[file.kind]?[id]?.digest == SHA256.hash(file.bytes)
    else { return nil }
    return id
  }

  /// The id that a changed file says, or had, or is named after.
  func id(of file: PortfolioFile) -> String {
    let said =
      switch file.kind {
      case .programme: decodeProgramme(file.bytes, file: file.path).value?.id
      case .project: decodeProject(file.bytes, file: file.path).value?.id
      }
    if let id = said ?? idsByPath[file.path] { return id }
    let name = file.path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }
}
