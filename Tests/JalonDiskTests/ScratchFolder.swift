import Foundation
public import JalonDisk

/// A folder that goes when the test ends.
final class ScratchFolder {
  let path: String
  let folder: Folder

  init() throws {
    path = NSTemporaryDirectory() + "/jalon-disk-\(UUID().uuidString)"
    folder = try Folder.openOrCreate(path, mode: 0o700)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// The names there, as the folder's own listing gives them.
  func names() throws -> Set<String> {
    Set(try folder.names(limit: 1000).names.map(\.escaped))
  }

  func read(_ name: FileName, limit: Int = 1000) throws -> TakenFile? {
    guard case .file(let file) = try folder.take(name, limit: limit, tooLarge: { _ in }) else {
      return nil
    }
    return file
  }
}

extension FileName: ExpressibleByStringLiteral {
  /// A name in a test; one that cannot be a name stops it.
  public init(stringLiteral value: String) {
    guard let name = FileName(value) else { preconditionFailure("not a file name: \(value)") }
    self = name
  }
}
