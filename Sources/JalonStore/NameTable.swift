/// Ids of indicators, profiles and milestones: rows about them hold a number instead.
struct NameTable {
  static let schema =
    """
    CREATE TABLE name(
      key INTEGER PRIMARY KEY,
      text TEXT NOT NULL UNIQUE
    ) STRICT;
    """ + Schema.appendOnly("name")

  let connection: Connection

  /// A name's number, given to it now if it has none; inside `write`.
  func key(of name: String) throws(StoreError) -> Int64 {
    if let known = connection.interned.nameKeys[name] { return known }
    connection.requireWriting()
    var search = try connection.statement(
      "SELECT key FROM name WHERE text = ?", "looking up a name")
    search.bind(name)
    var key = try search.first { $0.integer(0) }
    if key == nil {
      var statement = try connection.statement(
        "INSERT INTO name(text) VALUES (?) RETURNING key", "adding a name")
      statement.bind(name)
      key = try statement.all { $0.integer(0) }.first
    }
    guard let key else { throw search.corrupt("a name without a number") }
    connection.interned.nameKeys[name] = key
    return key
  }

  /// The name of a number; the same string, not a copy, whenever it is asked for.
  func text(of key: Int64) throws(StoreError) -> String {
    if let known = connection.interned.names[key] { return known }
    var statement = try connection.statement(
      "SELECT text FROM name WHERE key = ?", "looking up a name")
    statement.bind(key)
    guard let text = try statement.first({ $0.text(0) }) else {
      throw statement.corrupt("no name has the number \(key)")
    }
    connection.interned.names[key] = text
    return text
  }
}

extension Connection {
  /// The names.
  var names: NameTable { NameTable(connection: self) }
}
