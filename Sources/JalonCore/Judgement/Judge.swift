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
      let released = judgements.last?.isReleased ?? true
      var judgement = try judge(
        index, asOf: day, isReached: released, decisions: knowledge.decisions)
      judgement.reconsidered = try reconsidered(index, asOf: day)
      judgements.append(judgement)
    }
    return judgements
  }

  /// What is recommended now for the day on which the decision on a gate was based.
  ///
  /// Files, contests, waivers and plans that came since count, as they reach back to that day; what
  /// was decided since does not: it corrects nothing.
  private func reconsidered(
    _ index: Int, asOf day: Day
  ) throws(ComputedOverflow) -> Recommendation? {
    guard let place = latest(index, asOf: day, in: knowledge.decisions[...]) else { return nil }
    let decision = knowledge.decisions[place]
    guard !decision.isTakenBack, decision.stood != nil else { return nil }
    let before = knowledge.decisions[..<place].filter { $0.at <= decision.askedAt }
    return try judge(index, asOf: decision.askedOn, decisions: before).recommendation
  }

  /// The latest decision on a gate, or what takes it back, by a day.
  private func latest(_ index: Int, asOf day: Day, in decisions: ArraySlice<Decision>) -> Int? {
    let phase = gates[index].frame.phase.id
    return decisions.lastIndex { $0.phase == phase && $0.on <= day }
  }

  /// Judges one gate, and of those before it only what nobody has decided.
  private func judge(
    _ index: Int, asOf day: Day, decisions: [Decision]
  ) throws(ComputedOverflow) -> GateJudgement {
    guard index > 0 else { return try judge(0, asOf: day, isReached: true, decisions: decisions) }
    let released: Bool
    if let place = latest(index - 1, asOf: day, in: decisions[...]), !decisions[place].isTakenBack {
      released = decisions[place].verdict == .release
    } else {
      released = try judge(index - 1, asOf: day, decisions: decisions).isReleased
    }
    return try judge(index, asOf: day, isReached: released, decisions: decisions)
  }

  private func judge(
    _ index: Int, asOf day: Day, isReached: Bool, decisions: [Decision]
  ) throws(ComputedOverflow) -> GateJudgement {
    let gate = gates[index]
    let phase = gate.frame.phase
    let latest = latest(index, asOf: day, in: decisions[...]).map { decisions[$0] }
    let decision = latest?.isTakenBack == true ? nil : latest
    guard isReached, day >= phase.from else {
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
