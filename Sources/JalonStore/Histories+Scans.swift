internal import JalonCore

extension Histories {
  /// The accepted submissions, without their rows.
  ///
  /// Within a project the order of receipt is the order of the numbers: the table refuses anything
  /// else.
  func arrivals(
    of projects: ClosedRange<Int64>, _ knownAt: Instant?
  ) throws(StoreError) -> [Arrival] {
    var statement = try connection.statement(
      """
      SELECT project, number, received_at FROM submission
      WHERE project BETWEEN ? AND ? AND status = 'accepted' AND received_at <= ?
      ORDER BY project, received_at, number
      """, "reading histories")
    statement.bind(projects.lowerBound)
    statement.bind(projects.upperBound)
    statement.bind(knownAt?.microseconds ?? .max)
    return try statement.all { row in
      Arrival(
        project: row.integer(0),
        submission: Submission(number: row.integer(1), receivedAt: row.instant(2)))
    }
  }

  /// One scan over the rows about indicators, which stand unit by unit.
  func addUnits(
    to arrivals: inout [Arrival], of projects: ClosedRange<Int64>
  ) throws(StoreError) {
    var statement = try connection.statement(
      """
      SELECT project, submission, indicator, period, profile, value, weight, evidence, line
      FROM observation WHERE project BETWEEN ? AND ? ORDER BY project, submission, row
      """, "reading histories")
    statement.bind(projects.lowerBound)
    statement.bind(projects.upperBound)
    var cursor = ArrivalCursor()
    var open = OpenUnit()
    while try statement.step() {
      let number = statement.integer(1)
      let indicator = statement.integer(2)
      let period = statement.integer(3)
      if !open.is(number, indicator, period) {
        open.close(into: &arrivals)
        let arrival = cursor.find(statement.integer(0), number, in: arrivals)
        let name = arrival == nil ? "" : try connection.names.text(of: indicator)
        open.start(number, indicator, period, name, in: arrival)
      }
      guard open.arrival != nil else { continue }
      let profile = statement.integer(4)
      open.observations.append(
        Observation(
          profile: profile == 0 ? nil : try connection.names.text(of: profile),
          value: statement.optionalInteger(5).map(Quantity.init(micros:)),
          weight: statement.optionalInteger(6).map(Quantity.init(micros:)),
          evidence: Evidence(rawValue: Int8(truncatingIfNeeded: statement.integer(7)))
            ?? .estimated,
          line: Int32(truncatingIfNeeded: statement.integer(8))))
    }
    open.close(into: &arrivals)
  }

  /// One scan over the rows about milestones.
  func addMilestones(
    to arrivals: inout [Arrival], of projects: ClosedRange<Int64>
  ) throws(StoreError) {
    var statement = try connection.statement(
      """
      SELECT project, submission, milestone, reached, line
      FROM milestone WHERE project BETWEEN ? AND ? ORDER BY project, submission, row
      """, "reading histories")
    statement.bind(projects.lowerBound)
    statement.bind(projects.upperBound)
    var cursor = ArrivalCursor()
    while try statement.step() {
      let number = statement.integer(1)
      guard let index = cursor.find(statement.integer(0), number, in: arrivals) else { continue }
      let line = Int32(truncatingIfNeeded: statement.integer(4))
      arrivals[index].submission.milestones.append(
        MilestoneReach(
          milestone: try connection.names.text(of: statement.integer(2)),
          reached: statement.isNull(3) ? nil : statement.day(3),
          source: Source(submission: number, line: line)))
    }
  }
}
