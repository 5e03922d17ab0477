public import JalonCore

/// A second reading of SPEC §3–§5, by brute force, to hold the core's judgement against.
///
/// Written from the contract alone: every day from a gate's date on is tried for the crossing, the
/// whole history is read again for what stands, and numbers are fractions of any size. What a
/// criterion says of the same known periods is remembered, for the sake of the tests' patience.
public final class NaiveJudge {
  let plan: Plan
  let facts: NaiveFacts
  private var entries: [String: [NaiveEntry]] = [:]
  private var unreported: [String: [(period: Period, end: Day, due: Day)]] = [:]
  private var reaches: [String: Day?] = [:]
  private var measures: [String: NaiveMeasure?] = [:]

  /// The judge of a plan that knows what was received and decided by an instant.
  public init(_ plan: Plan, _ history: History, knownAt instant: Instant) {
    self.plan = plan
    facts = NaiveFacts(plan: plan, history: history, knownAt: instant)
  }

  func entries(of indicator: Indicator, profile: String?) -> [NaiveEntry] {
    let key = indicator.id + "/" + (profile ?? "")
    if let known = entries[key] { return known }
    let found = facts.entries(of: indicator, profile: profile)
    entries[key] = found
    return found
  }

  /// The expected periods that do not count as reported, and the day each is due.
  func unreportedPeriods(of indicator: Indicator) -> [(period: Period, end: Day, due: Day)] {
    if let known = unreported[indicator.id] { return known }
    let found = plan.naiveExpected(of: indicator)
      .filter { !facts.isReported(indicator.id, $0.period) }
      .map { one in
        (one.period, one.period.end, facts.contested(indicator.id, one.period) ?? one.due)
      }
    unreported[indicator.id] = found
    return found
  }

  func reached(_ milestone: String) -> Day? {
    if let known = reaches[milestone] { return known }
    let found = facts.reached(milestone)
    reaches[milestone] = .some(found)
    return found
  }

  func measure(
    _ indicator: Indicator, profile: String?, asOf day: Day, since: Day?, evidence: Evidence?
  ) -> NaiveMeasure? {
    let all = entries(of: indicator, profile: profile)
    let known = all.count { $0.end <= day }
    let rules = "\(since?.number ?? 0)/\(evidence?.word ?? "")"
    let key = "\(indicator.id)/\(profile ?? "")/\(known)/\(rules)"
    if let found = measures[key] { return found }
    let found = naiveMeasure(
      all, kind: indicator.kind, asOf: day, since: since, evidence: evidence)
    measures[key] = .some(found)
    return found
  }

  /// Every gate as of a day, in phase order.
  public func gates(asOf day: Day) -> [PlainGate] {
    var gates: [PlainGate] = []
    for number in plan.phases.indices {
      gates.append(gate(number, asOf: day, after: gates.last))
    }
    return gates
  }

  private func gate(_ number: Int, asOf day: Day, after previous: PlainGate?) -> PlainGate {
    let phase = plan.phases[number]
    let next = number + 1 < plan.phases.count ? plan.phases[number + 1] : nil
    let stake = next?.funding ?? plan.project.balance
    let outcome = outcome(
      phase, next: next, asOf: day, previous: previous?.fields["effective"])
    let place = decision(phase.id, asOf: day)
    let decision = place.map { facts.history.decisions[$0] }
    let effective = decision?.verdict.rawValue ?? outcome.recommendation
    let fields = [
      "phase": phase.id, "date": phase.to.description,
      "deadline": phase.to.adding(days: plan.graceDays).description,
      "nextPhase": next?.id ?? "null", "fundsAtStake": NaiveRatio(stake).text,
      "recommendation": outcome.recommendation,
      "crossed": outcome.crossed?.description ?? "null", "ready": String(outcome.ready),
      "discretionary": String(outcome.discretionary),
      "decision": decision?.verdict.rawValue ?? "null", "effective": effective,
      "flagged": String(effective == "withhold" && stake.micros > 0),
      "contradicted": place.flatMap { contradiction(number, by: $0) } ?? "null",
    ]
    return PlainGate(fields: fields, criteria: outcome.criteria.map(\.plain))
  }

