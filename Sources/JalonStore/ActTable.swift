public import JalonCore

/// What officers did about projects, and the second persons' words.
public struct ActTable {
  static let schema =
    """
    CREATE TABLE act(
      number INTEGER PRIMARY KEY CHECK (number > 0),
      project TEXT NOT NULL,
      deed TEXT NOT NULL CHECK (deed IN ('decide', 'waive', 'contest', 'expunge')),
      phase TEXT,
      criterion TEXT,
      indicator TEXT,
      period INTEGER,
      verdict TEXT,
      digest BLOB CHECK (length(digest) = 32),
      takes_back INTEGER NOT NULL CHECK (takes_back IN (0, 1)),
      stood TEXT,
      version BLOB NOT NULL CHECK (length(version) = 32),
      rules INTEGER NOT NULL,
      needs_second INTEGER NOT NULL CHECK (needs_second IN (0, 1)),
      asked_by TEXT NOT NULL,
      user TEXT NOT NULL,
      way TEXT NOT NULL,
      reason TEXT NOT NULL,
      at INTEGER NOT NULL,
      day INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX act_by_project ON act(project);
    """ + Schema.appendOnly("act")
      + """
      CREATE TABLE confirmation(
        act INTEGER PRIMARY KEY REFERENCES act,
        asked_by TEXT NOT NULL,
        user TEXT NOT NULL,
        way TEXT NOT NULL,
        reason TEXT NOT NULL,
        at INTEGER NOT NULL,
        day INTEGER NOT NULL
      ) STRICT;
      """ + Schema.appendOnly("confirmation")

  private static let columns =
    """
    a.number, a.project, a.deed, a.phase, a.criterion, a.indicator, a.period, a.verdict, \
    a.digest, a.takes_back, a.stood, a.version, a.rules, a.needs_second, \
    a.asked_by, a.user, a.way, a.reason, a.at, a.day, \
    c.asked_by, c.user, c.way, c.reason, c.at, c.day
    """

  let connection: Connection

  /// Records an act, inside `write`, and gives its number; what it brings of a confirmation is left
  /// to ``confirm(_:_:)``.
  @discardableResult
  public func add(_ act: OfficerAct) throws(StoreError) -> Int64 {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO act(project, deed, phase, criterion, indicator, period, verdict, digest,
        takes_back, stood, version, rules, needs_second, asked_by, user, way, reason, at, day)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, "recording an act")
    let columns = DeedColumns(act.deed)
    statement.bind(act.project)
    statement.bind(columns.deed.rawValue)
    statement.bind(columns.phase)
    statement.bind(columns.criterion)
    statement.bind(columns.indicator)
    statement.bind(columns.period?.stored)
    statement.bind(columns.verdict?.rawValue)
    if let digest = columns.digest { statement.bind(digest.bytes) } else { statement.bindNull() }
    statement.bind(columns.takesBack ? 1 : 0)
    statement.bind(act.stood?.rawValue)
    statement.bind(act.version.bytes)
    statement.bind(Int64(act.rules))
    statement.bind(act.needsSecond ? 1 : 0)
    Self.bind(act.signature, to: &statement)
    try statement.run()
    return connection.lastInsertedKey
  }

  /// Records a second person's word, inside `write`.
  ///
  /// - Throws: `refused` where there is one already.
  public func confirm(_ act: Int64, _ signature: Signature) throws(StoreError) {
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO confirmation(act, asked_by, user, way, reason, at, day)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, "confirming an act")
    statement.bind(act)
    Self.bind(signature, to: &statement)
    try statement.run()
  }

  private static func bind(_ signature: Signature, to statement: inout Statement) {
    statement.bind(signature.name)
    statement.bind(signature.user)
    statement.bind(signature.way.rawValue)
    statement.bind(signature.reason)
    statement.bind(signature.at.microseconds)
    statement.bind(Int64(signature.on.number))
  }
}

extension ActTable {
  /// One act.
  public func act(_ number: Int64) throws(StoreError) -> OfficerAct? {
    var statement = try select("a.number = ?")
    statement.bind(number)
    return try statement.first(Self.record)
  }

  /// The acts about a project, oldest first.
  public func acts(of project: String) throws(StoreError) -> [OfficerAct] {
    var statement = try select("a.project = ? ORDER BY a.number")
    statement.bind(project)
    return try statement.all(Self.record)
  }

  /// Whether there is any act at all: mostly there are few, and none is looked for.
  func isEmpty() throws(StoreError) -> Bool {
    var statement = try connection.statement("SELECT 1 FROM act LIMIT 1", "reading acts")
    return try statement.first { _ in true } == nil
  }

  /// Whether bytes are to be gone: an act says so, and has its second person where it needs one.
  public func isExpunged(_ digest: Digest) throws(StoreError) -> Bool {
    if try isEmpty() { return false }
    var statement = try select("a.deed = 'expunge' AND a.digest = ?")
    statement.bind(digest.bytes)
    return try statement.all(Self.record).contains { $0.effective != nil }
  }

  /// Every digest of which ``isExpunged(_:)`` is true.
  public func expunged() throws(StoreError) -> [Digest] {
    if try isEmpty() { return [] }
    var statement = try select("a.deed = 'expunge'")
    let acts = try statement.all(Self.record)
    return acts.compactMap { act in
      guard case .expunge(let digest) = act.deed, act.effective != nil else { return nil }
      return digest
    }
  }

  /// Every act from a number on, oldest first, at most so many.
  public func all(from number: Int64 = 1, limit: Int) throws(StoreError) -> [OfficerAct] {
    var statement = try select("a.number >= ? ORDER BY a.number LIMIT ?")
    statement.bind(number)
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  /// The acts that wait for a second person, oldest first, at most so many.
  public func waiting(limit: Int) throws(StoreError) -> [OfficerAct] {
    var statement = try select(
      "a.needs_second = 1 AND c.act IS NULL ORDER BY a.number LIMIT ?")
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  private func select(_ condition: String) throws(StoreError) -> Statement {
    try connection.statement(
      """
      SELECT \(Self.columns) FROM act AS a LEFT JOIN confirmation AS c ON c.act = a.number
      WHERE \(condition)
      """, "reading acts")
  }

  private static func record(_ row: borrowing Statement) throws(StoreError) -> OfficerAct {
    guard let deed = try DeedColumns(row).value else {
      throw .corrupt(message: "act \(row.integer(0)) lacks what it is about", doing: "reading acts")
    }
    var act = OfficerAct(
      project: row.text(1), deed: deed, signature: try signature(row, from: 14),
      stood: row.isNull(10) ? nil : try row.word(10), version: try row.digest(11),
      rules: Int(row.integer(12)), needsSecond: row.integer(13) != 0)
    act.number = row.integer(0)
    act.confirmation = row.isNull(20) ? nil : try signature(row, from: 20)
    return act
  }

  private static func signature(
    _ row: borrowing Statement, from column: Int32
  ) throws(StoreError) -> Signature {
    Signature(
      name: row.text(column), user: row.text(column + 1), way: try row.word(column + 2),
      reason: row.text(column + 3), at: row.instant(column + 4), on: row.day(column + 5))
  }
}

extension Connection {
  /// What officers did.
  public var acts: ActTable { ActTable(connection: self) }
}
