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
      guard try !connection.acts.isEmpty(), let id = try connection.projects.id(of: project)
      else { return history }
      history.apply(try connection.acts.acts(of: id))
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
      let isActless = try connection.acts.isEmpty()
      return try projects.map { project throws(StoreError) in
        let own = arrived.prefix { $0.project == project.key }
        arrived.removeFirst(own.count)
        var history = History()
        history.submissions = own.map(\.submission)
        if !isActless { history.apply(try connection.acts.acts(of: project.id)) }
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

extension Connection {
  /// What was received about projects.
  public var histories: Histories { Histories(connection: self) }
}