  /// The place in the history of the decision that holds.
  private func decision(_ phase: String, asOf day: Day) -> Int? {
    var latest: (place: Int, decision: Decision)?
    for (place, decision) in facts.history.decisions.enumerated()
    where decision.phase == phase && decision.at <= facts.knownAt && decision.on <= day {
      if decision.at >= latest?.decision.at ?? decision.at { latest = (place, decision) }
    }
    guard let latest, !latest.decision.isTakenBack else { return nil }
    return latest.place
  }

  /// What was recommended when it was decided, if that day, judged with all that is known but none
  /// of the later decisions, asks for neither that nor what was decided (SPEC §9).
  private func contradiction(_ number: Int, by place: Int) -> String? {
    let decision = facts.history.decisions[place]
    guard let stood = decision.stood?.rawValue else { return nil }
    var history = facts.history
    history.decisions = Array(history.decisions[..<place]).filter { $0.at <= decision.askedAt }
    let then = NaiveJudge(plan, history, knownAt: facts.knownAt).gates(asOf: decision.askedOn)
    let now = then[number].fields["recommendation"] ?? ""
    return now == stood || now == decision.verdict.rawValue ? nil : stood
  }
}

/// What Jalon says of a gate.
struct NaiveOutcome {
  var recommendation: String
  var crossed: Day?
  var ready = false
  var discretionary = false
  var criteria: [NaiveCriterion] = []
}

extension NaiveJudge {
  func outcome(_ phase: Phase, next: Phase?, asOf day: Day, previous: String?) -> NaiveOutcome {
    if let previous, previous != "release" { return NaiveOutcome(recommendation: "notReached") }
    if day < phase.from { return NaiveOutcome(recommendation: "notReached") }
    let crossing = crossing(of: phase, upTo: day)
    if let stop = plan.project.stopped?.on, day >= stop {
      let wasCrossed = crossing.map { $0 < stop } ?? false
      let wentOn = next.map { $0.from < stop } ?? true
      if !wasCrossed || !wentOn { return NaiveOutcome(recommendation: "stopped") }
    }
    if let crossing {
      return NaiveOutcome(
        recommendation: "release", crossed: crossing, criteria: criteria(of: phase, asOf: crossing)
      )
    }
    let criteria = criteria(of: phase, asOf: day)
    let unmet = criteria.filter { $0.status == "unmet" }
    guard !unmet.isEmpty else {
      let ready = criteria.allSatisfy(\.isGood)
      return NaiveOutcome(recommendation: "pending", ready: ready, criteria: criteria)
    }
    let isLate = day > phase.to.adding(days: plan.graceDays)
    let isExcused = phase.rightToError && !unmet.contains { $0.id.hasPrefix("milestone:") }
    return NaiveOutcome(
      recommendation: isLate ? "withhold" : "atRisk",
      discretionary: isExcused || unmet.allSatisfy { $0.grounds != "condition" },
      criteria: criteria)
  }

  /// The first day from the gate's date on, every one tried, on which every criterion is good.
  private func crossing(of phase: Phase, upTo day: Day) -> Day? {
    var candidate = phase.to
    while candidate <= day {
      if isAllGood(phase, asOf: candidate) { return candidate }
      candidate = candidate.adding(days: 1)
    }
    return nil
  }

  private func isAllGood(_ phase: Phase, asOf day: Day) -> Bool {
    for milestone in phase.milestones {
      if !naiveMilestone(milestone, of: phase, asOf: day).isGood { return false }
    }
    for threshold in phase.thresholds {
      if !naiveThreshold(threshold, of: phase, asOf: day).isGood { return false }
    }
    for indicator in relevantIndicators(in: phase) {
      if !naiveReports(indicator, of: phase, asOf: day).isGood { return false }
      if naiveDeviation(indicator, of: phase, asOf: day)?.isGood == false { return false }
    }
    return true
  }
}
