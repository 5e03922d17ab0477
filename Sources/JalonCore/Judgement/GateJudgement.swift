/// What kind of rule a criterion is.
public enum Grounds: String, CaseIterable, Sendable {
  /// A condition of the funding: unmet, the money is not released.
  case condition
  /// A duty to report: unmet, the follow-up team may withhold.
  case duty
  /// A right that the State reserved: unmet, the follow-up team may withhold.
  case reserve
}

/// Where a criterion stands on a day.
public enum Status: String, CaseIterable, Sendable {
  case met
  case pending
  case unmet
  case warning
  case waived

  /// Whether it does not stand in the way of a crossing.
  @inlinable
  public var isGood: Bool { self != .pending && self != .unmet }
}

/// How far a measure strays from its forecast.
public enum DeviationLevel: String, CaseIterable, Sendable {
  case onTrack
  case notable
  case strong
}

/// What a criterion's status rests on.
public enum Finding: Sendable {
  /// The milestone's due day, the last day before it counts as unmet, and the row that says it was
  /// reached, or that withdraws it.
  case milestone(due: Day, last: Day, reach: MilestoneReach?)
  /// The threshold, what was measured, and what was measured below the line of a ratio.
  case threshold(Threshold, measure: Measure?, below: Measure?, ratio: Fraction?)
  /// The expected periods without a report: late beyond grace, and not yet late.
  case reports(overdue: [Period], awaited: [Period])
  /// How far a measure strays from its forecast at its latest period.
  case deviation(DeviationLevel, measure: Measure, forecast: Quantity)
}

/// One condition, duty or reserve of a gate, judged on a day.
public struct Criterion: Sendable {
  /// Such as `milestone:M1`, `threshold:postes/cadres:agents`, `reports:postes`.
  public let id: String
  /// What kind of rule it is.
  public let grounds: Grounds
  /// Where it stands.
  public var status: Status
  /// What that rests on.
  public let finding: Finding

  /// A judged criterion.
  public init(id: String, grounds: Grounds, status: Status, finding: Finding) {
    self.id = id
    self.grounds = grounds
    self.status = status
    self.finding = finding
  }
}

/// What Jalon recommends for a gate.
public enum Recommendation: String, CaseIterable, Sendable {
  case notReached
  case stopped
  case release
  case pending
  case atRisk
  case withhold
}

/// One gate, judged as of a day with what was known at an instant (SPEC §5).
public struct GateJudgement: Sendable {
  /// The phase that the gate ends.
  public let phase: String
  /// The gate's date: the phase's last day.
  public let date: Day
  /// The gate's date and the days of grace.
  public let deadline: Day
  /// The phase whose money it releases; `nil` at the last gate.
  public let nextPhase: String?
  /// The next phase's funding, or the balance, in euros.
  public let fundsAtStake: Quantity
  /// What the rules say.
  public let recommendation: Recommendation
  /// The day every criterion was good, on or after the gate's date.
  public let crossed: Day?
  /// Whether all is good before the gate's date.
  public let ready: Bool
  /// Whether the published rules leave the choice to the follow-up team.
  public let discretionary: Bool
  /// The latest decision that holds.
  public let decision: Decision?
  /// What is recommended, with what is known now, for the day on which the decision was based; `nil`
  /// without a decision, or where it was not kept what was recommended then.
  public internal(set) var reconsidered: Recommendation?
  /// In the contract's order; empty when not reached or stopped.
  public let criteria: [Criterion]

  /// What holds: the decision, else the recommendation (`release`, `withhold`, `pending`, …).
  public var effective: String { decision?.verdict.rawValue ?? recommendation.rawValue }

  /// What was recommended when it was decided on, if a later correction changes that, and not into
  /// what was decided (SPEC §9, `decision-contradicted`).
  ///
  /// Both are about the day of the decision: time that passes contradicts nobody.
  public var contradicted: Recommendation? {
    guard let decision, let stood = decision.stood, let reconsidered, reconsidered != stood,
      reconsidered.rawValue != decision.verdict.rawValue
    else { return nil }
    return stood
  }

  /// Whether the next phase is reached: released by a decision, or else by the rules.
  var isReleased: Bool { effective == Recommendation.release.rawValue }

  /// Whether the next phase's money should be withheld.
  public var isFlagged: Bool {
    effective == Recommendation.withhold.rawValue && fundsAtStake > .zero
  }
}
