internal import JalonCore

/// What accepted files say of milestones, one row a row of a file, clustered like observations.
struct MilestoneTable {
  /// `reached` is a day's number; none withdraws an earlier row.
  static let schema =
    """
    CREATE TABLE milestone(
      project INTEGER NOT NULL,
      submission INTEGER NOT NULL REFERENCES submission,
      row INTEGER NOT NULL,
      line INTEGER NOT NULL,
      milestone INTEGER NOT NULL,
      reached INTEGER,
      PRIMARY KEY (project, submission, row)
    ) STRICT, WITHOUT ROWID;
    """ + Schema.appendOnly("milestone")

  let connection: Connection

  /// Stores what a submission says of milestones; inside `write`.
  func add(_ rows: [MilestoneReach], _ project: Int64, _ submission: Int64) throws(StoreError) {
    guard !rows.isEmpty else { return }
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO milestone(project, submission, row, line, milestone, reached)
      VALUES (?, ?, ?, ?, ?, ?)
      """, "recording milestones")
    var number: Int64 = 0
    for row in rows {
      number += 1
      statement.bind(project)
      statement.bind(submission)
      statement.bind(number)
      statement.bind(Int64(row.source.line))
      statement.bind(try connection.names.key(of: row.milestone))
      statement.bind(row.reached.map { Int64($0.number) })
      try statement.run()
    }
  }
}
