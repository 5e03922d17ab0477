/// What an alert is about (SPEC §9).
public enum AlertKind: String, CaseIterable, Sendable {
  /// A gate's money should be withheld, and nobody has decided yet.
  case gateWithhold = "gate-withhold"
  /// A gate will be withheld unless something changes before its deadline.
  case gateAtRisk = "gate-at-risk"
  /// A gate was crossed.
  case gateReleased = "gate-released"
  /// A report is late beyond grace.
  case reportOverdue = "report-overdue"
  /// A milestone is late beyond grace.
  case milestoneOverdue = "milestone-overdue"
  /// A measure strays strongly from its forecast.
  case deviationStrong = "deviation-strong"
  /// A correction turned the recommendation under a decision.
  case decisionContradicted = "decision-contradicted"
  /// A team's file was refused.
  case fileRejected = "file-rejected"
  /// The gates have not been evaluated for days.
  case evaluationMissed = "evaluation-missed"
  /// An address that no message reaches.
  case mailUndeliverable = "mail-undeliverable"
  /// Something is due soon: a friendly word to the team, not one of the contract's alerts.
  case dueSoon = "due-soon"

  /// Whether it is said again as long as it lasts.
  ///
  /// A crossing and a refusal are said once: nothing more is asked of the reader than the once.
  public var isRepeated: Bool {
    switch self {
    case .gateReleased, .fileRejected, .dueSoon: false
    default: true
    }
  }

  /// Whether its end is news.
  public var announcesItsEnd: Bool {
    switch self {
    case .gateReleased, .dueSoon: false
    default: true
    }
  }

  /// Whether it tells where a gate stands: a gate is in one of these at a time.
  public var isGate: Bool {
    switch self {
    case .gateWithhold, .gateAtRisk, .gateReleased: true
    default: false
    }
  }

  /// Its place among others, worst first.
  public var rank: Int {
    switch self {
    case .gateWithhold: 0
    case .decisionContradicted: 1
    case .gateAtRisk: 2
    case .evaluationMissed: 3
    case .mailUndeliverable: 4
    case .fileRejected: 5
    case .reportOverdue: 6
    case .milestoneOverdue: 7
    case .deviationStrong: 8
    case .gateReleased: 9
    case .dueSoon: 10
    }
  }
}

/// Who is told.
public enum Audience: String, CaseIterable, Sendable {
  /// The funded team: the project's contacts.
  case team
  /// The follow-up team: the programme's addresses.
  case followUp = "follow-up"
}
