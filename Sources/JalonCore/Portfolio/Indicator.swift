/// What an indicator's figures are.
public enum Kind: String, CaseIterable, Sendable {
  /// The state at a period's end.
  case level
  /// A running total since the start.
  case cumulative
  /// The quantity of one period.
  case flow
  /// An average, with an optional weight.
  case mean
}

/// Which way an indicator should go.
public enum Direction: String, CaseIterable, Sendable {
  /// More is better.
  case up
  /// Less is better.
  case down
  /// Both ways count as straying.
  case target
}

/// How an indicator's profiles make its total.
public enum Across: String, CaseIterable, Sendable {
  /// The total is the sum.
  case sum
  /// The total is the mean by weight.
  case mean
  /// Profiles overlap: the total is always given, never computed.
  case none
}

/// How well a figure is established.
///
/// Ordered: each level includes those before it.
public enum Evidence: Int8, CaseIterable, Comparable, Sendable {
  /// Théorique: what a model says. The default.
  case estimated
  /// Constaté: what somebody counted.
  case observed
  /// Audité: what somebody else verified.
  case audited

  /// Orders by strength.
  @inlinable
  public static func < (left: Evidence, right: Evidence) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The word used in files and in `--json`.
  public var word: String {
    switch self {
    case .estimated: "estimated"
    case .observed: "observed"
    case .audited: "audited"
    }
  }
}

/// A lowest and a highest value, each optional.
public struct Limits: Hashable, Sendable {
  /// The lowest value allowed.
  public var min: Quantity?
  /// The highest value allowed.
  public var max: Quantity?

  /// Limits; both absent allow everything.
  public init(min: Quantity? = nil, max: Quantity? = nil) {
    self.min = min
    self.max = max
  }
}

/// How far a measure may stray from its forecast, as fractions of the forecast.
public struct Tolerance: Hashable, Sendable {
  /// The shortfall from which it is notable.
  public var notable: Quantity
  /// The shortfall from which it is strong.
  public var strong: Quantity
  /// Whether a strong deviation counts against the gate.
  public var blocks: Bool

  /// Tolerances; the defaults are SPEC §2's.
  public init(
    notable: Quantity = Quantity(micros: 150_000), strong: Quantity = Quantity(micros: 300_000),
    blocks: Bool = false
  ) {
    self.notable = notable
    self.strong = strong
    self.blocks = blocks
  }
}

/// A tolerance as written: each key is optional, and overrides the one further out.
public struct ToleranceEntry: Hashable, Sendable {
  /// Replaces `notable`, if there.
  public var notable: Quantity?
  /// Replaces `strong`, if there.
  public var strong: Quantity?
  /// Replaces `blocks`, if there.
  public var blocks: Bool?

  /// An entry; absent keys leave the outer tolerance as it is.
  public init(notable: Quantity? = nil, strong: Quantity? = nil, blocks: Bool? = nil) {
    self.notable = notable
    self.strong = strong
    self.blocks = blocks
  }

  /// The outer tolerance with this entry's keys in place of its own.
  public func over(_ outer: Tolerance) -> Tolerance {
    Tolerance(
      notable: notable ?? outer.notable, strong: strong ?? outer.strong,
      blocks: blocks ?? outer.blocks)
  }
}

/// An indicator as a project or a programme writes it.
///
/// In a project, an entry whose id is that of a template of its programme holds only ``id`` and any
/// of ``title``, ``phases``, ``forecast`` and ``tolerance``; everything else comes from the template.
public struct IndicatorEntry: Hashable, Sendable {
  /// Unique in its list.
  public var id: String
  /// What people read.
  public var title: String?
  /// Free text; `%` implies a range of 0 to 100.
  public var unit: String?
  /// What the figures are.
  public var kind: Kind?
  /// Which way is better.
  public var direction: Direction?
  /// How profiles make the total; by default `mean` for kind `mean`, else `sum`.
  public var across: Across?
  /// How often it is measured; by default the programme's `reporting.measured`.
  public var cadence: Cadence?
  /// The phases where it is relevant; absent means everywhere.
  public var phases: [String]?
  /// The only breakdown values allowed.
  public var profiles: [String]?
  /// The values allowed; replaces the default whole.
  public var range: Limits?
  /// The greatest number of fractional digits, 0–6.
  public var decimals: Int?
  /// Periods of the cadence to the planned measure at that period's end.
  public var forecast: [Period: Quantity]?
  /// Overrides the programme's tolerance key by key.
  public var tolerance: ToleranceEntry?
  /// The indicator's identifier in the State's PILOTE tool.
  public var pilote: String?
  /// In a template: the project categories that inherit it; absent means all.
  public var onlyFor: [String]?
  /// In a template: whether its figures are spending, which counts inside the spending window only.
  public var spending: Bool?
  /// In a template: whether each project names its own profiles.
  public var openProfiles: Bool?
  /// In a template: the document and section it comes from.
  public var source: String?

  /// An entry that says nothing but its id.
  public init(id: String) { self.id = id }

  /// Whether its figures are spending: as it says, or else as its id and unit do (SPEC §2).
  public var isSpending: Bool { spending ?? (id == "depenses" && unit == "€") }
}

/// An indicator with every default and template filled in.
public struct Indicator: Hashable, Sendable {
  /// Unique in the project.
  public var id: String
  /// What people read.
  public var title: String
  /// Free text, such as `agents`, `%`, `€`.
  public var unit: String
  /// What the figures are.
  public var kind: Kind
  /// Which way is better.
  public var direction: Direction
  /// How profiles make the total.
  public var across: Across
  /// How often it is measured.
  public var cadence: Cadence
  /// The phases where it is relevant; `nil` means everywhere.
  public var phases: [String]?
  /// The only breakdown values allowed; empty when it has none.
  public var profiles: [String]
  /// The values allowed.
  public var range: Limits
  /// The greatest number of fractional digits, 0–6.
  public var decimals: Int
  /// The planned measures, or `nil` when nothing was forecast.
  public var forecast: Forecast?
  /// How far it may stray.
  public var tolerance: Tolerance
  /// The indicator's identifier in the State's PILOTE tool.
  public var pilote: String?
  /// The days outside which its figures count for nothing; `nil` when all count.
  public var window: DayRange?
  /// The document and section it comes from.
  public var source: String?

  /// Whether the indicator is relevant in a phase.
  public func isRelevant(in phase: String) -> Bool { phases?.contains(phase) ?? true }

  /// Whether a row of this indicator may carry a weight.
  public var usesWeight: Bool { kind == .mean || across == .mean }
}
