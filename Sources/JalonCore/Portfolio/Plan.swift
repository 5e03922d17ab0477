/// A project with its programme's rules filled in: what the judgement reads.
public struct Plan: Sendable {
  /// The project as adopted.
  public let project: Project
  /// Its programme as adopted.
  public let programme: Programme
  /// Its own indicators in order, then the templates it inherits.
  public let indicators: [Indicator]
  /// Its phases, each with the programme's commitments and conditions after its own.
  public private(set) var phases: [Phase]
  /// Days after a due date before something is overdue.
  public let graceDays: Int

  private let positions: [String: Int]

  /// Fills in a project's templates, commitments and defaults (SPEC §2).
  ///
  /// An entry that lacks its kind or direction, and that no template completes, is left out: `check`
  /// refuses it before it can be adopted.
  public init(project: Project, programme: Programme) {
    self.project = project
    self.programme = programme
    graceDays = project.graceDays ?? programme.reporting.graceDays
    phases = Plan.phases(of: project, with: programme.commitments)
    indicators = Plan.indicators(of: project, in: programme)
    positions = Dictionary(
      indicators.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for condition in programme.conditions { inherit(condition) }
  }

  /// The position of an indicator in ``indicators``.
  public func position(of indicator: String) -> Int? { positions[indicator] }

  /// The indicator of an id.
  public func indicator(_ id: String) -> Indicator? { positions[id].map { indicators[$0] } }

  /// The first phase's first day; reports before it have no meaning.
  public var start: Day? { phases.first?.from }

  /// The phase whose days contain a day.
  public func phase(containing day: Day) -> Int? {
    phases.firstIndex { $0.from <= day && day <= $0.to }
  }

  /// The ids of every criterion that a phase's gate can have, in the contract's order.
  public func criterionIDs(in phaseID: String) -> [String] {
    guard let phase = phases.first(where: { $0.id == phaseID }) else { return [] }
    let relevant = indicators.filter { $0.isRelevant(in: phaseID) }
    return phase.milestones.map { "milestone:" + $0.id } + phase.thresholds.map(\.criterionID)
      + relevant.map { "reports:" + $0.id }
      + relevant.filter { $0.forecast != nil }.map { "deviation:" + $0.id }
  }

  /// Every milestone id of the project, commitments included.
  public var milestones: [Milestone] { phases.flatMap(\.milestones) }
}

extension Plan {
  private static func indicators(of project: Project, in programme: Programme) -> [Indicator] {
    let templates = Dictionary(
      programme.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let own = Set(project.indicators.map(\.id))
    let inherited = programme.indicators.filter { template in
      !own.contains(template.id) && template.applies(to: project.category)
    }
    return project.indicators.compactMap { entry in
      let template = templates[entry.id]
      let complete = entry.kind != nil
      return (complete ? entry : entry.completed(from: template)).resolved(
        in: programme, under: complete ? nil : template?.tolerance)
    } + inherited.compactMap { $0.resolved(in: programme, under: nil) }
  }

  /// The project's phases with the programme's commitments placed (SPEC §2): each is due some
  /// months after its start, or at the last phase's end if that comes first, in the first phase
  /// that ends on or after that day.
  ///
  /// A milestone of the project's own with the id of a commitment stands instead of it: one row of a
  /// report can tell of one only. `check` refuses that, and `adopt` tells it where it stands.
  private static func phases(of project: Project, with commitments: [Commitment]) -> [Phase] {
    var phases = project.phases
    guard let first = phases.first, let last = phases.last else { return phases }
    let own = Set(phases.flatMap(\.milestones).map(\.id))
    for commitment in commitments where !own.contains(commitment.id) {
      let start =
        switch commitment.after {
        case .award: project.awarded
        case .launch: first.from
        case .funds: project.funded
        }
      let due = min(start.adding(months: commitment.dueAfterMonths), last.to)
      let place = phases.firstIndex { $0.to >= due } ?? phases.count - 1
      phases[place].milestones.append(
        Milestone(
          id: commitment.id, title: commitment.title, due: due, source: commitment.source))
    }
    return phases
  }
}

extension Plan {
  /// Adds a programme's condition to the gates it is asked at (docs/portfolio.md).
  ///
  /// Not where the project asks the same of itself, and not where nothing could ever meet it.
  private mutating func inherit(_ condition: Condition) {
    let threshold = condition.threshold
    guard condition.applies(to: project.category), let indicator = indicator(threshold.indicator)
    else { return }
    let ends = expectedPeriods(of: indicator, stopping: false).map(\.end)
    let places = condition.at == .each ? phases.indices : phases.indices.suffix(1)
    for place in places {
      let phase = phases[place]
      let isOwn = phase.thresholds.contains { $0.criterionID == threshold.criterionID }
      guard !isOwn, ends.contains(where: { phase.from <= $0 && $0 <= phase.to }) else { continue }
      phases[place].thresholds.append(threshold)
    }
  }
}

extension Condition {
  /// Whether projects of a category inherit it.
  func applies(to category: String?) -> Bool {
    guard let onlyFor else { return true }
    return category.map(onlyFor.contains) ?? false
  }
}

extension IndicatorEntry {
  /// Whether a template is inherited by projects of a category.
  public func applies(to category: String?) -> Bool {
    guard let onlyFor else { return true }
    return category.map(onlyFor.contains) ?? false
  }

  /// This entry with everything it does not say taken from a template (SPEC §2).
  func completed(from template: IndicatorEntry?) -> IndicatorEntry {
    guard var whole = template else { return self }
    whole.title = title ?? whole.title
    whole.phases = phases ?? whole.phases
    whole.forecast = forecast ?? whole.forecast
    whole.tolerance = tolerance
    if whole.openProfiles == true { whole.profiles = profiles ?? whole.profiles }
    return whole
  }

  /// The indicator with every default filled in, or `nil` when the entry is not whole.
  func resolved(in programme: Programme, under template: ToleranceEntry?) -> Indicator? {
    guard let kind, let direction else { return nil }
    let outer = template?.over(programme.tolerance) ?? programme.tolerance
    let unit = unit ?? ""
    let percent = Limits(min: .zero, max: Quantity(100))
    return Indicator(
      id: id, title: title ?? id, unit: unit, kind: kind, direction: direction,
      across: across ?? (kind == .mean ? .mean : .sum),
      cadence: cadence ?? programme.reporting.measured, phases: phases, profiles: profiles ?? [],
      range: range ?? (unit == "%" ? percent : Limits(min: .zero)), decimals: decimals ?? 6,
      forecast: forecast.flatMap(Forecast.init), tolerance: tolerance?.over(outer) ?? outer,
      pilote: pilote, window: isSpending ? programme.spendingWindow : nil, source: source)
  }
}
