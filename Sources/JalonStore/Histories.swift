public import JalonCore

/// One project's history, with the number and id the project goes by.
public struct ProjectHistory: Sendable {
  /// The project's number.
  public let project: Int64
  /// Its id.
  public let id: String
  /// What was received about it.
  public let history: History
}

/// What was received about projects, as the core judges it.
public struct Histories {
  let connection: Connection

  /// Stores the facts of an accepted submission, inside `write` and after its record.
  ///
  /// A file has one unit for each indicator and period: they come back as they were given, in the
  /// same order. Refused where no submission of that number was accepted for the project: said here
  /// once a file, since a foreign key to the project costs each row half a microsecond.
  public func add(_ submission: Submission, to project: Int64) throws(StoreError) {
    let doing = "recording the facts of submission \(submission.number)"
    var statement = try connection.statement(
      "SELECT 1 FROM submission WHERE number = ? AND project = ? AND status = 'accepted'", doing)
    statement.bind(submission.number)
    statement.bind(project)
    guard try statement.first({ _ in true }) != nil else {
      throw .refused(message: "not accepted for project \(project)", doing: doing)
    }
    try ObservationTable(connection: connection)
      .add(submission.units, project, submission.number)
    try MilestoneTable(connection: connection)
      .add(submission.milestones, project, submission.number)
  }

  /// One project's history, as far as it was received at or before an instant.
  public func history(
    of project: Int64, knownAt: Instant? = nil
  ) throws(StoreError) -> History {
    try connection.read { () throws(StoreError) in
      var history = History()
      history.submissions = try submissions(of: project...project, knownAt).map(\.submission)
      return history
    }
  }

  /// The histories of many projects, in order of the projects' numbers, as far as they were received
  /// at or before an instant.
  ///
  /// A portfolio is read in pieces, so that it neither stands in memory whole nor keeps others from
  /// writing: ask from 0, then from the last number given plus 1, until nothing is given. A project
  /// without submissions is given too. One million rows of 10,000 projects took 0.4 to 0.7 s in
  /// pieces of 500, none of them over 0.04 s (release build, two cores, file in the page cache).
  public func histories(
    from project: Int64 = 0, limit: Int, knownAt: Instant? = nil
  ) throws(StoreError) -> [ProjectHistory] {
    try connection.read { () throws(StoreError) in
      let projects = try connection.projects.list(from: project, limit: limit)
      guard let first = projects.first, let last = projects.last else { return [] }
      var arrived = try submissions(of: first.key...last.key, knownAt)[...]
      return projects.map { project in
        let own = arrived.prefix { $0.project == project.key }
        arrived.removeFirst(own.count)
        var history = History()
        history.submissions = own.map(\.submission)
        return ProjectHistory(project: project.key, id: project.id, history: history)
      }
    }
  }

  private func submissions(
    of projects: ClosedRange<Int64>, _ knownAt: Instant?
  ) throws(StoreError) -> [Arrival] {
    var arrivals = try self.arrivals(of: projects, knownAt)
    try addUnits(to: &arrivals, of: projects)
    try addMilestones(to: &arrivals, of: projects)
    return arrivals
  }
}

/// An accepted submission, and whose it is.
private struct Arrival {
  let project: Int64
  var submission: Submission
}

/// Where a scan in order of project and submission stands among arrivals in the same order.
private struct ArrivalCursor {
  private(set) var index = 0

  /// The arrival of a row, if it is among those asked for.
  @inline(__always)
  mutating func find(_ project: Int64, _ number: Int64, in arrivals: [Arrival]) -> Int? {
    while index < arrivals.count, arrivals[index].precedes(project, number) { index += 1 }
    guard index < arrivals.count, arrivals[index].submission.number == number else { return nil }
    return index
  }
}

extension Arrival {
  @inline(__always)
  fileprivate func precedes(_ project: Int64, _ number: Int64) -> Bool {
    self.project == project ? submission.number < number : self.project < project
  }
}

extension Histories {
  /// The accepted submissions, without their rows. Within a project the order of receipt is the
  /// order of the numbers: the table refuses anything else.
  private func arrivals(
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
  private func addUnits(
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
  private func addMilestones(
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

/// The unit whose rows a scan is passing over.
private struct OpenUnit {
  private var number: Int64 = 0
  private var indicator: Int64 = 0
  private var period: Int64 = 0
  private var name = ""
  /// The arrival it belongs to; none where that is not asked for.
  private(set) var arrival: Int?
  var observations: [Observation] = []

  @inline(__always)
  func `is`(_ number: Int64, _ indicator: Int64, _ period: Int64) -> Bool {
    self.number == number && self.indicator == indicator && self.period == period
  }

  mutating func start(
    _ number: Int64, _ indicator: Int64, _ period: Int64, _ name: String, in arrival: Int?
  ) {
    self.number = number
    self.indicator = indicator
    self.period = period
    self.name = name
    self.arrival = arrival
  }

  mutating func close(into arrivals: inout [Arrival]) {
    guard let arrival, !observations.isEmpty else { return }
    let unit = ReportedUnit(
      period: Period(stored: period), submission: number, observations: observations)
    observations = []
    arrivals[arrival].submission.units.append((name, unit))
  }
}

extension Connection {
  /// What was received about projects.
  public var histories: Histories { Histories(connection: self) }
}
