internal import CSQLite
internal import Glibc

extension Connection {
  /// The number of the row that was inserted last.
  var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

  /// How many rows the statement that ran last has changed, those of its triggers left out.
  var changedRows: Int { Int(sqlite3_changes64(handle)) }

  /// Writes a consistent copy of the notebook, as of now, to a file that does not exist yet.
  ///
  /// Others may go on reading; whoever writes waits until the copy is done. The copy is not synced:
  /// that, and syncing its folder, is the caller's job before it counts as a backup. Where it fails,
  /// no file is left.
  public func backup(to path: String) throws(StoreError) {
    precondition(transaction == .none, "a backup inside a transaction")
    let doing = "backing up to \(path)"
    // VACUUM INTO refuses a file with something in it, but fills an empty one. So it gets an empty
    // one that this call, and nobody else, has just made, for the owner's eyes only.
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? .refused(message: "the file exists", doing: doing)
        : .cannotOpen(message: String(cString: strerror(errno)), doing: doing)
    }
    close(descriptor)
    do throws(StoreError) {
      var copy = try statement("VACUUM INTO ?", doing)
      copy.bind(path)
      try copy.run()
    } catch {
      unlink(path)
      throw error
    }
  }

  /// What SQLite finds wrong with the file, at most so many findings; reads all of it.
  ///
  /// A sound file says nothing about what is missing from it: the ledger does.
  public func damages(limit: Int = 100) throws(StoreError) -> [String] {
    var statement = try statement("PRAGMA quick_check(\(max(1, limit)))", "checking the notebook")
    var findings: [String] = []
    do throws(StoreError) {
      while try statement.step() { findings.append(statement.text(0)) }
    } catch .corrupt(let message, _) {
      // Some damage keeps the check itself from going on.
      findings.append(message)
    }
    return findings == ["ok"] ? [] : findings
  }
}
