/// Where a figure comes from: a line of a file that was received.
public struct Source: Hashable, Sendable {
  /// The submission's number in the store.
  public let submission: Int64
  /// The line of the file, counted from 1.
  public let line: Int32

  /// A place in a file.
  @inlinable
  public init(submission: Int64, line: Int32) {
    self.submission = submission
    self.line = line
  }
}

/// One row of a report about an indicator.
public struct Observation: Hashable, Sendable {
  /// The profile it breaks down to; `nil` is the total.
  public var profile: String?
  /// The value; `nil` means not applicable (sans objet).
  public var value: Quantity?
  /// Its weight; `nil` when the row gives none.
  public var weight: Quantity?
  /// How well it is established.
  public var evidence: Evidence
  /// The line of the file.
  public var line: Int32

  /// A row.
  public init(
    profile: String? = nil, value: Quantity?, weight: Quantity? = nil,
    evidence: Evidence = .estimated, line: Int32 = 0
  ) {
    self.profile = profile
    self.value = value
    self.weight = weight
    self.evidence = evidence
    self.line = line
  }
}

/// The rows of one file for one indicator and period: the unit that a later file replaces whole.
public struct ReportedUnit: Hashable, Sendable {
  /// The period reported.
  public var period: Period
  /// The submission that said so.
  public var submission: Int64
  /// Its rows, at least one.
  public var observations: [Observation]

  /// A unit.
  public init(period: Period, submission: Int64, observations: [Observation]) {
    self.period = period
    self.submission = submission
    self.observations = observations
  }
}

/// One row of a report about a milestone: the day it was reached, or its withdrawal.
public struct MilestoneReach: Hashable, Sendable {
  /// The milestone's id.
  public var milestone: String
  /// The day it was reached; `nil` withdraws an earlier row.
  public var reached: Day?
  /// Where it was said.
  public var source: Source

  /// A row.
  public init(milestone: String, reached: Day?, source: Source) {
    self.milestone = milestone
    self.reached = reached
    self.source = source
  }
}
