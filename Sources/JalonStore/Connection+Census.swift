public import JalonCore

extension Connection {
  /// Projects that one transaction counts the files and gates of.
  private static let projectsAtOnce: Int64 = 2_000

  /// Counts what the notebook holds.
  ///
  /// In transactions of a few thousand projects each, over indexes that hold all that is asked for:
  /// whoever writes meanwhile hardly waits, and the counts are of slightly different moments.
  public func census() throws(StoreError) -> NotebookCensus {
    var census = try read { () throws(StoreError) in try countWhatIsQuick() }
    let last = try count("SELECT max(key) FROM project")
    try add("project IS NULL", &census)
    var first: Int64 = 1
    while first <= last {
      let range = "project BETWEEN \(first) AND \(first + Self.projectsAtOnce - 1)"
      try read { () throws(StoreError) in
        try add(range, &census)
        try addGates(range, &census)
      }
      first += Self.projectsAtOnce
    }
    return census
  }

  private func countWhatIsQuick() throws(StoreError) -> NotebookCensus {
    var census = NotebookCensus()
    census.unfinished = Int(try count("SELECT count(*) FROM submission WHERE pending = 1"))
    // Those whose id begins with a dot are officers' doors.
    census.projects = Int(try count("SELECT count(*) FROM project WHERE id NOT GLOB '.*'"))
    census.messages = try countMessages()
    // Rows are never removed, so that the last number is their count.
    census.evaluations = try count("SELECT max(key) FROM evaluation")
    census.lastEvaluation = try evaluations.latest()?.at
    census.alerts = try countAlerts()
    census.actsWaiting = Int(
      try count(
        """
        SELECT count(*) FROM act WHERE needs_second = 1
        AND NOT EXISTS (SELECT 1 FROM confirmation WHERE act = act.number)
        """))
    census.ledgerEntries = try ledger.head().sequence
    return census
  }

  private func countMessages() throws(StoreError) -> NotebookCensus.Messages {
    func number(of state: MessageState) throws(StoreError) -> Int {
      Int(try count("SELECT count(*) FROM message WHERE state = '\(state.rawValue)'"))
    }
    var messages = NotebookCensus.Messages()
    messages.waiting = try number(of: .waiting)
    messages.refused = try number(of: .refused)
    messages.expired = try number(of: .expired)
    // Those of years: what is left of all of them, which are numbered without a gap.
    messages.sent =
      Int(try count("SELECT max(number) FROM message"))
      - messages.waiting - messages.refused - messages.expired
    var oldest = try statement(
      """
      SELECT queued_at FROM message
      WHERE number = (SELECT min(number) FROM message WHERE state = 'waiting')
      """, "counting")
    messages.oldestWaiting = try oldest.first { $0.instant(0) }
    return messages
  }

  private func countAlerts() throws(StoreError) -> [AlertKind: Int] {
    var statement = try statement(
      """
      SELECT kind, count(*) FROM alert INDEXED BY alert_open_once
      WHERE closed_at IS NULL GROUP BY kind
      """, "counting")
    let counts = try statement.all { row throws(StoreError) in
      (try row.word(0, AlertKind.self), Int(row.integer(1)))
    }
    return Dictionary(counts) { first, _ in first }
  }

  private func add(_ projects: String, _ census: inout NotebookCensus) throws(StoreError) {
    // A filter for each: grouping by status, which sorts, takes twice the time.
    let sums = ReceiptStatus.allCases.map { status in
      let wanted = "FILTER (WHERE status = '\(status.rawValue)')"
      return "count(*) \(wanted), coalesce(sum(bytes) \(wanted), 0)"
    }
    var statement = try statement(
      """
      SELECT \(sums.joined(separator: ", ")) FROM submission INDEXED BY submission_by_project
      WHERE \(projects)
      """, "counting")
    while try statement.step() {
      for (index, status) in ReceiptStatus.allCases.enumerated() {
        let column = Int32(2 * index)
        census.received[status, default: .init()].files += Int(statement.integer(column))
        census.received[status, default: .init()].bytes += statement.integer(column + 1)
      }
    }
  }

  private func addGates(_ projects: String, _ census: inout NotebookCensus) throws(StoreError) {
    var statement = try statement(
      """
      SELECT count(*), coalesce(sum(funds / 1000000), 0) FROM recommendation
      WHERE flagged = 1 AND key IN (SELECT max(key) FROM recommendation WHERE \(projects)
        GROUP BY project, phase)
      """, "counting")
    while try statement.step() {
      census.gates.flagged += Int(statement.integer(0))
      census.gates.euros += statement.integer(1)
    }
  }

  private func count(_ question: String) throws(StoreError) -> Int64 {
    var statement = try statement(question, "counting")
    return try statement.first { $0.integer(0) } ?? 0
  }
}
