/// A plan and what is known of it at an instant, ready to be judged as of any day (SPEC §5).
public struct Judge: Sendable {
  /// The version of the rules by which it judges, recorded with every verdict.
  ///
  /// Raised by whoever changes a rule so that a past verdict would be another one; a test that
  /// replays a kept history says when that is.
  public static let rulesVersion = 1

  private let plan: Plan
  private let knowledge: Knowledge
  private let gates: [Gate]

  /// Prepares a judgement.
  ///
  /// - Throws: ``ComputedOverflow`` when a figure computed from the reports does not fit.
  public init(_ plan: Plan, knowing knowledge: Knowledge) throws(ComputedOverflow) {
    self.plan = plan
    self.knowledge = knowledge
    gates = try GateBuilder(plan, knowing: knowledge).gates()
  }

  /// Judges every gate of the plan, in order of phase.
  public func gates(asOf day: Day) throws(ComputedOverflow) -> [GateJudgement] {
    var judgements: [GateJudgement] = []
    for index in gates.indices {
      let before = judgements.last
      judgements.append(try judge(index, asOf: day, after: before))
    }
    return judgements
  }

  private func judge(
    _ index: Int, asOf day: Day, after before: GateJudgement?
  ) throws(ComputedOverflow) -> GateJudgement {
    let gate = gates[index]
    let phase = gate.frame.phase
    let latest = knowledge.decisions.last { $0.phase == phase.id && $0.on <= day }
    let decision = latest?.isTakenBack == true ? nil : latest
    let released = before.map { $0.effective == Recommendation.release.rawValue } ?? true
    guard released, day >= phase.from else {
      return verdict(index, .notReached, decision: decision)
    }
    let crossed = try gate.crossing(upTo: day)
    if isStopped(index, crossed: crossed, asOf: day) {
      return verdict(index, .stopped, decision: decision)
    }
    if let crossed {
      let criteria = try gate.criteria(asOf: crossed)
      return verdict(index, .release, crossed: crossed, criteria: criteria, decision: decision)
    }
    let criteria = try gate.criteria(asOf: day)
    let unmet = criteria.contains { $0.status == .unmet }
    let late = day > gate.frame.deadline
    return verdict(
      index, unmet ? (late ? .withhold : .atRisk) : .pending, criteria: criteria,
      decision: decision)
  }

  /// A stop ends a gate that was not crossed before it, or whose next phase had not begun.
  private func isStopped(_ index: Int, crossed: Day?, asOf day: Day) -> Bool {
    guard let stop = plan.project.stopped, day >= stop.on else { return false }
    guard let crossed, crossed < stop.on else { return true }
    return index + 1 < gates.count && plan.phases[index + 1].from >= stop.on
  }

  private func verdict(
    _ index: Int, _ recommendation: Recommendation, crossed: Day? = nil,
    criteria: [Criterion] = [], decision: Decision?
  ) -> GateJudgement {
    let frame = gates[index].frame
    let next = index + 1 < plan.phases.count ? plan.phases[index + 1] : nil
    return GateJudgement(
      phase: frame.phase.id, date: frame.date, deadline: frame.deadline, nextPhase: next?.id,
      fundsAtStake: next?.funding ?? plan.project.balance, recommendation: recommendation,
      crossed: crossed,
      ready: recommendation == .pending && criteria.allSatisfy(\.status.isGood),
      discretionary: (recommendation == .withhold || recommendation == .atRisk)
        && Judge.leavesAChoice(criteria, rightToError: frame.phase.rightToError),
      decision: decision, criteria: criteria)
  }

  /// Whether the published rules leave the choice to the follow-up team (SPEC §5).
  private static func leavesAChoice(_ criteria: [Criterion], rightToError: Bool) -> Bool {
    let unmet = criteria.filter { $0.status == .unmet }
    if unmet.allSatisfy({ $0.grounds != .condition }) { return true }
    return rightToError
      && unmet.allSatisfy {
        if case .milestone = $0.finding { false } else { true }
      }
  }
}
