internal import CSQLite

/// A prepared statement in use; it goes back to its connection when it is no longer used.
///
/// Parameters are bound in their order; ``reset()`` starts again at the first.
struct Statement: ~Copyable {
  let handle: OpaquePointer
  private let sql: String
  private let doing: String
  private let connection: Connection
  private var position: Int32 = 0
  /// The first binding that failed (too large, or no memory): told when the statement runs.
  private var bindFailure = SQLITE_OK

  init(handle: OpaquePointer, sql: String, doing: String, connection: Connection) {
    self.handle = handle
    self.sql = sql
    self.doing = doing
    self.connection = connection
  }

  deinit { connection.takeBack(handle, sql) }

  /// Moves to the next row; `false` after the last.
  mutating func step() throws(StoreError) -> Bool {
    guard bindFailure == SQLITE_OK else { throw connection.failure(bindFailure, doing) }
    if connection.transaction == .lost { try connection.checkStanding(doing) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw connection.failure(code, doing)
    }
  }

  /// Makes the statement ready for other parameters.
  mutating func reset() {
    sqlite3_reset(handle)
    position = 0
    bindFailure = SQLITE_OK
  }

  /// Runs a statement that answers nothing, and makes it ready for the next.
  mutating func run() throws(StoreError) {
    _ = try step()
    reset()
  }

  /// Runs a statement and reads its first row, if there is one.
  mutating func first<Value>(
    _ read: (borrowing Statement) throws(StoreError) -> Value
  ) throws(StoreError) -> Value? {
    guard try step() else {
      reset()
      return nil
    }
    let value = try read(self)
    reset()
    return value
  }

  /// Runs a statement and reads its rows: only where the statement itself bounds their number.
  mutating func all<Value>(
    _ read: (borrowing Statement) throws(StoreError) -> Value
  ) throws(StoreError) -> [Value] {
    var values: [Value] = []
    while try step() { values.append(try read(self)) }
    reset()
    return values
  }

  /// The error of a stored value that nothing can have written.
  func corrupt(_ message: String) -> StoreError { .corrupt(message: message, doing: doing) }
}

// MARK: Parameters

extension Statement {
  private mutating func bound(_ code: Int32) {
    if code != SQLITE_OK, bindFailure == SQLITE_OK { bindFailure = code }
  }

  /// Binds the next parameter to an integer.
  mutating func bind(_ value: Int64) {
    position &+= 1
    bound(sqlite3_bind_int64(handle, position, value))
  }

  /// Binds the next parameter to an integer, or to nothing.
  mutating func bind(_ value: Int64?) {
    guard let value else { return bindNull() }
    bind(value)
  }

  /// Binds the next parameter to nothing.
  mutating func bindNull() {
    position &+= 1
    bound(sqlite3_bind_null(handle, position))
  }

  /// Binds the next parameter to a text; SQLite keeps a copy.
  mutating func bind(_ value: String) {
    position &+= 1
    // A null pointer would bind NULL: no characters are a text too.
    guard !value.isEmpty else {
      return bound(sqlite3_bind_text(handle, position, "", 0, jalon_sqlite_transient()))
    }
    var value = value
    let code = value.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { bytes in
        sqlite3_bind_text64(
          handle, position, bytes.baseAddress, UInt64(bytes.count),
          jalon_sqlite_transient(), UInt8(SQLITE_UTF8))
      }
    }
    bound(code)
  }

  /// Binds the next parameter to a text, or to nothing.
  mutating func bind(_ value: String?) {
    guard let value else { return bindNull() }
    bind(value)
  }

  /// Binds the next parameter to bytes; SQLite keeps a copy.
  mutating func bind(_ value: [UInt8]) {
    position &+= 1
    bound(value.withUnsafeBytes { bind($0, at: position, jalon_sqlite_transient()) })
  }

  /// Binds the next parameter to bytes without a copy, and runs the statement.
  mutating func run(withLast value: [UInt8]) throws(StoreError) {
    position &+= 1
    // The closure gives a result: `withUnsafeBytes` would lose the error's type.
    let outcome = value.withUnsafeBytes { bytes -> Result<Void, StoreError> in
      bound(bind(bytes, at: position, jalon_sqlite_static()))
      defer {
        reset()
        sqlite3_clear_bindings(handle)
      }
      do throws(StoreError) {
        _ = try step()
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  private func bind(
    _ bytes: UnsafeRawBufferPointer, at position: Int32,
    _ keeping: sqlite3_destructor_type?
  ) -> Int32 {
    // A null pointer would bind NULL: no bytes are bytes too.
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return sqlite3_bind_zeroblob(handle, position, 0)
    }
    return sqlite3_bind_blob64(handle, position, start, UInt64(bytes.count), keeping)
  }
}
