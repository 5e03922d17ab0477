public import JalonCore

/// The tables that the ledger answers for, read as they stand: for whoever holds them against it.
///
/// Words, days and references are not interpreted, so that a row that nothing of Jalon's can have
/// written is read like any other. What is read here is read in transactions of a few thousand rows.
public struct KeptTables {
  /// How many rows about indicators one transaction passes over, but for the last file of it.
  private static let rowsAtOnce = 20_000
  /// How many files one transaction looks at.
  private static let filesAtOnce = 1_000

  let connection: Connection

  /// How far the notebook reaches now.
  public func extent() throws(StoreError) -> KeptExtent {
    try connection.read { () throws(StoreError) in
      KeptExtent(
        head: try connection.ledger.head(), submission: try last("number", of: "submission"),
        version: try last("key", of: "version"),
        recommendation: try last("key", of: "recommendation"))
    }
  }

  private func last(_ column: String, of table: String) throws(StoreError) -> Int64 {
    var statement = try connection.statement(
      "SELECT coalesce(max(\(column)), 0) FROM \(table)", "reading how far the notebook reaches")
    return try statement.first { $0.integer(0) } ?? 0
  }

  // MARK: Submissions

  /// Submissions by their numbers, those that are there.
  public func submissions(_ numbers: [Int64]) throws(StoreError) -> [Int64: KeptSubmission] {
    var found: [Int64: KeptSubmission] = [:]
    try inPieces(numbers, of: Self.filesAtOnce) { number throws(StoreError) in
      found[number] = try submission(number)
      return 1
    }
    return found
  }

  /// The digests of the rows kept of submissions (``FactsDigest``); none where a row cannot be one
  /// of Jalon's.
  public func facts(of numbers: [Int64]) throws(StoreError) -> [Int64: Digest] {
    var found: [Int64: Digest] = [:]
    try inPieces(numbers, of: Self.rowsAtOnce) { number throws(StoreError) in
      var facts = FactsDigest()
      var isSound = true
      let observations = try addObservations(of: number, to: &facts, &isSound)
      let milestones = try addMilestones(of: number, to: &facts, &isSound)
      if isSound { found[number] = facts.digest }
      return 1 + observations + milestones
    }
    return found
  }

  /// The numbers of submissions after one, in order, at most so many.
  public func submissionNumbers(after number: Int64, limit: Int) throws(StoreError) -> [Int64] {
    var statement = try connection.statement(
      "SELECT number FROM submission WHERE number > ? ORDER BY number LIMIT ?",
      "listing submissions")
    statement.bind(number)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { $0.integer(0) }
  }

  /// Goes through numbers in transactions that each weigh no more than a limit and one number.
  private func inPieces(
    _ numbers: [Int64], of limit: Int, _ body: (Int64) throws(StoreError) -> Int
  ) throws(StoreError) {
    var rest = numbers[...]
    while !rest.isEmpty {
      try connection.read { () throws(StoreError) in
        var weight = 0
        while weight < limit, let number = rest.popFirst() { weight += try body(number) }
      }
    }
  }

  private func submission(_ number: Int64) throws(StoreError) -> KeptSubmission? {
    var statement = try connection.statement(
      """
      SELECT s.number, s.project, p.id, s.file, s.sha256, s.bytes, s.received_at, s.recorded_at,
        s.status, s.duplicate_of, s.rows, s.name, s.door, s.device, s.inode, s.size, s.modified,
        s.receipt, s.archived
      FROM submission AS s LEFT JOIN project AS p ON p.key = s.project WHERE s.number = ?
      """, "reading a submission")
    statement.bind(number)
    return try statement.first { row in
      // A number that stands for no project is not the same as no project.
      let project = row.isNull(1) ? nil : row.optionalText(2) ?? ""
      let (status, receipt) = (row.text(8), row.text(17))
      return KeptSubmission(
        number: row.integer(0), project: project, file: row.text(3), sha256: row.hexadecimal(4),
        bytes: row.integer(5), receivedAt: row.integer(6), recordedAt: row.integer(7),
        status: status, duplicateOf: row.optionalInteger(9), rows: row.integer(10),
        record: RecordDigest.of(
          project: project, name: row.blob(11), door: row.optionalText(12),
          identity: (13...16).map { row.optionalInteger($0) }, receipt: receipt),
        wasTooLarge: status == ReceiptStatus.rejected.rawValue
          && receipt.contains("\"\(ProblemCode.tooLarge.rawValue)\""),
        archived: row.integer(18))
    }
  }

  /// Adds the rows about indicators; they are sound where they are numbered from 1 and nothing in
  /// them is out of its type's bounds.
  private func addObservations(
    of number: Int64, to facts: inout FactsDigest, _ isSound: inout Bool
  ) throws(StoreError) -> Int {
    var statement = try connection.statement(
      """
      SELECT row, indicator, period, profile, value, weight, evidence, line FROM observation
      WHERE project = (SELECT project FROM submission WHERE number = ?1) AND submission = ?1
      ORDER BY row
      """, "reading a submission's rows")
    statement.bind(number)
    var count = 0
    while try statement.step() {
      count += 1
      let stored = statement.integer(2)
      let period = Period(stored: stored)
      let profile = statement.integer(3)
      guard statement.integer(0) == Int64(count), period.stored == stored,
        let indicator = try name(statement.integer(1)),
        let profileName = profile == 0 ? "" : try name(profile),
        let level = Int8(exactly: statement.integer(6)), let evidence = Evidence(rawValue: level),
        let line = Int32(exactly: statement.integer(7))
      else {
        isSound = false
        continue
      }
      facts.add(
        indicator: indicator, period,
        Observation(
          profile: profile == 0 ? nil : profileName,
          value: statement.optionalInteger(4).map(Quantity.init(micros:)),
          weight: statement.optionalInteger(5).map(Quantity.init(micros:)), evidence: evidence,
          line: line))
    }
    return count
  }

  private func addMilestones(
    of number: Int64, to facts: inout FactsDigest, _ isSound: inout Bool
  ) throws(StoreError) -> Int {
    var statement = try connection.statement(
      """
      SELECT row, milestone, reached, line FROM milestone
      WHERE project = (SELECT project FROM submission WHERE number = ?1) AND submission = ?1
      ORDER BY row
      """, "reading a submission's rows")
    statement.bind(number)
    var count = 0
    while try statement.step() {
      count += 1
      let reached = statement.optionalInteger(2)
      let day = reached.flatMap(Int32.init(exactly:)).map(Day.init(number:))
      guard statement.integer(0) == Int64(count), (reached == nil) == (day == nil),
        let milestone = try name(statement.integer(1)),
        let line = Int32(exactly: statement.integer(3))
      else {
        isSound = false
        continue
      }
      facts.add(milestone: milestone, reached: day, line: line)
    }
    return count
  }

  /// A name by its number; none where there is no such name.
  private func name(_ key: Int64) throws(StoreError) -> String? {
    do throws(StoreError) {
      return try connection.names.text(of: key)
    } catch {
      guard case .corrupt = error else { throw error }
      return nil
    }
  }
}

extension Connection {
  /// The tables that the ledger answers for, as they stand.
  public var kept: KeptTables { KeptTables(connection: self) }
}
