public import JalonCore

/// The alerts, from their start until nothing more is to be said of them, and after.
public struct AlertTable {
  /// Of two open alerts never the same one; what an alert is about does not change, and nothing of
  /// it once it is closed.
  static let schema =
    """
    CREATE TABLE alert(
      number INTEGER PRIMARY KEY CHECK (number > 0),
      kind TEXT NOT NULL CHECK (kind <> ''),
      project TEXT NOT NULL,
      programme TEXT NOT NULL,
      subject TEXT NOT NULL,
      audience TEXT NOT NULL CHECK (audience IN ('team', 'follow-up')),
      since INTEGER NOT NULL,
      began_at INTEGER NOT NULL,
      told_at INTEGER,
      told_on INTEGER CHECK ((told_at IS NULL) = (told_on IS NULL)),
      times_told INTEGER NOT NULL
        CHECK (times_told >= 0 AND (times_told = 0) = (told_at IS NULL)),
      hidden_by INTEGER REFERENCES silence,
      ended_on INTEGER,
      closed_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX alert_open_once
      ON alert(kind, project, subject, audience) WHERE closed_at IS NULL;
    CREATE INDEX alert_open_by_project ON alert(project) WHERE closed_at IS NULL;
    CREATE INDEX alert_waiting ON alert(project)
      WHERE closed_at IS NULL AND hidden_by IS NULL AND (times_told = 0 OR ended_on IS NOT NULL);
    CREATE INDEX alert_told ON alert(project, audience, told_at) WHERE told_at IS NOT NULL;
    CREATE TRIGGER alert_keeps_rows BEFORE DELETE ON alert
    BEGIN SELECT RAISE(ABORT, 'alert only grows'); END;
    CREATE TRIGGER alert_keeps_facts BEFORE UPDATE ON alert
    WHEN old.closed_at IS NOT NULL OR new.times_told < old.times_told OR
      (new.number, new.kind, new.project, new.subject, new.audience, new.began_at) IS NOT
      (old.number, old.kind, old.project, old.subject, old.audience, old.began_at)
    BEGIN SELECT RAISE(ABORT, 'an alert keeps what it is about, and does not reopen'); END;
    """

  let connection: Connection

  /// Keeps an alert as it stands now, inside `write`, and gives its number.
  ///
  /// An alert with number 0 is a new one. Once it is closed, at that instant, it stays as it is.
  @discardableResult
  public func put(_ alert: OpenAlert, at instant: Instant) throws(StoreError) -> Int64 {
    connection.requireWriting()
    let closedAt = alert.isClosed ? instant.microseconds : nil
    guard alert.number == 0 else {
      try update(alert, closedAt: closedAt)
      return alert.number
    }
    try insert(alert, closedAt: closedAt)
    return connection.lastInsertedKey
  }

  private func insert(_ alert: OpenAlert, closedAt: Int64?) throws(StoreError) {
    var statement = try connection.statement(
      """
      INSERT INTO alert(programme, since, told_at, told_on, times_told, hidden_by, ended_on,
        closed_at, kind, project, subject, audience, began_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, "recording an alert")
    Self.bindState(of: alert, closedAt: closedAt, to: &statement)
    statement.bind(alert.alert.key.kind.rawValue)
    statement.bind(alert.alert.key.project)
    statement.bind(alert.alert.key.subject)
    statement.bind(alert.alert.key.audience.rawValue)
    statement.bind(alert.beganAt.microseconds)
    try statement.run()
  }

  private func update(_ alert: OpenAlert, closedAt: Int64?) throws(StoreError) {
    let doing = "keeping an alert"
    var statement = try connection.statement(
      """
      UPDATE alert SET programme = ?, since = ?, told_at = ?, told_on = ?, times_told = ?,
        hidden_by = ?, ended_on = ?, closed_at = ?
      WHERE number = ?
      """, doing)
    Self.bindState(of: alert, closedAt: closedAt, to: &statement)
    statement.bind(alert.number)
    try statement.run()
    guard connection.changedRows == 1 else {
      throw .refused(message: "no alert \(alert.number)", doing: doing)
    }
  }

  private static func bindState(
    of alert: OpenAlert, closedAt: Int64?, to statement: inout Statement
  ) {
    statement.bind(alert.alert.programme)
    statement.bind(Int64(alert.alert.since.number))
    statement.bind(alert.toldAt?.microseconds)
    statement.bind(alert.toldOn.map { Int64($0.number) })
    statement.bind(Int64(alert.timesTold))
    statement.bind(alert.hiddenBy)
    statement.bind(alert.endedOn.map { Int64($0.number) })
    statement.bind(closedAt)
  }
}

extension Connection {
  /// The alerts.
  public var alerts: AlertTable { AlertTable(connection: self) }
}
