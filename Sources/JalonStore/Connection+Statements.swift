internal import CSQLite

extension Connection {
  /// More than the distinct statements of any one command.
  private static let mostIdleStatements = 64

  /// A prepared statement, taken from the connection's own or prepared anew.
  ///
  /// One question always has the same SQL; `doing` is what it is asked for, as errors tell it.
  func statement(_ sql: String, _ doing: String) throws(StoreError) -> Statement {
    if let idle = idleStatements.removeValue(forKey: sql) {
      return Statement(handle: idle, sql: sql, doing: doing, connection: self)
    }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw failure(code, doing) }
    return Statement(handle: prepared, sql: sql, doing: doing, connection: self)
  }

  /// Takes a statement back once nobody uses it any more.
  func takeBack(_ statement: OpaquePointer, _ sql: String) {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
    guard idleStatements.count < Self.mostIdleStatements, idleStatements[sql] == nil else {
      sqlite3_finalize(statement)
      return
    }
    idleStatements[sql] = statement
  }

  /// Runs SQL without parameters or answers.
  func execute(_ sql: String, _ doing: String) throws(StoreError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code, doing) }
  }

  /// The notebook's file.
  var path: String { sqlite3_db_filename(handle, "main").map { String(cString: $0) } ?? "" }

  /// The error of a result code, and what follows from it for the connection.
  func failure(_ code: Int32, _ doing: String) -> StoreError {
    var error = StoreError(
      code: code, message: String(cString: sqlite3_errmsg(handle)), doing: doing)
    // Whoever has to restore it has to know which file.
    if case .corrupt(let message, let doing) = error {
      error = .corrupt(message: "\(path): \(message)", doing: doing)
    }
    if case .syncFailed = error { poison = error }
    if transaction == .writing, sqlite3_get_autocommit(handle) != 0 { transaction = .lost }
    return error
  }
}
