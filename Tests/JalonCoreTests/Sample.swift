import JalonCore

/// A day known to exist, for tests.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("no such day: \(text)") }
  return day
}

/// A quantity in the canonical notation, for tests.
func quantity(_ text: String) -> Quantity {
  guard let quantity = Quantity(text) else { preconditionFailure("no such quantity: \(text)") }
  return quantity
}

/// Noon UTC of a day known to exist.
func noon(_ text: String) -> Instant {
  Instant(microseconds: Instant(utc: day(text)).microseconds + 43_200_000_000)
}

/// A month of 2021.
func month(_ ordinal: Int, _ year: Int = 2021) -> Period {
  Period(cadence: .monthly, index: Int32(year * 12 + ordinal - 1))
}

/// A quarter of 2021.
func quarter(_ ordinal: Int, _ year: Int = 2021) -> Period {
  Period(cadence: .quarterly, index: Int32(year * 4 + ordinal - 1))
}

/// A small project to change one thing of at a time: two phases of six months in 2021, quarterly
/// reports with 15 days of grace, and one indicator, `postes`.
struct Sample {
  var programme = Programme(
    id: "SNAP3", title: "SNAP 3", operatorName: "DINUM", form: .guichet)
  var project = Project(
    id: "SNAP3-017", programme: "SNAP3", title: "Postes", lead: "Ministère",
    awarded: day("2020-11-15"), totalCost: Quantity(1_000_000), grant: Quantity(900_000))
  var history = History()

  init() {
    project.balance = Quantity(90_000)
    project.phases = [
      Phase(
        id: "P1", title: "Cadrage", from: day("2021-01-01"), to: day("2021-06-30"),
        funding: Quantity(360_000)),
      Phase(
        id: "P2", title: "Déploiement", from: day("2021-07-01"), to: day("2021-12-31"),
        funding: Quantity(450_000)),
    ]
    var postes = IndicatorEntry(id: "postes")
    postes.kind = .level
    postes.direction = .up
    project.indicators = [postes]
  }

  var plan: Plan { Plan(project: project, programme: programme) }

  /// A file received at noon of a day, with the total of one indicator for one period.
  mutating func report(
    _ value: String?, of indicator: String = "postes", for period: Period,
    evidence: Evidence = .estimated, on received: String
  ) {
    report(
      [Observation(value: value.map(quantity), evidence: evidence, line: 2)], of: indicator,
      for: period, on: received)
  }

  /// A file received at noon of a day, with rows of one indicator for one period.
  mutating func report(
    _ rows: [Observation], of indicator: String = "postes", for period: Period,
    on received: String
  ) {
    let number = Int64(history.submissions.count + 1)
    let unit = ReportedUnit(period: period, submission: number, observations: rows)
    history.submissions.append(
      Submission(number: number, receivedAt: noon(received), units: [(indicator, unit)]))
  }

  /// A file received at noon of a day, with one milestone row.
  mutating func reach(_ milestone: String, _ reached: String?, on received: String) {
    let number = Int64(history.submissions.count + 1)
    let row = MilestoneReach(
      milestone: milestone, reached: reached.map(day),
      source: Source(submission: number, line: 2))
    history.submissions.append(
      Submission(number: number, receivedAt: noon(received), milestones: [row]))
  }

  /// The gates as of a day, with everything that was received by its last second.
  func gates(asOf date: String, knownAt: Instant? = nil) throws -> [GateJudgement] {
    let instant = knownAt ?? Instant(utc: day(date).adding(days: 1))
    return try Judge(plan, knowing: Knowledge(history, at: instant)).gates(asOf: day(date))
  }

  /// The first gate as of a day.
  func gate(asOf date: String, knownAt: Instant? = nil) throws -> GateJudgement {
    guard let first = try gates(asOf: date, knownAt: knownAt).first else {
      preconditionFailure("a sample has phases")
    }
    return first
  }

  /// The status of one criterion of the first gate as of a day; `nil` when there is none.
  func status(_ criterion: String, asOf date: String, knownAt: Instant? = nil) throws -> Status? {
    try gate(asOf: date, knownAt: knownAt).criteria.first { $0.id == criterion }?.status
  }

  /// The printed fields of one criterion of the first gate as of a day.
  func measure(_ criterion: String = "threshold:postes", asOf date: String) throws -> String {
    let found = try gate(asOf: date).criteria.first { $0.id == criterion }
    guard case .threshold(let threshold, let measure, _, let ratio) = found?.finding else {
      return "no such threshold"
    }
    let value = threshold.per == nil ? measure?.value : ratio
    return value?.description ?? "missing"
  }
}
