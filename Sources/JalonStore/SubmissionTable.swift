internal import JalonCore

/// Every file that was received: what it was, what became of it, and its receipt.
public struct SubmissionTable {
  /// A row says what happened: of it, only `pending` ever changes, from 1 to 0.
  ///
  /// Numbers and, within a project, instants of receipt only ever rise; the same bytes are accepted
  /// once a project.
  static let schema =
    """
    CREATE TABLE submission(
      number INTEGER PRIMARY KEY CHECK (number > 0),
      project INTEGER REFERENCES project,
      file TEXT NOT NULL,
      name BLOB NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      received_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('accepted', 'rejected', 'duplicate')),
      duplicate_of INTEGER REFERENCES submission
        CHECK ((status = 'duplicate') = (duplicate_of IS NOT NULL)),
      rows INTEGER NOT NULL CHECK (rows >= 0),
      door TEXT,
      device INTEGER,
      inode INTEGER,
      size INTEGER,
      modified INTEGER,
      pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
      receipt TEXT NOT NULL,
      CHECK (status <> 'accepted' OR project IS NOT NULL)
    ) STRICT;
    CREATE INDEX submission_by_project
      ON submission(project, received_at, number, status, bytes);
    CREATE UNIQUE INDEX submission_by_bytes
      ON submission(project, sha256) WHERE status = 'accepted';
    CREATE INDEX submission_by_name ON submission(door, name) WHERE door IS NOT NULL;
    CREATE INDEX submission_pending ON submission(number) WHERE pending = 1;
    CREATE TRIGGER submission_in_order BEFORE INSERT ON submission
    BEGIN
      SELECT RAISE(ABORT, 'a number used before')
      WHERE new.number <= (SELECT max(number) FROM submission);
      SELECT RAISE(ABORT, 'received before the one before it')
      WHERE new.received_at <
        (SELECT max(received_at) FROM submission WHERE project = new.project);
    END;
    CREATE TRIGGER submission_keeps_rows BEFORE DELETE ON submission
    BEGIN SELECT RAISE(ABORT, 'submission only grows'); END;
    CREATE TRIGGER submission_keeps_facts BEFORE UPDATE ON submission
    WHEN new.pending > old.pending OR
      (new.number, new.project, new.file, new.name, new.sha256, new.bytes, new.received_at,
        new.recorded_at, new.status, new.duplicate_of, new.rows, new.door, new.device, new.inode,
        new.size, new.modified, new.receipt) IS NOT
      (old.number, old.project, old.file, old.name, old.sha256, old.bytes, old.received_at,
        old.recorded_at, old.status, old.duplicate_of, old.rows, old.door, old.device, old.inode,
        old.size, old.modified, old.receipt)
    BEGIN SELECT RAISE(ABORT, 'a submission does not change'); END;
    """

  let connection: Connection

  /// The number of the next submission; inside `write`, where nobody else can take it.
  public func nextNumber() throws(StoreError) -> Int64 {
    connection.requireWriting()
    var statement = try connection.statement(
      "SELECT coalesce(max(number), 0) + 1 FROM submission", "numbering a submission")
    return try statement.first { $0.integer(0) } ?? 1
  }

  /// Records a received file, inside `write`.
  public func add(_ record: SubmissionRecord) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO submission(number, project, file, name, sha256, bytes, received_at, recorded_at,
        status, duplicate_of, rows, door, device, inode, size, modified, pending, receipt,
        archived)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, "recording a submission")
    statement.bind(record.number)
    statement.bind(record.project)
    statement.bind(record.file)
    statement.bind(record.name)
    statement.bind(record.sha256.bytes)
    statement.bind(record.bytes)
    statement.bind(record.receivedAt.microseconds)
    statement.bind(record.recordedAt.microseconds)
    statement.bind(record.status.rawValue)
    statement.bind(record.duplicateOf)
    statement.bind(record.rows)
    statement.bind(record.door)
    statement.bind(record.identity.map { Int64(bitPattern: $0.device) })
    statement.bind(record.identity.map { Int64(bitPattern: $0.inode) })
    statement.bind(record.identity?.size)
    statement.bind(record.identity?.modified)
    statement.bind(record.pending ? 1 : 0)
    statement.bind(record.receipt)
    statement.bind(record.isArchived ? 1 : 0)
    try statement.run()
  }

  /// Notes, inside `write`, that the receipts of these are on disk and their files have left.
  public func finish(_ numbers: some Sequence<Int64>) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      "UPDATE submission SET pending = 0 WHERE number = ? AND pending = 1",
      "finishing a submission")
    for number in numbers {
      statement.bind(number)
      try statement.run()
    }
  }
}

extension Connection {
  /// The received files.
  public var submissions: SubmissionTable { SubmissionTable(connection: self) }
}
