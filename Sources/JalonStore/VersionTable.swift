public import JalonCore

/// A version of a programme or project, adopted (SPEC §2), without its bytes.
public struct VersionRecord: Hashable, Sendable {
  /// Its number: later versions have greater ones, and 0 means not stored.
  public var key: Int64 = 0
  /// What it is a version of.
  public var kind: PortfolioKind
  /// The id of that programme or project.
  public var object: String
  /// The file, relative to the portfolio folder.
  public var path: String
  /// The SHA-256 of the bytes.
  public var sha256: Digest
  /// When it was adopted.
  public var adoptedAt: Instant
  /// The label beside the user.
  public var adoptedBy: String
  /// The operating-system user.
  public var user: String
  /// Why.
  public var reason: String

  /// A version.
  public init(
    kind: PortfolioKind, object: String, path: String, sha256: Digest, adoptedAt: Instant,
    adoptedBy: String, user: String, reason: String
  ) {
    self.kind = kind
    self.object = object
    self.path = path
    self.sha256 = sha256
    self.adoptedAt = adoptedAt
    self.adoptedBy = adoptedBy
    self.user = user
    self.reason = reason
  }
}

/// A project's version in force, with the number the project goes by.
public struct ProjectVersion: Sendable {
  /// The project's number.
  public let project: Int64
  /// The version.
  public let version: VersionRecord
  /// The bytes of its file.
  public let bytes: [UInt8]
}

/// Every version of the portfolio that was ever adopted; a version never changes.
public struct VersionTable {
  /// The bytes stand last: a row's other columns are then read without passing over them.
  static let schema =
    """
    CREATE TABLE version(
      key INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('programme', 'project')),
      object TEXT NOT NULL CHECK (object <> ''),
      path TEXT NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      adopted_at INTEGER NOT NULL,
      adopted_by TEXT NOT NULL,
      user TEXT NOT NULL,
      reason TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX version_by_object ON version(kind, object, key, adopted_at);
    CREATE TRIGGER version_in_order BEFORE INSERT ON version
    WHEN new.adopted_at <
      (SELECT max(adopted_at) FROM version WHERE kind = new.kind AND object = new.object)
    BEGIN SELECT RAISE(ABORT, 'adopted before the version before it'); END;
    """ + Schema.appendOnly("version")

  let connection: Connection

  /// Stores a version, inside `write`, and gives it as stored.
  ///
  /// A clock set back does not reorder versions: one is never adopted before the one it follows,
  /// and takes that one's instant instead.
  @discardableResult
  public func add(_ version: VersionRecord, bytes: [UInt8]) throws(StoreError) -> VersionRecord {
    connection.requireWriting()
    var stored = version
    if let latest = try latest(version.kind, version.object) {
      stored.adoptedAt = max(stored.adoptedAt, latest.adoptedAt)
    }
    var statement = try connection.statement(
      """
      INSERT INTO version(kind, object, path, sha256, adopted_at, adopted_by, user, reason, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, "adopting a version")
    statement.bind(stored.kind.rawValue)
    statement.bind(stored.object)
    statement.bind(stored.path)
    statement.bind(stored.sha256.bytes)
    statement.bind(stored.adoptedAt.microseconds)
    statement.bind(stored.adoptedBy)
    statement.bind(stored.user)
    statement.bind(stored.reason)
    try statement.run(withLast: bytes)
    stored.key = connection.lastInsertedKey
    return stored
  }
}

extension Connection {
  /// The adopted versions.
  public var versions: VersionTable { VersionTable(connection: self) }
}
