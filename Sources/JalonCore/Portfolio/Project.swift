/// Something to be reached by a date.
public struct Milestone: Hashable, Sendable {
  /// Unique in the project.
  public var id: String
  /// What people read.
  public var title: String
  /// The day it is due.
  public var due: Day
  /// The document and section of the rule it comes from, when a programme says one.
  public var source: String?

  /// A milestone.
  public init(id: String, title: String, due: Day, source: String? = nil) {
    self.id = id
    self.title = title
    self.due = due
    self.source = source
  }
}

/// Which periods a threshold counts.
public enum Since: String, CaseIterable, Sendable {
  /// All since the project's start.
  case project
  /// Those that end on or after the phase's first day.
  case phase
}

/// A minimum or maximum level that an indicator must keep for a gate to be crossed.
public struct Threshold: Hashable, Sendable {
  /// The indicator measured.
  public var indicator: String
  /// One of its profiles; absent means the total.
  public var profile: String?
  /// Makes it a ratio, in percent, to this indicator's measure.
  public var per: String?
  /// Which periods count.
  public var since: Since
  /// The weakest evidence that counts; absent means any.
  public var evidence: Evidence?
  /// The lowest measure that satisfies.
  public var min: Quantity?
  /// The highest measure that satisfies.
  public var max: Quantity?
  /// The document and section of the rule it comes from, when a programme says one.
  public var source: String?

  /// A threshold.
  public init(
    indicator: String, profile: String? = nil, per: String? = nil, since: Since = .project,
    evidence: Evidence? = nil, min: Quantity? = nil, max: Quantity? = nil
  ) {
    self.indicator = indicator
    self.profile = profile
    self.per = per
    self.since = since
    self.evidence = evidence
    self.min = min
    self.max = max
  }

  /// The criterion's id: `threshold:<indicator>[/<profile>][:<per>]`.
  public var criterionID: String {
    "threshold:" + indicator + (profile.map { "/" + $0 } ?? "") + (per.map { ":" + $0 } ?? "")
  }
}

/// A stretch of a project between two gates.
public struct Phase: Hashable, Sendable {
  /// Unique in the project.
  public var id: String
  /// What people read.
  public var title: String
  /// The first day.
  public var from: Day
  /// The last day: the gate's date.
  public var to: Day
  /// What the State pays for it, in euros.
  public var funding: Quantity
  /// Whether that money is granted already, or only planned.
  public var isGranted = true
  /// Whether the team has the right to be wrong in it (droit à l'erreur).
  public var rightToError: Bool
  /// What has to be reached; in a ``Plan``, commitments come last.
  public var milestones: [Milestone]
  /// The levels that the gate at its end demands.
  public var thresholds: [Threshold]

  /// A phase.
  public init(
    id: String, title: String, from: Day, to: Day, funding: Quantity, rightToError: Bool = false,
    milestones: [Milestone] = [], thresholds: [Threshold] = []
  ) {
    self.id = id
    self.title = title
    self.from = from
    self.to = to
    self.funding = funding
    self.rightToError = rightToError
    self.milestones = milestones
    self.thresholds = thresholds
  }
}

/// The end of a project before its plan's end.
public struct Stop: Hashable, Sendable {
  /// From this day nothing is expected and no gate is judged.
  public var on: Day
  /// Why.
  public var reason: String

  /// A stop.
  public init(on: Day, reason: String) {
    self.on = on
    self.reason = reason
  }
}

/// One of several applications under one project.
public struct Dossier: Hashable, Sendable {
  /// Unique in the project.
  public var id: String
  /// Euros.
  public var totalCost: Quantity
  /// Euros.
  public var grant: Quantity
  /// The phases it pays for.
  public var phases: [String]

  /// A dossier.
  public init(id: String, totalCost: Quantity, grant: Quantity, phases: [String]) {
    self.id = id
    self.totalCost = totalCost
    self.grant = grant
    self.phases = phases
  }
}

/// A funded project, as its file in `projects/` says it.
public struct Project: Hashable, Sendable {
  /// `[A-Za-z0-9][A-Za-z0-9-]{0,39}`.
  public var id: String
  /// The id of its programme.
  public var programme: String
  /// What people read.
  public var title: String
  /// Who leads it (porteur).
  public var lead: String
  /// The team's e-mail addresses.
  public var contacts: [String] = []
  /// A free word that templates' `onlyFor` lists.
  public var category: String?
  /// The day of the award.
  public var awarded: Day
  /// The day of the first payment; by default the day of the award.
  public var funded: Day
  /// Euros.
  public var totalCost: Quantity
  /// Euros.
  public var grant: Quantity
  /// What the last gate releases, in euros.
  public var balance = Quantity.zero
  /// The sum asked for, in euros.
  public var requested: Quantity?
  /// Its successive applications; empty when there is but one.
  public var dossiers: [Dossier] = []
  /// Its own indicators, and entries that adjust the programme's.
  public var indicators: [IndicatorEntry] = []
  /// In order of time.
  public var phases: [Phase] = []
  /// Overrides the programme's.
  public var graceDays: Int?
  /// When and why it ended early.
  public var stopped: Stop?

  /// A project with no indicator and no phase.
  public init(
    id: String, programme: String, title: String, lead: String, awarded: Day,
    totalCost: Quantity, grant: Quantity
  ) {
    self.id = id
    self.programme = programme
    self.title = title
    self.lead = lead
    self.awarded = awarded
    funded = awarded
    self.totalCost = totalCost
    self.grant = grant
  }
}
