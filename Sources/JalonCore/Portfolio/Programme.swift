/// How a funding scheme takes applications.
public enum ProgrammeForm: String, CaseIterable, Sendable {
  /// Open continuously.
  case guichet
  /// A call for projects.
  case call
}

/// What the State pays of a project's cost; each rule is optional.
public struct Cofinancing: Hashable, Sendable {
  /// The greatest share of total cost, 0…1.
  public var rate: Quantity?
  /// 100 % up to that many euros, and nothing above.
  public var fullUpTo: Quantity?
  /// The greatest grant for one dossier, in euros.
  public var dossierCeiling: Quantity?
  /// The greatest grant for one project over all its dossiers, in euros.
  public var projectCeiling: Quantity?

  /// No rule at all.
  public init() {}
}

/// The total costs accepted, in euros; each bound is optional.
public struct ProjectSize: Hashable, Sendable {
  /// The lowest total cost.
  public var min: Quantity?
  /// A total cost has to be above this (a strict minimum, instead of ``min``).
  public var above: Quantity?
  /// The highest total cost.
  public var max: Quantity?
  /// For projects of a category, the bounds that stand instead of these.
  public var categories: [String: ProjectSize] = [:]

  /// No bound at all.
  public init() {}
}

/// A first and a last day, both included.
public struct DayRange: Hashable, Sendable {
  /// The first day.
  public var from: Day
  /// The last day.
  public var to: Day

  /// The days of a range.
  public init(from: Day, to: Day) {
    self.from = from
    self.to = to
  }
}

/// When teams report, and whether being late blocks a gate.
public struct Reporting: Hashable, Sendable {
  /// How often files are due.
  public var cadence: Cadence
  /// The default cadence of the indicators inside those files.
  public var measured: Cadence
  /// Days after a due date before a report is overdue.
  public var graceDays: Int
  /// Whether an overdue report of any relevant indicator counts against the gate.
  public var blocks: Bool

  /// Reporting rules; the defaults are SPEC §2's: quarterly, nothing blocks.
  public init(
    cadence: Cadence = .quarterly, measured: Cadence? = nil, graceDays: Int = 15,
    blocks: Bool = false
  ) {
    self.cadence = cadence
    self.measured = measured ?? cadence
    self.graceDays = graceDays
    self.blocks = blocks
  }
}

/// What a commitment's delay is counted from.
public enum CommitmentStart: String, CaseIterable, Sendable {
  /// The day of the award.
  case award
  /// The first phase's first day.
  case launch
  /// The day of the first payment.
  case funds
}

/// Something every project of a programme promises, some months after its start.
public struct Commitment: Hashable, Sendable {
  /// The milestone's id in each project.
  public var id: String
  /// What people read.
  public var title: String
  /// Months after the start.
  public var dueAfterMonths: Int
  /// What the start is.
  public var after: CommitmentStart
  /// The document and section it comes from.
  public var source: String?

  /// A commitment.
  public init(
    id: String, title: String, dueAfterMonths: Int, after: CommitmentStart = .award,
    source: String? = nil
  ) {
    self.id = id
    self.title = title
    self.dueAfterMonths = dueAfterMonths
    self.after = after
    self.source = source
  }
}

/// At which gates a programme's condition is asked.
public enum ConditionPlace: String, CaseIterable, Sendable {
  /// At the last gate.
  case last
  /// At the gate of every phase where its indicator is relevant.
  case each
}

/// A threshold that every project of a programme inherits.
public struct Condition: Hashable, Sendable {
  /// What is asked; its `source` names the rule.
  public var threshold: Threshold
  /// At which gates.
  public var at: ConditionPlace
  /// The project categories it is for; absent means all.
  public var onlyFor: [String]?

  /// A condition.
  public init(_ threshold: Threshold, at place: ConditionPlace = .last, onlyFor: [String]? = nil) {
    self.threshold = threshold
    at = place
    self.onlyFor = onlyFor
  }
}

/// A funding scheme, as its file in `programmes/` says it.
public struct Programme: Hashable, Sendable {
  /// Unique in the portfolio.
  public var id: String
  /// What people read.
  public var title: String
  /// Who runs it, such as `DINUM, mission INFRA`.
  public var operatorName: String
  /// How it takes applications.
  public var form: ProgrammeForm
  /// The first day of applications.
  public var opens: Day?
  /// The last day of applications.
  public var closes: Day?
  /// What the State pays.
  public var cofinancing: Cofinancing?
  /// The total costs accepted.
  public var projectSize: ProjectSize?
  /// The scheme's own money, in euros.
  public var envelope: Quantity?
  /// What of it was granted to projects that are not followed here, in euros.
  public var alreadyGranted = Quantity.zero
  /// Only spending dated inside counts.
  public var spendingWindow: DayRange?
  /// When teams report.
  public var reporting = Reporting()
  /// Indicators that projects inherit.
  public var indicators: [IndicatorEntry] = []
  /// Promises that become milestones.
  public var commitments: [Commitment] = []
  /// Thresholds that every project inherits.
  public var conditions: [Condition] = []
  /// How far measures may stray.
  public var tolerance = Tolerance()
  /// E-mail addresses of the follow-up team.
  public var followUp: [String] = []
  /// The document and section where the rules come from.
  public var source: String?

  /// A programme with SPEC §2's defaults.
  public init(id: String, title: String, operatorName: String, form: ProgrammeForm) {
    self.id = id
    self.title = title
    self.operatorName = operatorName
    self.form = form
  }
}
