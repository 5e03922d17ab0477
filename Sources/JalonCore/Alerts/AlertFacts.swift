/// What holds of one judged project that somebody should know (SPEC §9).
public struct AlertFacts: Sendable {
  /// When somebody should know.
  public struct Terms: Hashable, Sendable {
    /// Days until the follow-up team hears of a team's delay.
    public var escalateDays: Int
    /// Days ahead that a team is told what is due; 0 for not at all.
    public var dueSoonDays: Int

    /// Terms.
    public init(escalateDays: Int, dueSoonDays: Int) {
      self.escalateDays = escalateDays
      self.dueSoonDays = dueSoonDays
    }
  }

  private let plan: Plan
  private let knowledge: Knowledge
  private let gates: [GateJudgement]
  private let day: Day
  private let terms: Terms

  /// The facts of a project whose gates were judged as of a day.
  public init(
    _ plan: Plan, knowing knowledge: Knowledge, gates: [GateJudgement], asOf day: Day,
    on terms: Terms
  ) {
    self.plan = plan
    self.knowledge = knowledge
    self.gates = gates
    self.day = day
    self.terms = terms
  }

  /// Every fact that holds, no two with the same key.
  ///
  /// A stopped project owes nothing any more.
  public var holding: [Alert] {
    if let stopped = plan.project.stopped, day >= stopped.on { return contradictions }
    var alerts = gates.compactMap(gate) + contradictions
    alerts += milestones + deviations + reports
    if terms.dueSoonDays > 0 { alerts += milestonesDueSoon }
    return alerts
  }

  private func alert(
    _ kind: AlertKind, _ subject: String, _ audience: Audience, since: Day
  ) -> Alert {
    Alert(
      AlertKey(kind, project: plan.project.id, subject: subject, audience: audience),
      programme: plan.programme.id, since: since)
  }

  /// A delay of the team's: told to the team at once, and to those who follow it when it lasts.
  private func delay(_ kind: AlertKind, _ subject: String, since: Day) -> [Alert] {
    let team = alert(kind, subject, .team, since: since)
    guard day >= since.adding(days: terms.escalateDays) else { return [team] }
    return [team, alert(kind, subject, .followUp, since: since)]
  }

  // MARK: Gates

  /// Where an undecided gate stands, if that moves money.
  private func gate(_ gate: GateJudgement) -> Alert? {
    guard gate.decision == nil, gate.fundsAtStake > .zero else { return nil }
    switch gate.recommendation {
    case .withhold:
      return alert(
        .gateWithhold, gate.phase, .followUp, since: gate.deadline.adding(days: 1))
    case .atRisk:
      return alert(.gateAtRisk, gate.phase, .followUp, since: atRisk(gate))
    case .release:
      return alert(.gateReleased, gate.phase, .followUp, since: gate.crossed ?? gate.date)
    case .notReached, .stopped, .pending: return nil
    }
  }

  /// The first day on which something of a gate was unmet.
  private func atRisk(_ gate: GateJudgement) -> Day {
    let days = gate.criteria.filter { $0.status == .unmet }.compactMap { criterion in
      switch criterion.finding {
      case .milestone(_, let last, _): last.adding(days: 1)
      case .deviation(_, let measure, _): measure.period.end
      case .threshold, .reports: nil as Day?
      }
    }
    return (days + overdue.map(\.since)).min() ?? day
  }

  private var contradictions: [Alert] {
    gates.filter { $0.contradicted != nil }
      .map { alert(.decisionContradicted, $0.phase, .followUp, since: day) }
  }

  /// Gates that are still to be crossed and that nobody has decided on.
  private var undecided: [GateJudgement] {
    gates.filter { $0.decision == nil && $0.recommendation != .release }
  }

  // MARK: What gates rest on

  /// Whatever was decided, a milestone is late until it is reached or the money is released.
  ///
  /// Those who follow the project hear of it with its gate, which it puts at risk at once; of a gate
  /// that moves no money nothing is told, and the milestone escalates as a report does.
  private var milestones: [Alert] {
    let open = gates.filter { $0.effective != Recommendation.release.rawValue }
    return open.flatMap { gate in
      gate.criteria.flatMap { criterion -> [Alert] in
        guard criterion.status == .unmet, case .milestone(_, let last, _) = criterion.finding else {
          return []
        }
        let id = String(criterion.id.dropFirst("milestone:".count))
        let since = last.adding(days: 1)
        return gate.fundsAtStake > .zero
          ? [alert(.milestoneOverdue, id, .team, since: since)]
          : delay(.milestoneOverdue, id, since: since)
      }
    }
  }

  private var deviations: [Alert] {
    var seen: Set<String> = []
    return undecided.flatMap(\.criteria).compactMap { criterion in
      guard case .deviation(.strong, let measure, _) = criterion.finding,
        criterion.status != .waived, seen.insert(criterion.id).inserted
      else { return nil }
      let id = String(criterion.id.dropFirst("deviation:".count))
      return alert(.deviationStrong, id, .followUp, since: measure.period.end)
    }
  }

  // MARK: Reports

  /// The missing reports of one due day.
  private struct Missing {
    let due: Day
    /// The first day on which they are late.
    let since: Day
  }

  /// Missing reports of phases whose gate is not released: a released gate closes its books.
  private var missing: [Missing] {
    let released = Set(
      gates.filter { $0.effective == Recommendation.release.rawValue }.map(\.phase))
    var dues: Set<Day> = []
    for indicator in plan.indicators {
      for expected in plan.missingPeriods(of: indicator, knowing: knowledge) {
        let phase = plan.phase(containing: expected.end).map { plan.phases[$0].id }
        guard !released.contains(phase ?? "") else { continue }
        dues.insert(expected.due)
      }
    }
    return dues.sorted().map { due in
      Missing(due: due, since: due.adding(days: plan.graceDays + 1))
    }
  }

  private var overdue: [Missing] { missing.filter { $0.since <= day } }

  private var reports: [Alert] {
    missing.flatMap { missing -> [Alert] in
      let subject = missing.due.description
      if missing.since <= day { return delay(.reportOverdue, subject, since: missing.since) }
      let first = missing.since.adding(days: -1 - terms.dueSoonDays)
      guard terms.dueSoonDays > 0, first <= day else { return [] }
      return [alert(.dueSoon, "report:" + subject, .team, since: first)]
    }
  }

  private var milestonesDueSoon: [Alert] {
    let judged = Set(undecided.filter { $0.recommendation != .notReached }.map(\.phase))
    let ahead = plan.phases.filter { judged.contains($0.id) }.flatMap(\.milestones)
    return ahead.compactMap { milestone in
      let first = milestone.due.adding(days: -terms.dueSoonDays)
      guard knowledge.milestones[milestone.id]?.reached == nil, first <= day, day <= milestone.due
      else { return nil }
      return alert(.dueSoon, "milestone:" + milestone.id, .team, since: first)
    }
  }
}
