public import JalonCore

/// What became of one gate in a span of time.
public struct RecommendationChange: Hashable, Sendable {
  /// The project's id.
  public var project: String
  /// What was recommended before the span; `nil` where the gate was not judged yet.
  public var before: Recommendation?
  /// What stands.
  public var latest: RecommendationRecord

  /// A gate's way through a span.
  public init(project: String, before: Recommendation?, latest: RecommendationRecord) {
    self.project = project
    self.before = before
    self.latest = latest
  }
}

extension RecommendationTable {
  /// Added by the schema's second step: a week's changes among those of years.
  static let schemaByTime =
    """
    CREATE INDEX recommendation_by_time ON recommendation(recorded_at);
    """

  /// The gates of which something was recorded after an instant, each once, by project and phase
  /// id, at most so many.
  ///
  /// A gate that moved and came back is among them, with the same recommendation before and after.
  public func changes(
    recordedAfter instant: Instant, limit: Int
  ) throws(StoreError) -> [RecommendationChange] {
    let latest = Self.columns.split(separator: ", ").map { "r." + $0 }.joined(separator: ", ")
    var statement = try connection.statement(
      """
      WITH moved AS (
        SELECT project, phase, min(key) AS first
        FROM recommendation INDEXED BY recommendation_by_time
        WHERE recorded_at > ? GROUP BY project, phase)
      SELECT r.key, \(latest), p.id,
        (SELECT b.recommendation FROM recommendation AS b
          WHERE b.project = m.project AND b.phase = m.phase AND b.key < m.first
          ORDER BY b.key DESC LIMIT 1)
      FROM moved AS m
      JOIN recommendation AS r ON r.key = (SELECT max(key) FROM recommendation
        WHERE project = m.project AND phase = m.phase)
      JOIN project AS p ON p.key = m.project
      ORDER BY p.id, r.phase LIMIT ?
      """, "reading what changed")
    statement.bind(instant.microseconds)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row throws(StoreError) in
      RecommendationChange(
        project: row.text(13), before: row.isNull(14) ? nil : try row.word(14),
        latest: try Self.record(row))
    }
  }
}
