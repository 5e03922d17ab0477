public import JalonCore

extension AlertTable {
  private static let columns =
    """
    number, kind, project, programme, subject, audience, since, began_at, told_at, told_on, \
    times_told, hidden_by, ended_on, closed_at
    """

  /// The alerts that are not closed, oldest first: of some projects, or of all where they are `nil`.
  ///
  /// An empty id stands for what concerns Jalon itself.
  public func open(of projects: [String]? = nil) throws(StoreError) -> [OpenAlert] {
    guard let projects else {
      // The plus keeps SQLite from walking all that was ever closed for the sake of the order.
      var statement = try select("closed_at IS NULL ORDER BY +number")
      return try statement.all(Self.record)
    }
    let alerts = try connection.read { () throws(StoreError) in
      var alerts: [OpenAlert] = []
      var statement = try select("closed_at IS NULL AND project = ?")
      for project in Set(projects) {
        statement.bind(project)
        alerts += try statement.all(Self.record)
      }
      return alerts
    }
    return alerts.sorted { $0.number < $1.number }
  }

  /// When something was last told on each line of some projects, or of all where they are `nil`.
  ///
  /// Closed alerts count as well; an empty id stands for what concerns Jalon itself.
  public func lastTold(
    of projects: [String]? = nil
  ) throws(StoreError) -> [AlertRules.Line: Instant] {
    let question =
      "SELECT project, audience, max(told_at), kind FROM alert WHERE told_at IS NOT NULL"
    let line = "audience, kind = '\(AlertKind.fileRejected.rawValue)'"
    let doing = "reading when alerts were told"
    let told = try connection.read { () throws(StoreError) in
      guard let projects else {
        var statement = try connection.statement(question + " GROUP BY project, \(line)", doing)
        return try statement.all(Self.lastTold)
      }
      var told: [(AlertRules.Line, Instant)] = []
      var statement = try connection.statement(
        question + " AND project = ? GROUP BY \(line)", doing)
      for project in Set(projects) {
        statement.bind(project)
        told += try statement.all(Self.lastTold)
      }
      return told
    }
    return Dictionary(told, uniquingKeysWith: max)
  }

  /// The projects, and an empty id for Jalon itself, of which something is still to be told.
  ///
  /// That is an alert that never was, or the end of one. What a silence hides does not count.
  public func waiting() throws(StoreError) -> [String] {
    var statement = try connection.statement(
      """
      SELECT DISTINCT project FROM alert
      WHERE closed_at IS NULL AND hidden_by IS NULL AND (times_told = 0 OR ended_on IS NOT NULL)
      ORDER BY project
      """, "reading what is still to be told")
    return try statement.all { $0.text(0) }
  }

  /// Alerts, open or closed, latest first, at most so many.
  public func list(limit: Int) throws(StoreError) -> [OpenAlert] {
    var statement = try select("true ORDER BY number DESC LIMIT ?")
    statement.bind(Int64(max(0, limit)))
    return try statement.all(Self.record)
  }

  private func select(_ condition: String) throws(StoreError) -> Statement {
    try connection.statement(
      "SELECT \(Self.columns) FROM alert WHERE \(condition)", "reading alerts")
  }

  private static func lastTold(
    _ row: borrowing Statement
  ) throws(StoreError) -> (AlertRules.Line, Instant) {
    // A line is that of any alert on it.
    let key = AlertKey(
      try row.word(3), project: row.text(0), subject: "", audience: try row.word(1))
    return (AlertRules.Line(key), row.instant(2))
  }

  private static func record(_ row: borrowing Statement) throws(StoreError) -> OpenAlert {
    let key = AlertKey(
      try row.word(1), project: row.text(2), subject: row.text(4), audience: try row.word(5))
    var alert = OpenAlert(
      Alert(key, programme: row.text(3), since: row.day(6)), beganAt: row.instant(7))
    alert.number = row.integer(0)
    alert.toldAt = row.optionalInstant(8)
    alert.toldOn = row.optionalDay(9)
    alert.timesTold = Int(row.integer(10))
    alert.hiddenBy = row.optionalInteger(11)
    alert.endedOn = row.optionalDay(12)
    alert.isClosed = !row.isNull(13)
    return alert
  }
}
