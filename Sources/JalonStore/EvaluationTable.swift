public import JalonCore

/// One run over the gates: that it happened at all is what an alert watches.
public struct EvaluationRecord: Hashable, Sendable {
  /// When.
  public var at: Instant
  /// The day that was judged.
  public var asOf: Day
  /// How many projects were judged.
  public var projects: Int
  /// How many recommendations changed.
  public var changes: Int

  /// A run.
  public init(at: Instant, asOf: Day, projects: Int, changes: Int) {
    self.at = at
    self.asOf = asOf
    self.projects = projects
    self.changes = changes
  }
}

/// The runs over the gates.
public struct EvaluationTable {
  static let schema =
    """
    CREATE TABLE evaluation(
      key INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      as_of INTEGER NOT NULL,
      projects INTEGER NOT NULL,
      changes INTEGER NOT NULL
    ) STRICT;
    """ + Schema.appendOnly("evaluation")

  let connection: Connection

  /// Records a run, inside `write`.
  public func add(_ record: EvaluationRecord) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      "INSERT INTO evaluation(at, as_of, projects, changes) VALUES (?, ?, ?, ?)",
      "recording an evaluation")
    statement.bind(record.at.microseconds)
    statement.bind(Int64(record.asOf.number))
    statement.bind(Int64(record.projects))
    statement.bind(Int64(record.changes))
    try statement.run()
  }

  /// The latest run.
  public func latest() throws(StoreError) -> EvaluationRecord? { try one("DESC") }

  /// The first run there ever was.
  public func first() throws(StoreError) -> EvaluationRecord? { try one("ASC") }

  private func one(_ order: String) throws(StoreError) -> EvaluationRecord? {
    var statement = try connection.statement(
      "SELECT at, as_of, projects, changes FROM evaluation ORDER BY key \(order) LIMIT 1",
      "reading an evaluation")
    return try statement.first { row in
      EvaluationRecord(
        at: row.instant(0), asOf: row.day(1), projects: Int(row.integer(2)),
        changes: Int(row.integer(3)))
    }
  }
}

extension Connection {
  /// The runs over the gates.
  public var evaluations: EvaluationTable { EvaluationTable(connection: self) }
}
