internal import JalonCore

/// A criterion whose printed fields wait until somebody wants to read them.
struct NaiveCriterion {
  let id: String
  let grounds: String
  let status: String
  let fields: () -> [String: String?]

  var isGood: Bool { ["met", "waived", "warning"].contains(status) }

  var plain: PlainCriterion {
    PlainCriterion(
      id: id, grounds: grounds, status: status, fields: fields().mapValues { $0 ?? "null" })
  }
}

/// The criteria of a gate, row by row of SPEC §5's table.
extension NaiveJudge {
  func criteria(of phase: Phase, asOf day: Day) -> [NaiveCriterion] {
    let relevant = relevantIndicators(in: phase)
    return phase.milestones.map { naiveMilestone($0, of: phase, asOf: day) }
      + phase.thresholds.map { naiveThreshold($0, of: phase, asOf: day) }
      + relevant.map { naiveReports($0, of: phase, asOf: day) }
      + relevant.compactMap { naiveDeviation($0, of: phase, asOf: day) }
  }

  func relevantIndicators(in phase: Phase) -> [Indicator] {
    plan.indicators.filter { $0.phases?.contains(phase.id) ?? true }
  }

  private func criterion(
    _ id: String, _ grounds: String, _ status: String, of phase: Phase,
    _ fields: @autoclosure @escaping () -> [String: String?]
  ) -> NaiveCriterion {
    let latest = facts.history.waivers.last {
      $0.phase == phase.id && $0.criterion == id && $0.at <= facts.knownAt
    }
    let isWaived = latest.map { !$0.isTakenBack } ?? false
    return NaiveCriterion(
      id: id, grounds: grounds, status: isWaived ? "waived" : status, fields: fields)
  }

  func naiveMilestone(_ milestone: Milestone, of phase: Phase, asOf day: Day) -> NaiveCriterion {
    let reached = reached(milestone.id).flatMap { $0 <= day ? $0 : nil }
    let filed = Period(plan.programme.reporting.cadence, containing: milestone.due).end
    let last = min(filed, phase.to).adding(days: plan.graceDays)
    let status = reached != nil ? "met" : day <= last ? "pending" : "unmet"
    return criterion(
      "milestone:\(milestone.id)", "condition", status, of: phase,
      ["due": milestone.due.description, "reached": reached?.description])
  }

  func naiveThreshold(_ threshold: Threshold, of phase: Phase, asOf day: Day) -> NaiveCriterion {
    var id = "threshold:" + threshold.indicator
    if let profile = threshold.profile { id += "/" + profile }
    if let per = threshold.per { id += ":" + per }
    let measure = measure(threshold, of: phase, asOf: day)
    var isSatisfied = measure != nil
    if let measure, let lowest = threshold.min, measure.value < NaiveRatio(lowest) {
      isSatisfied = false
    }
    if let measure, let highest = threshold.max, measure.value > NaiveRatio(highest) {
      isSatisfied = false
    }
    let deadline = phase.to.adding(days: plan.graceDays)
    let status = isSatisfied ? "met" : day <= deadline ? "pending" : "unmet"
    return criterion(
      id, "condition", status, of: phase,
      [
        "measure": measure?.value.text, "period": measure?.period.description,
        "min": threshold.min.map { NaiveRatio($0).text },
        "max": threshold.max.map { NaiveRatio($0).text }, "since": threshold.since.rawValue,
      ])
  }

  /// What a threshold measures as of a day, a ratio in percent included.
  func measure(_ threshold: Threshold, of phase: Phase, asOf day: Day) -> NaiveMeasure? {
    let since = threshold.since == .phase ? phase.from : nil
    guard let indicator = plan.indicators.first(where: { $0.id == threshold.indicator }),
      let above = measure(
        indicator, profile: threshold.profile, asOf: day, since: since,
        evidence: threshold.evidence)
    else { return nil }
    guard let per = threshold.per else { return above }
    guard let divisor = plan.indicators.first(where: { $0.id == per }) else { return nil }
    var profile = threshold.profile
    if per == threshold.indicator { profile = nil }
    if let name = profile, !divisor.profiles.contains(name) { profile = nil }
    guard
      let below = measure(
        divisor, profile: profile, asOf: day, since: since, evidence: threshold.evidence),
      !below.value.isZero
    else { return nil }
    return NaiveMeasure(
      value: above.value / below.value * NaiveRatio(100), period: above.period)
  }

  func naiveReports(_ indicator: Indicator, of phase: Phase, asOf day: Day)
    -> NaiveCriterion
  {
    let missing = unreportedPeriods(of: indicator).filter {
      phase.from <= $0.end && $0.end <= min(day, phase.to)
    }
    let overdue = missing.filter { day > $0.due.adding(days: plan.graceDays) }
    let awaited = missing.filter { day <= $0.due.adding(days: plan.graceDays) }
    let binds =
      plan.programme.reporting.blocks
      || phase.thresholds.contains { $0.indicator == indicator.id || $0.per == indicator.id }
    var status = "met"
    if !overdue.isEmpty {
      status = binds ? "unmet" : "warning"
    } else if !awaited.isEmpty, binds {
      status = "pending"
    }
    return criterion(
      "reports:\(indicator.id)", "duty", status, of: phase,
      [
        "overdue": "[" + overdue.map(\.period.description).joined(separator: " ") + "]",
        "awaited": "[" + awaited.map(\.period.description).joined(separator: " ") + "]",
      ])
  }

  func naiveDeviation(_ indicator: Indicator, of phase: Phase, asOf day: Day)
    -> NaiveCriterion?
  {
    guard let forecast = indicator.forecast else { return nil }
    let known = entries(of: indicator, profile: nil).filter { $0.end <= day }
    guard let latest = known.last(where: { $0.value != nil }),
      !known.contains(where: { $0.isNotApplicable && $0.end > latest.end }),
      let planned = forecast.naivePlanned(at: latest.period), !planned.isZero,
      let measure = measure(
        indicator, profile: nil, asOf: latest.end, since: nil, evidence: nil)
    else { return nil }
    let difference = planned - measure.value
    let shortfall =
      switch indicator.direction {
      case .up: max(difference, NaiveRatio(0))
      case .down: max(measure.value - planned, NaiveRatio(0))
      case .target: difference.magnitude
      }
    let level = level(shortfall, of: planned, indicator.tolerance)
    let isForgiven = !indicator.tolerance.blocks || phase.rightToError
    let status =
      level == "onTrack" ? "met" : level == "strong" && !isForgiven ? "unmet" : "warning"
    return criterion(
      "deviation:\(indicator.id)", "reserve", status, of: phase,
      [
        "level": level, "measure": measure.value.text, "forecast": planned.text,
        "period": latest.period.description,
      ])
  }

  private func level(_ shortfall: NaiveRatio, of planned: NaiveRatio, _ tolerance: Tolerance)
    -> String
  {
    guard shortfall > NaiveRatio(0) else { return "onTrack" }
    if shortfall >= NaiveRatio(tolerance.strong) * planned.magnitude { return "strong" }
    if shortfall >= NaiveRatio(tolerance.notable) * planned.magnitude { return "notable" }
    return "onTrack"
  }
}
