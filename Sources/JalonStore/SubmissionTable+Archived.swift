public import JalonCore

extension SubmissionTable {
  /// Whose files they are, for what the archive holds of them: the project, or the door of a project
  /// that nobody adopted.
  public enum Owner: Hashable, Sendable {
    case project(Int64)
    case door(String)
  }

  /// Whether the archive was given the bytes of each file, and what it holds for whom.
  ///
  /// Rows from before are marked as their ledger entries say, or else as their receipts do. An index
  /// has to hold every column that is asked for, its own condition's included, to be all that is read.
  static let schemaOfArchived =
    """
    DROP TRIGGER submission_keeps_facts;
    ALTER TABLE submission ADD COLUMN archived INTEGER NOT NULL DEFAULT 1
      CHECK (archived IN (0, 1));
    UPDATE submission SET archived = 0 WHERE status = 'rejected'
      AND (instr(receipt, '"too-large"') > 0
        OR number IN (SELECT CAST(substr(body, instr(body, '"receipt":"J') + 12) AS INTEGER)
          FROM ledger WHERE kind = 'submission' AND instr(body, '"archived":false') > 0));
    CREATE INDEX submission_archived ON submission(project, sha256, bytes, rows, archived)
      WHERE archived = 1;
    CREATE INDEX submission_archived_without_project
      ON submission(door, sha256, bytes, rows, archived, project)
      WHERE archived = 1 AND project IS NULL AND door IS NOT NULL;
    CREATE TRIGGER submission_keeps_facts BEFORE UPDATE ON submission
    WHEN new.pending > old.pending OR
      (new.number, new.project, new.file, new.name, new.sha256, new.bytes, new.received_at,
        new.recorded_at, new.status, new.duplicate_of, new.rows, new.door, new.device, new.inode,
        new.size, new.modified, new.receipt, new.archived) IS NOT
      (old.number, old.project, old.file, old.name, old.sha256, old.bytes, old.received_at,
        old.recorded_at, old.status, old.duplicate_of, old.rows, old.door, old.device, old.inode,
        old.size, old.modified, old.receipt, old.archived)
    BEGIN SELECT RAISE(ABORT, 'a submission does not change'); END;
    """

  /// How many bytes the archive holds of an owner's files, and how many of their rows counted: each
  /// content once, and what officers had removed not at all.
  public func archived(of owner: Owner) throws(StoreError) -> (bytes: Int64, rows: Int64) {
    var statement = try connection.statement(
      """
      SELECT coalesce(sum(bytes), 0), coalesce(sum(rows), 0) FROM (
        SELECT max(bytes) AS bytes, max(rows) AS rows FROM submission WHERE \(owner.condition)
          AND sha256 NOT IN (
          SELECT digest FROM act LEFT JOIN confirmation ON confirmation.act = act.number
          WHERE deed = 'expunge' AND digest IS NOT NULL
            AND (needs_second = 0 OR confirmation.act IS NOT NULL))
        GROUP BY sha256)
      """, "adding up what the archive holds")
    owner.bind(to: &statement)
    return try statement.first { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
  }

  /// Whether an owner's file with these bytes was archived before.
  public func isArchived(_ sha256: Digest, of owner: Owner) throws(StoreError) -> Bool {
    var statement = try connection.statement(
      "SELECT 1 FROM submission WHERE \(owner.condition) AND sha256 = ? LIMIT 1",
      "looking for a file")
    owner.bind(to: &statement)
    statement.bind(sha256.bytes)
    return try statement.first { _ in true } ?? false
  }
}

extension SubmissionTable.Owner {
  /// What names their archived files, with one value to bind.
  var condition: String {
    switch self {
    case .project: "archived = 1 AND project = ?"
    case .door: "archived = 1 AND project IS NULL AND door IS NOT NULL AND door = ?"
    }
  }

  fileprivate func bind(to statement: inout Statement) {
    switch self {
    case .project(let key): statement.bind(key)
    case .door(let door): statement.bind(door)
    }
  }
}
