/// What sets two judgements of one gate apart: criteria, figures, milestones.
public struct GateDifference: Sendable {
  /// A criterion that says something else; `nil` where it was not asked.
  public struct CriterionChange: Sendable {
    /// The criterion's id.
    public let id: String
    /// What it said.
    public let before: Criterion?
    /// What it says.
    public let after: Criterion?
  }

  /// A row and where it was said.
  public struct Figure: Sendable {
    /// The row.
    public let observation: Observation
    /// The file and line.
    public let source: Source
  }

  /// A figure of an indicator that the gate reads, new, replaced or set aside.
  public struct FigureChange: Sendable {
    /// The indicator.
    public let indicator: String
    /// The period.
    public let period: Period
    /// The profile; `nil` is the total.
    public let profile: String?
    /// What stood; `nil`: nothing did.
    public let before: Figure?
    /// What stands; `nil`: nothing does.
    public let after: Figure?
    /// Whether the follow-up team has set it aside.
    public let isContested: Bool
  }

  /// A milestone of the phase that is reached, withdrawn, or dated otherwise.
  public struct MilestoneChange: Sendable {
    /// The milestone's id.
    public let id: String
    /// The row that stood.
    public let before: MilestoneReach?
    /// The row that stands.
    public let after: MilestoneReach?
  }

  /// In the later judgement's order, then what is asked no more.
  public let criteria: [CriterionChange]
  /// By indicator, then period, then profile.
  public let figures: [FigureChange]
  /// In the criteria's order.
  public let milestones: [MilestoneChange]

  /// What sets a later judgement of a gate apart from an earlier one; a judgement without criteria
  /// has none to differ in.
  public init(
    from before: (criteria: [Criterion], knowledge: Knowledge),
    to after: (criteria: [Criterion], knowledge: Knowledge)
  ) {
    criteria = Self.criteria(before.criteria, after.criteria)
    let asked = before.criteria + after.criteria
    figures = Set(asked.flatMap(\.indicators)).sorted().flatMap {
      Self.figures(of: $0, before.knowledge, after.knowledge)
    }
    var seen: Set<String> = []
    milestones = asked.compactMap { criterion in
      guard case .milestone = criterion.finding, seen.insert(criterion.id).inserted else {
        return nil
      }
      let id = String(criterion.id.dropFirst("milestone:".count))
      let (old, new) = (before.knowledge.milestones[id], after.knowledge.milestones[id])
      guard old?.reached != new?.reached else { return nil }
      return MilestoneChange(id: id, before: old, after: new)
    }
  }

  private static func criteria(
    _ before: [Criterion], _ after: [Criterion]
  ) -> [CriterionChange] {
    let old = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let asked = Set(after.map(\.id))
    let changed = after.compactMap { criterion -> CriterionChange? in
      let earlier = old[criterion.id]
      if let earlier, earlier.saysTheSame(as: criterion) { return nil }
      return CriterionChange(id: criterion.id, before: earlier, after: criterion)
    }
    return changed
      + before.filter { !asked.contains($0.id) }
      .map { CriterionChange(id: $0.id, before: $0, after: nil) }
  }

  private static func figures(
    of indicator: String, _ before: Knowledge, _ after: Knowledge
  ) -> [FigureChange] {
    let (old, new) = (rows(of: indicator, before), rows(of: indicator, after))
    let places = Set(old.keys).union(new.keys).sorted {
      ($0.period, $0.profile ?? "") < ($1.period, $1.profile ?? "")
    }
    return places.compactMap { place in
      let (earlier, later) = (old[place], new[place])
      guard !saySame(earlier?.observation, later?.observation) else { return nil }
      return FigureChange(
        indicator: indicator, period: place.period, profile: place.profile, before: earlier,
        after: later, isContested: after.contested[indicator]?[place.period] != nil)
    }
  }

  private struct Place: Hashable {
    let period: Period
    let profile: String?
  }

  private static func rows(of indicator: String, _ known: Knowledge) -> [Place: Figure] {
    var rows: [Place: Figure] = [:]
    for unit in known.units[indicator] ?? [] {
      for row in unit.observations {
        rows[Place(period: unit.period, profile: row.profile)] = Figure(
          observation: row, source: Source(submission: unit.submission, line: row.line))
      }
    }
    return rows
  }

  private static func saySame(_ left: Observation?, _ right: Observation?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.value == right.value && left.weight == right.weight
      && left.evidence == right.evidence
  }
}

extension Criterion {
  /// The indicators that it reads.
  var indicators: [String] {
    switch finding {
    case .milestone: []
    case .threshold(let threshold, _, _, _):
      [threshold.indicator] + (threshold.per.map { [$0] } ?? [])
    case .reports, .deviation:
      id.split(separator: ":", maxSplits: 1).dropFirst().map(String.init)
    }
  }

  /// Whether another judgement of it gives the same status for the same reason.
  func saysTheSame(as other: Criterion) -> Bool {
    guard status == other.status else { return false }
    switch (finding, other.finding) {
    case (.milestone(let due, let last, let reach), .milestone(let due2, let last2, let reach2)):
      return due == due2 && last == last2 && reach?.reached == reach2?.reached
    case (
      .threshold(let rule, let measure, _, let ratio),
      .threshold(let rule2, let measure2, _, let ratio2)
    ):
      return rule == rule2 && measure == measure2 && ratio == ratio2
    case (.reports(let overdue, let awaited), .reports(let overdue2, let awaited2)):
      return overdue == overdue2 && awaited == awaited2
    case (
      .deviation(let level, let measure, let planned),
      .deviation(let level2, let measure2, let planned2)
    ):
      return level == level2 && measure == measure2 && planned == planned2
    default: return false
    }
  }
}
