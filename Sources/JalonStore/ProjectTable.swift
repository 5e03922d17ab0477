/// The projects that the notebook knows, each with a number that stands for it everywhere else.
public struct ProjectTable {
  static let schema =
    """
    CREATE TABLE project(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE CHECK (id <> '')
    ) STRICT;
    """ + Schema.appendOnly("project")

  let connection: Connection

  /// A project's number, if the notebook has it.
  public func key(of id: String) throws(StoreError) -> Int64? {
    if let known = connection.interned.projectKeys[id] { return known }
    var statement = try connection.statement(
      "SELECT key FROM project WHERE id = ?", "looking up a project")
    statement.bind(id)
    guard let key = try statement.first({ $0.integer(0) }) else { return nil }
    connection.interned.projectKeys[id] = key
    return key
  }

  /// A project's number, given to it now if it has none; inside `write`.
  @discardableResult
  public func add(_ id: String) throws(StoreError) -> Int64 {
    connection.requireWriting()
    if let key = try key(of: id) { return key }
    var statement = try connection.statement(
      "INSERT INTO project(id) VALUES (?) RETURNING key", "adding a project")
    statement.bind(id)
    // The statement runs to its end: a row that is still being returned holds up the commit.
    let keys = try statement.all { $0.integer(0) }
    guard let key = keys.first else { throw statement.corrupt("a project without a number") }
    connection.interned.projectKeys[id] = key
    return key
  }

  /// A project's id.
  public func id(of key: Int64) throws(StoreError) -> String? {
    var statement = try connection.statement(
      "SELECT id FROM project WHERE key = ?", "looking up a project")
    statement.bind(key)
    return try statement.first { $0.text(0) }
  }

  /// Projects in order of their number, from one on.
  public func list(
    from key: Int64 = 0, limit: Int
  ) throws(StoreError) -> [(key: Int64, id: String)] {
    var statement = try connection.statement(
      "SELECT key, id FROM project WHERE key >= ? ORDER BY key LIMIT ?", "listing projects")
    statement.bind(key)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { ($0.integer(0), $0.text(1)) }
  }
}

extension Connection {
  /// The projects.
  public var projects: ProjectTable { ProjectTable(connection: self) }
}
