public import JalonCore

/// A gate whose money should be withheld.
public struct Flag: Sendable {
  /// The project's plan.
  public let plan: Plan
  /// The judged gate.
  public let gate: GateJudgement
  /// The latest rows behind each reason, by its criterion's id.
  let citations: [String: [Citation]]
  /// How many more rows there are behind each reason.
  let omitted: [String: Int]
  /// The files they stand in, by number.
  let files: [Int64: CitedFile]
  /// The first day it could be withheld: the day after the deadline, or the day of the decision.
  public var since: Day { gate.decision?.on ?? gate.deadline.adding(days: 1) }

  /// How many rows are shown behind a reason: `explain` shows them all.
  private static let shown = 3

  /// The flag of an explained gate.
  public init(_ explanation: Explanation) {
    (plan, gate, files) = (explanation.plan, explanation.gate, explanation.files)
    var citations: [String: [Citation]] = [:]
    var omitted: [String: Int] = [:]
    for criterion in gate.criteria where criterion.status == .unmet {
      // A ratio's rows come indicator by indicator: the latest of both are wanted.
      let rows = (explanation.citations[criterion.id] ?? []).enumerated()
        .sorted { ($0.element.period.end, $0.offset) < ($1.element.period.end, $1.offset) }
      citations[criterion.id] = rows.suffix(Flag.shown).map(\.element)
      omitted[criterion.id] = max(0, rows.count - Flag.shown)
    }
    self.citations = citations
    self.omitted = omitted
  }

  /// Worst first: the most money, then the oldest, then by id.
  public static func worstFirst(_ left: Flag, _ right: Flag) -> Bool {
    if left.gate.fundsAtStake != right.gate.fundsAtStake {
      return left.gate.fundsAtStake > right.gate.fundsAtStake
    }
    if left.since != right.since { return left.since < right.since }
    return (left.plan.project.id, left.gate.phase) < (right.plan.project.id, right.gate.phase)
  }

  /// The criteria that speak for withholding.
  public var reasons: [Criterion] { gate.criteria.filter { $0.status == .unmet } }
}
