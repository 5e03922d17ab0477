internal import CSQLite

/// The notebook's shape, and how an older one is brought up to it.
enum Schema {
  /// "JaLN": what tells the notebook from any other SQLite database.
  private static let owner: Int64 = 0x4A61_4C4E

  /// One step for each version, from an empty file on.
  ///
  /// A step that was ever released never changes.
  static let migrations: [String] = [
    [
      ProjectTable.schema, NameTable.schema, VersionTable.schema, SubmissionTable.schema,
      ObservationTable.schema, MilestoneTable.schema, RecommendationTable.schema,
      EvaluationTable.schema, LedgerTable.schema,
    ].joined(separator: "\n"),
    [
      SilenceTable.schema, AlertTable.schema, OutboxTable.schema, MessageContentTable.schema,
      TellingTable.schema, DigestTable.schema, RecommendationTable.schemaByTime,
    ].joined(separator: "\n"),
    ActTable.schema,
    SubmissionTable.schemaOfArchived,
  ]

  /// Triggers that let rows be added to a table and nothing else happen to it.
  static func appendOnly(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)_keeps_rows BEFORE DELETE ON \(table)
    BEGIN SELECT RAISE(ABORT, '\(table) only grows'); END;
    CREATE TRIGGER \(table)_keeps_facts BEFORE UPDATE ON \(table)
    BEGIN SELECT RAISE(ABORT, '\(table) only grows'); END;
    """
  }

  /// Refuses a database that something else wrote; reads no more than the first page.
  static func checkOwner(_ connection: Connection) throws(StoreError) {
    let found = try number("application_id", connection)
    guard found != owner else { return }
    let doing = "opening the notebook"
    var count = try connection.statement("SELECT count(*) FROM sqlite_schema", doing)
    let tables = try count.first { $0.integer(0) }
    guard found == 0, tables == 0 else {
      throw .corrupt(
        message: "\(connection.path): a database of another program", doing: doing)
    }
  }

  /// Takes the steps that a notebook still lacks, each in a transaction of its own.
  static func bringUpToDate(
    _ connection: Connection, readOnly: Bool, migrations: [String] = migrations
  ) throws(StoreError) {
    let found = try version(connection, known: migrations.count)
    guard found < migrations.count else { return }
    guard !readOnly else { throw .olderSchema(found: found, known: migrations.count) }
    for target in found + 1...migrations.count {
      try connection.write { () throws(StoreError) in
        // Another process may have taken the step while this one waited for the lock.
        guard try version(connection, known: migrations.count) < target else { return }
        let doing = "bringing the notebook to schema \(target)"
        try connection.execute(migrations[target - 1], doing)
        try connection.execute("PRAGMA application_id = \(owner)", doing)
        try connection.execute("PRAGMA user_version = \(target)", doing)
      }
    }
  }

  private static func version(_ connection: Connection, known: Int) throws(StoreError) -> Int {
    let found = Int(try number("user_version", connection))
    guard found <= known else { throw .newerSchema(found: found, known: known) }
    return found
  }

  private static func number(
    _ pragma: String, _ connection: Connection
  ) throws(StoreError) -> Int64 {
    var statement = try connection.statement("PRAGMA \(pragma)", "opening the notebook")
    return try statement.first { $0.integer(0) } ?? 0
  }
}
