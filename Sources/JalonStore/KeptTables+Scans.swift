public import JalonCore

extension KeptTables {
  /// Versions after one, in order, at most so many.
  public func versions(after key: Int64, limit: Int) throws(StoreError) -> [KeptVersion] {
    var statement = try connection.statement(
      """
      SELECT key, kind, object, path, sha256, adopted_at, adopted_by, user, reason, bytes
      FROM version WHERE key > ? ORDER BY key LIMIT ?
      """, "reading versions")
    statement.bind(key)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row in
      KeptVersion(
        key: row.integer(0), kind: row.text(1), object: row.text(2), path: row.text(3),
        sha256: row.hexadecimal(4), adoptedAt: row.integer(5), adoptedBy: row.text(6),
        user: row.text(7), reason: row.text(8), content: SHA256.hash(row.blob(9)))
    }
  }

  /// Recommendations after one, in order, at most so many.
  public func recommendations(
    after key: Int64, limit: Int
  ) throws(StoreError) -> [KeptRecommendation] {
    var statement = try connection.statement(
      """
      SELECT r.key, p.id, r.phase, r.recorded_at, r.as_of, r.known_at, r.recommendation,
        r.effective, r.crossed, r.discretionary, r.flagged, r.funds, r.since
      FROM recommendation AS r LEFT JOIN project AS p ON p.key = r.project
      WHERE r.key > ? ORDER BY r.key LIMIT ?
      """, "reading recommendations")
    statement.bind(key)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row in
      KeptRecommendation(
        key: row.integer(0), project: row.optionalText(1), phase: row.text(2),
        recordedAt: row.integer(3), asOf: row.integer(4), knownAt: row.integer(5),
        recommendation: row.text(6), effective: row.text(7), crossed: row.optionalInteger(8),
        discretionary: row.integer(9), flagged: row.integer(10), funds: row.integer(11),
        since: row.integer(12))
    }
  }

  /// The tables of what accepted files say.
  public enum FactTable: String, CaseIterable, Sendable {
    case observation
    case milestone
  }

  /// Where a walk over the rows of files stands.
  public struct FactPlace: Hashable, Sendable {
    /// The project's number.
    public var project: Int64
    /// The submission's number.
    public var submission: Int64

    /// Before the first.
    public static let start = FactPlace(project: .min, submission: .min)
  }

  /// The files that a table has rows of, after a place, at most so many, and whether each was
  /// accepted for the project that the rows name.
  ///
  /// One look-up a file, however many rows it has.
  public func filesWithRows(
    in table: FactTable, after place: FactPlace, limit: Int
  ) throws(StoreError) -> [(place: FactPlace, isAccepted: Bool)] {
    try connection.read { () throws(StoreError) in
      var statement = try connection.statement(
        """
        SELECT f.project, f.submission, EXISTS (SELECT 1 FROM submission AS s
          WHERE s.number = f.submission AND s.project = f.project AND s.status = 'accepted')
        FROM \(table.rawValue) AS f WHERE (f.project, f.submission) > (?, ?)
        ORDER BY f.project, f.submission LIMIT 1
        """, "looking for rows of no file")
      var found: [(place: FactPlace, isAccepted: Bool)] = []
      var last = place
      while found.count < limit {
        statement.bind(last.project)
        statement.bind(last.submission)
        let next = try statement.first { row in
          (
            place: FactPlace(project: row.integer(0), submission: row.integer(1)),
            isAccepted: row.integer(2) != 0
          )
        }
        guard let next else { break }
        found.append(next)
        last = next.place
      }
      return found
    }
  }
}
