public import JalonCore

/// A change of what Jalon recommends for a gate, or of what holds there.
public struct RecommendationRecord: Hashable, Sendable {
  /// Its number: later changes have greater ones, and 0 means not stored.
  public var key: Int64 = 0
  /// The project's number.
  public var project: Int64
  /// The phase whose gate it is.
  public var phase: String
  /// When it was recorded.
  public var recordedAt: Instant
  /// The day that was judged.
  public var asOf: Day
  /// What had been received by then counted.
  public var knownAt: Instant
  /// What the rules say.
  public var recommendation: Recommendation
  /// What holds: the decision, else the recommendation.
  public var effective: String
  /// The day the gate was crossed.
  public var crossed: Day?
  /// Whether the rules leave the choice to the follow-up team.
  public var isDiscretionary: Bool
  /// Whether the next phase's money should be withheld.
  public var isFlagged: Bool
  /// The money that the gate releases, in euros.
  public var fundsAtStake: Quantity
  /// The day since which what holds has held.
  public var since: Day

  /// A change of recommendation.
  public init(
    project: Int64, phase: String, recordedAt: Instant, asOf: Day, knownAt: Instant,
    recommendation: Recommendation, effective: String, crossed: Day?, isDiscretionary: Bool,
    isFlagged: Bool, fundsAtStake: Quantity, since: Day
  ) {
    self.project = project
    self.phase = phase
    self.recordedAt = recordedAt
    self.asOf = asOf
    self.knownAt = knownAt
    self.recommendation = recommendation
    self.effective = effective
    self.crossed = crossed
    self.isDiscretionary = isDiscretionary
    self.isFlagged = isFlagged
    self.fundsAtStake = fundsAtStake
    self.since = since
  }
}

/// What was recommended for every gate, each time that changed.
public struct RecommendationTable {
  static let schema =
    """
    CREATE TABLE recommendation(
      key INTEGER PRIMARY KEY,
      project INTEGER NOT NULL REFERENCES project,
      phase TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      as_of INTEGER NOT NULL,
      known_at INTEGER NOT NULL,
      recommendation TEXT NOT NULL,
      effective TEXT NOT NULL,
      crossed INTEGER,
      discretionary INTEGER NOT NULL CHECK (discretionary IN (0, 1)),
      flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
      funds INTEGER NOT NULL,
      since INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX recommendation_by_gate ON recommendation(project, phase, key);
    """ + Schema.appendOnly("recommendation")

  static let columns =
    """
    project, phase, recorded_at, as_of, known_at, recommendation, effective, crossed, \
    discretionary, flagged, funds, since
    """

  let connection: Connection

  /// Records a change, inside `write`.
  public func add(_ record: RecommendationRecord) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO recommendation(\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, "recording a recommendation")
    statement.bind(record.project)
    statement.bind(record.phase)
    statement.bind(record.recordedAt.microseconds)
    statement.bind(Int64(record.asOf.number))
    statement.bind(record.knownAt.microseconds)
    statement.bind(record.recommendation.rawValue)
    statement.bind(record.effective)
    statement.bind(record.crossed.map { Int64($0.number) })
    statement.bind(record.isDiscretionary ? 1 : 0)
    statement.bind(record.isFlagged ? 1 : 0)
    statement.bind(record.fundsAtStake.micros)
    statement.bind(Int64(record.since.number))
    try statement.run()
  }

  /// What stands for every gate of one project, by phase id.
  public func latest(of project: Int64) throws(StoreError) -> [RecommendationRecord] {
    try latest(of: project...project)
  }

  /// What stands for every gate of the projects of a range of numbers, by project and phase id.
  public func latest(
    of projects: ClosedRange<Int64>
  ) throws(StoreError) -> [RecommendationRecord] {
    var statement = try connection.statement(
      """
      SELECT key, \(Self.columns) FROM recommendation
      WHERE key IN (SELECT max(key) FROM recommendation WHERE project BETWEEN ? AND ?
        GROUP BY project, phase)
      ORDER BY project, phase
      """, "reading the latest recommendations")
    statement.bind(projects.lowerBound)
    statement.bind(projects.upperBound)
    return try statement.all(Self.record)
  }

  /// Every change for the gates of one project, oldest first.
  public func all(of project: Int64) throws(StoreError) -> [RecommendationRecord] {
    var statement = try connection.statement(
      "SELECT key, \(Self.columns) FROM recommendation WHERE project = ? ORDER BY key",
      "reading a project's recommendations")
    statement.bind(project)
    return try statement.all(Self.record)
  }

  static func record(
    _ row: borrowing Statement
  ) throws(StoreError) -> RecommendationRecord {
    var record = RecommendationRecord(
      project: row.integer(1), phase: row.text(2), recordedAt: row.instant(3), asOf: row.day(4),
      knownAt: row.instant(5), recommendation: try row.word(6), effective: row.text(7),
      crossed: row.isNull(8) ? nil : row.day(8), isDiscretionary: row.integer(9) != 0,
      isFlagged: row.integer(10) != 0, fundsAtStake: Quantity(micros: row.integer(11)),
      since: row.day(12))
    record.key = row.integer(0)
    return record
  }
}

extension Connection {
  /// The recommendations.
  public var recommendations: RecommendationTable { RecommendationTable(connection: self) }
}
