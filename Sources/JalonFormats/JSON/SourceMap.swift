/// Which line of a file each path stands on, so that checks of values can say where.
///
/// Made of the document itself: nothing is computed before a line is asked for.
public struct SourceMap: Sendable {
  private let document: JSONDocument?

  /// The map of a document.
  init(_ document: JSONDocument) { self.document = document }

  private init() { document = nil }

  /// The map of a value that no file says: every line is `nil`.
  public static let none = SourceMap()

  /// The line, from 1, of a path; where nothing stands there, of what is around it.
  public func line(of path: String) -> Int? {
    document.map { JSONPath.nearest(path, in: $0).node.line }
  }

  /// Whether the file says something at a path.
  public func contains(_ path: String) -> Bool {
    document.map { JSONPath.nearest(path, in: $0).found } ?? false
  }

  /// The first key, as written, of the object at a path that has a property.
  func key(at path: String, where matches: (String) -> Bool) -> String? {
    guard let document else { return nil }
    let (node, found) = JSONPath.nearest(path, in: document)
    return found ? node.members.lazy.compactMap(\.key.text).first(where: matches) : nil
  }
}
