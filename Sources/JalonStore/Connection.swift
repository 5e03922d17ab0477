internal import CSQLite

/// An open notebook: one SQLite connection, with what every connection of Jalon's has in common.
///
/// A connection belongs to one thread or one serial queue. Any number of connections, in any number
/// of processes, may be open at once.
///
/// Never open, hash or copy the notebook's file by other means while a connection is open: closing
/// any descriptor on it drops the locks of the whole process.
public final class Connection {
  /// What a connection is doing.
  enum Transaction {
    case none, reading, writing
    /// SQLite has rolled the transaction back by itself: nothing more may be written in it.
    case lost
  }

  let handle: OpaquePointer
  var transaction = Transaction.none
  /// Why nothing may be written any more.
  var poison: StoreError?
  /// Prepared statements at rest, by their SQL.
  var idleStatements: [String: OpaquePointer] = [:]
  /// Rows of the tables that only ever grow, as far as they have been asked for.
  var interned = Interned()

  /// How long a lock is waited for: longer than the minute that an operator's own `sqlite3` or a
  /// backup may hold one.
  public static let defaultPatience: Int32 = 90_000
  /// The page cache of a daemon that has to stay small, in kilobytes.
  public static let defaultCache = 2_048

  /// Opens a notebook, creates it where there is none, and brings it up to this program's schema.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - readOnly: neither create, nor write, nor migrate.
  ///   - cacheKilobytes: the most that pages may take in memory.
  ///   - patience: how long to wait for a lock, in milliseconds.
  /// - Throws: `newerSchema` where this program is too old for it, `corrupt` where it is not a
  ///   notebook, `readOnly` or `busy`.
  public convenience init(
    path: String, readOnly: Bool = false, cacheKilobytes: Int = defaultCache,
    patience: Int32 = defaultPatience
  ) throws(StoreError) {
    try self.init(
      path: path, readOnly: readOnly, cacheKilobytes: cacheKilobytes, patience: patience,
      migrations: Schema.migrations)
  }

  /// Opens a notebook as the program that knew these steps would have.
  init(
    path: String, readOnly: Bool = false, cacheKilobytes: Int = defaultCache,
    patience: Int32 = defaultPatience, migrations: [String]
  ) throws(StoreError) {
    let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened, code == SQLITE_OK else {
      // A handle that failed to open still has to be closed.
      sqlite3_close_v2(opened)
      let message = String(cString: sqlite3_errstr(code))
      throw StoreError(code: code, message: message, doing: "opening \(path)")
    }
    handle = opened
    sqlite3_busy_timeout(handle, patience)
    try prepareForUse(
      readOnly: readOnly, cacheKilobytes: cacheKilobytes, migrations: migrations)
  }

  deinit {
    for statement in idleStatements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  private func prepareForUse(
    readOnly: Bool, cacheKilobytes: Int, migrations: [String]
  ) throws(StoreError) {
    let doing = "opening the notebook"
    try execute(
      """
      PRAGMA cell_size_check = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA foreign_keys = ON;
      PRAGMA recursive_triggers = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA mmap_size = 0;
      PRAGMA synchronous = EXTRA;
      """, doing)
    try setCache(kilobytes: cacheKilobytes)
    try read { () throws(StoreError) in try Schema.checkOwner(self) }
    if !readOnly {
      var statement = try statement("PRAGMA journal_mode = DELETE", doing)
      let mode = try statement.first { $0.text(0) }
      guard mode == "delete" || mode == "memory" else {
        throw .other(
          code: SQLITE_ERROR, message: "journal mode \(mode ?? "unknown")", doing: doing)
      }
    }
    try Schema.bringUpToDate(self, readOnly: readOnly, migrations: migrations)
  }

  /// Whether the file can only be read, whatever was asked for: SQLite opens it all the same.
  public var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") != 0 }

  /// Sets the most that pages may take in memory: more for a batch, less for an idle daemon.
  public func setCache(kilobytes: Int) throws(StoreError) {
    try execute("PRAGMA cache_size = -\(max(64, kilobytes))", "sizing the cache")
  }

  /// Gives back memory that the next question would only fill again: for before a long wait.
  public func releaseMemory() {
    interned = Interned()
    for statement in idleStatements.values { sqlite3_finalize(statement) }
    idleStatements = [:]
    sqlite3_db_release_memory(handle)
  }
}

@available(*, unavailable)
extension Connection: Sendable {}
