internal import CSQLite

extension Connection {
  /// Does all of it, durably, or nothing.
  ///
  /// The lock for writing is taken at the start (`BEGIN IMMEDIATE`): a transaction that turned into
  /// a write later would fail at once where another writes, whatever the waiting time. Write
  /// transactions do not nest. When this returns, what was written survives a power cut.
  public func write<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    precondition(transaction == .none, "a write inside a transaction")
    if let poison { throw poison }
    // Where the file cannot be written, BEGIN IMMEDIATE begins to read.
    guard !isReadOnly else { throw .readOnly(doing: "starting to write") }
    try execute("BEGIN IMMEDIATE", "starting to write")
    transaction = .writing
    do throws(StoreError) {
      let result = try body()
      try checkStanding("committing")
      try execute("COMMIT", "committing")
      transaction = .none
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Reads as of one moment; inside another transaction, as of that one's.
  ///
  /// As long as it lasts nobody can commit: keep it well under a second, and read what is large in
  /// several pieces.
  public func read<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    guard transaction == .none else { return try body() }
    try execute("BEGIN DEFERRED", "starting to read")
    transaction = .reading
    do throws(StoreError) {
      let result = try body()
      try execute("COMMIT", "reading")
      transaction = .none
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  /// Fails where SQLite has given up the transaction: what follows would be committed on its own.
  func checkStanding(_ doing: String) throws(StoreError) {
    guard transaction == .lost else { return }
    throw .other(
      code: SQLITE_ABORT, message: "the transaction was rolled back", doing: doing)
  }

  /// Writing belongs in a transaction, or half of it may stand.
  func requireWriting() {
    precondition(transaction == .writing || transaction == .lost, "a row outside of write { }")
  }

  private func rollBack() {
    // SQLite may have rolled back by itself; a rollback cannot otherwise fail for long: whatever is
    // left of the journal is played back by the next who opens the file.
    if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    if transaction != .reading { interned = Interned() }
    transaction = .none
  }
}
