public import JalonCore

extension VersionTable {
  private static let columns =
    "key, kind, object, path, sha256, adopted_at, adopted_by, user, reason"

  /// The latest version of one object: what the next one is compared with.
  public func latest(
    _ kind: PortfolioKind, _ object: String
  ) throws(StoreError) -> VersionRecord? {
    var statement = try connection.statement(
      """
      SELECT \(Self.columns) FROM version WHERE kind = ? AND object = ?
      ORDER BY key DESC LIMIT 1
      """, "reading a version")
    statement.bind(kind.rawValue)
    statement.bind(object)
    return try statement.first(Self.record)
  }

  /// The latest version of every object of a kind, without their bytes, by id.
  public func latest(of kind: PortfolioKind) throws(StoreError) -> [VersionRecord] {
    var statement = try connection.statement(
      """
      SELECT \(Self.columns) FROM version
      WHERE key IN (SELECT max(key) FROM version WHERE kind = ? GROUP BY object) ORDER BY object
      """, "reading the latest versions")
    statement.bind(kind.rawValue)
    return try statement.all(Self.record)
  }

  /// Every version of one object, oldest first, without their bytes.
  public func all(_ kind: PortfolioKind, _ object: String) throws(StoreError) -> [VersionRecord] {
    var statement = try connection.statement(
      "SELECT \(Self.columns) FROM version WHERE kind = ? AND object = ? ORDER BY key",
      "reading an object's versions")
    statement.bind(kind.rawValue)
    statement.bind(object)
    return try statement.all(Self.record)
  }

  /// The bytes of one version.
  public func bytes(of key: Int64) throws(StoreError) -> [UInt8]? {
    var statement = try connection.statement(
      "SELECT bytes FROM version WHERE key = ?", "reading a version's bytes")
    statement.bind(key)
    return try statement.first { $0.blob(0) }
  }

  /// The version of one object in force at an instant: the latest adopted by then; before the first,
  /// the first (SPEC §4).
  public func inForce(
    _ kind: PortfolioKind, _ object: String, at instant: Instant
  ) throws(StoreError) -> VersionRecord? {
    var statement = try connection.statement(
      """
      SELECT \(Self.columns) FROM version
      WHERE key = \(Self.keyInForce(kind: "?1", object: "?2", instant: "?3"))
      """, "reading the version in force")
    statement.bind(kind.rawValue)
    statement.bind(object)
    statement.bind(instant.microseconds)
    return try statement.first(Self.record)
  }

  /// The versions in force of many projects, with their bytes, in order of the projects' numbers.
  ///
  /// A portfolio is read in pieces, so that it never stands in memory whole: ask from 0, then from
  /// the last number given plus 1, until nothing is given.
  public func projectsInForce(
    from project: Int64 = 0, limit: Int, at instant: Instant
  ) throws(StoreError) -> [ProjectVersion] {
    let key = Self.keyInForce(kind: "'project'", object: "p.id", instant: "?1")
    var statement = try connection.statement(
      """
      SELECT v.key, v.kind, v.object, v.path, v.sha256, v.adopted_at, v.adopted_by, v.user,
        v.reason, v.bytes, p.key
      FROM project AS p CROSS JOIN version AS v ON v.key = \(key)
      WHERE p.key >= ?2 ORDER BY p.key LIMIT ?3
      """, "reading the versions in force")
    statement.bind(instant.microseconds)
    statement.bind(project)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row throws(StoreError) in
      ProjectVersion(project: row.integer(10), version: try Self.record(row), bytes: row.blob(9))
    }
  }

  /// When a project was adopted for the first time, whichever it was: from then on there is
  /// something to evaluate.
  public func firstAdoption() throws(StoreError) -> Instant? {
    var statement = try connection.statement(
      "SELECT min(adopted_at) FROM version WHERE kind = 'project'",
      "reading the first adoption")
    return try statement.first { $0.optionalInstant(0) } ?? nil
  }

  /// SQL for the number of the version in force.
  ///
  /// Versions of an object are adopted in order, so that the latest number is the latest instant.
  private static func keyInForce(kind: String, object: String, instant: String) -> String {
    """
    coalesce(
      (SELECT key FROM version WHERE kind = \(kind) AND object = \(object)
        AND adopted_at <= \(instant) ORDER BY key DESC LIMIT 1),
      (SELECT min(key) FROM version WHERE kind = \(kind) AND object = \(object)))
    """
  }

  private static func record(_ row: borrowing Statement) throws(StoreError) -> VersionRecord {
    var record = VersionRecord(
      kind: try row.word(1), object: row.text(2), path: row.text(3), sha256: try row.digest(4),
      adoptedAt: row.instant(5), adoptedBy: row.text(6), user: row.text(7), reason: row.text(8))
    record.key = row.integer(0)
    return record
  }
}
