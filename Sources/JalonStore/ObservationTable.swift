internal import JalonCore

/// What accepted files say of indicators, one row a row of a file.
///
/// Clustered by project, so that a project's history is read in one piece. A submission's rows stand
/// unit by unit, numbered in that order; `line` is where the file has them.
struct ObservationTable {
  /// Period and cadence in one number; profile 0 is the total; no value is "not applicable"; values
  /// and weights in millionths.
  static let schema =
    """
    CREATE TABLE observation(
      project INTEGER NOT NULL,
      submission INTEGER NOT NULL REFERENCES submission,
      row INTEGER NOT NULL,
      line INTEGER NOT NULL,
      indicator INTEGER NOT NULL,
      period INTEGER NOT NULL,
      profile INTEGER NOT NULL,
      value INTEGER,
      weight INTEGER,
      evidence INTEGER NOT NULL CHECK (evidence BETWEEN 0 AND 2),
      PRIMARY KEY (project, submission, row)
    ) STRICT, WITHOUT ROWID;
    """ + Schema.appendOnly("observation")

  let connection: Connection

  /// Stores what a submission says of indicators; inside `write`.
  func add(
    _ units: [(indicator: String, unit: ReportedUnit)], _ project: Int64, _ submission: Int64
  )
    throws(StoreError)
  {
    guard !units.isEmpty else { return }
    connection.requireWriting()
    var statement = try connection.statement(
      """
      INSERT INTO observation(project, submission, row, line, indicator, period, profile, value,
        weight, evidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, "recording observations")
    var row: Int64 = 0
    for (indicator, unit) in units {
      let key = try connection.names.key(of: indicator)
      for observation in unit.observations {
        row += 1
        statement.bind(project)
        statement.bind(submission)
        statement.bind(row)
        statement.bind(Int64(observation.line))
        statement.bind(key)
        statement.bind(unit.period.stored)
        if let profile = observation.profile {
          statement.bind(try connection.names.key(of: profile))
        } else {
          statement.bind(0)
        }
        statement.bind(observation.value?.micros)
        statement.bind(observation.weight?.micros)
        statement.bind(Int64(observation.evidence.rawValue))
        try statement.run()
      }
    }
  }
}

extension Period {
  /// Index and cadence in one number: the order of the cadences here is on disk, and stays.
  var stored: Int64 {
    let cadence: Int64 =
      switch cadence {
      case .monthly: 0
      case .quarterly: 1
      case .halfYearly: 2
      case .yearly: 3
      }
    return Int64(index) << 2 | cadence
  }

  /// The period of a stored number.
  init(stored: Int64) {
    let cadence: Cadence =
      switch stored & 3 {
      case 0: .monthly
      case 1: .quarterly
      case 2: .halfYearly
      default: .yearly
      }
    self.init(cadence: cadence, index: Int32(truncatingIfNeeded: stored >> 2))
  }
}
