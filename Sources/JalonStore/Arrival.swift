internal import JalonCore

/// An accepted submission, and whose it is.
struct Arrival {
  let project: Int64
  var submission: Submission
}

/// Where a scan in order of project and submission stands among arrivals in the same order.
struct ArrivalCursor {
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
  func precedes(_ project: Int64, _ number: Int64) -> Bool {
    self.project == project ? submission.number < number : self.project < project
  }
}

/// The unit whose rows a scan is passing over.
struct OpenUnit {
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
