import Glibc
import JalonCore
import JalonDisk
import JalonRound

/// The portfolio's folder: `programmes/*.json` and `projects/**/*.json`.
enum PortfolioFolder {
  /// Bytes a file of it may have.
  private static let fileLimit = 4_000_000
  /// Files it may have.
  private static let countLimit = 200_000
  /// Folders within folders.
  private static let depthLimit = 16

  /// Every file, in order of path.
  static func read(_ path: String) throws -> [PortfolioFile] {
    guard access(path, F_OK) == 0 else {
      throw Failure(.noInput, "the portfolio \(path) is not there: make it, or set \"portfolio\"")
    }
    var files: [PortfolioFile] = []
    try walk(path, "programmes", .programme, depth: depthLimit, into: &files)
    try walk(path, "projects", .project, depth: 0, into: &files)
    return files.sorted { $0.path < $1.path }
  }

  private static func walk(
    _ root: String, _ relative: String, _ kind: PortfolioKind, depth: Int,
    into files: inout [PortfolioFile]
  ) throws {
    let path = root + "/" + relative
    guard access(path, F_OK) == 0 else { return }
    let folder = try Folder.open(path)
    for name in try folder.names(limit: countLimit).names {
      guard let text = name.text, !text.hasPrefix("."), let stamp = try folder.stamp(of: name)
      else { continue }
      let child = relative + "/" + text
      if stamp.kind == .directory {
        if depth < depthLimit { try walk(root, child, kind, depth: depth + 1, into: &files) }
      } else if text.hasSuffix(".json") {
        guard files.count < countLimit else {
          throw Failure(.configuration, "the portfolio has more than \(countLimit) files")
        }
        let bytes = try readFile(root + "/" + child, limit: fileLimit)
        files.append(PortfolioFile(kind: kind, path: child, bytes: bytes))
      }
    }
  }
}
