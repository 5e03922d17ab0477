/// Puts together the gates of a plan from what is known of it.
struct GateBuilder {
  private let plan: Plan
  private let knowledge: Knowledge
  private let totals: [Series]
  private let missing: [[ExpectedPeriod]]

  init(_ plan: Plan, knowing knowledge: Knowledge) throws(ComputedOverflow) {
    self.plan = plan
    self.knowledge = knowledge
    var totals: [Series] = []
    for indicator in plan.indicators {
      totals.append(try Series(of: indicator, units: knowledge.units[indicator.id] ?? []))
    }
    self.totals = totals
    missing = plan.indicators.map { plan.missingPeriods(of: $0, knowing: knowledge) }
  }

  func gates() throws(ComputedOverflow) -> [Gate] {
    let days = eventDays()
    var gates: [Gate] = []
    for phase in plan.phases {
      let frame = GateFrame(
        phase: phase, graceDays: plan.graceDays,
        reportingCadence: plan.programme.reporting.cadence)
      let later = days.firstIndex { $0 > phase.to } ?? days.count
      gates.append(
        Gate(
          frame: frame, criteria: try criteria(in: frame),
          waived: Set(knowledge.waivers.filter { $0.phase == phase.id }.map(\.criterion)),
          laterDays: Array(days[later...])))
    }
    return gates
  }

  /// The days on which a reported period ends or a milestone was reached, in order.
  private func eventDays() -> [Day] {
    var days = knowledge.milestones.values.compactMap(\.reached)
    for units in knowledge.units.values {
      for unit in units { days.append(unit.period.end) }
    }
    days.sort()
    var distinct: [Day] = []
    for day in days where day != distinct.last { distinct.append(day) }
    return distinct
  }

  private func criteria(in frame: GateFrame) throws(ComputedOverflow) -> [any GateCriterion] {
    let phase = frame.phase
    var rules: [any GateCriterion] = phase.milestones.map { milestone in
      MilestoneCriterion(
        milestone: milestone, frame: frame, reach: knowledge.milestones[milestone.id])
    }
    for threshold in phase.thresholds { rules.append(try rule(for: threshold, in: frame)) }
    let read = Set(phase.thresholds.flatMap { [$0.indicator] + [$0.per].compactMap(\.self) })
    let relevant = plan.indicators.indices.filter {
      plan.indicators[$0].isRelevant(in: phase.id)
    }
    for index in relevant {
      let id = plan.indicators[index].id
      rules.append(
        ReportsCriterion(
          indicator: id, frame: frame,
          binds: plan.programme.reporting.blocks || read.contains(id),
          missing: missing[index].filter { $0.end >= phase.from && $0.end <= phase.to }))
    }
    for index in relevant {
      guard let forecast = plan.indicators[index].forecast else { continue }
      rules.append(
        DeviationCriterion(
          indicator: plan.indicators[index], frame: frame, series: totals[index],
          forecast: forecast))
    }
    return rules
  }

  private func rule(
    for threshold: Threshold, in frame: GateFrame
  ) throws(ComputedOverflow) -> ThresholdCriterion {
    let below = try threshold.per.flatMap { (per) throws(ComputedOverflow) -> Series? in
      try series(of: per, profile: plan.divisorProfile(of: threshold))
    }
    return ThresholdCriterion(
      threshold: threshold, frame: frame,
      series: try series(of: threshold.indicator, profile: threshold.profile), below: below)
  }

  private func series(of id: String, profile: String?) throws(ComputedOverflow) -> Series? {
    guard let position = plan.position(of: id) else { return nil }
    guard let profile else { return totals[position] }
    return try Series(
      of: plan.indicators[position], profile: profile, units: knowledge.units[id] ?? [])
  }
}

extension Plan {
  /// The profile at which a ratio's divisor is read: the threshold's, if the divisor is another
  /// indicator that declares it; else the total (SPEC §2).
  public func divisorProfile(of threshold: Threshold) -> String? {
    guard let per = threshold.per, per != threshold.indicator, let profile = threshold.profile,
      indicator(per)?.profiles.contains(profile) == true
    else { return nil }
    return profile
  }

  /// The expected periods for which nothing stands, with the day each is due; a contested period
  /// is due the day it was contested (SPEC §3, §4).
  public func missingPeriods(
    of indicator: Indicator, knowing knowledge: Knowledge
  ) -> [ExpectedPeriod] {
    let units = knowledge.units[indicator.id] ?? []
    let contested = knowledge.contested[indicator.id] ?? [:]
    var next = 0
    return expectedPeriods(of: indicator).compactMap { expected in
      while next < units.count, units[next].period < expected.period { next += 1 }
      if next < units.count, units[next].period == expected.period { return nil }
      guard let day = contested[expected.period] else { return expected }
      return ExpectedPeriod(period: expected.period, end: expected.end, due: day)
    }
  }
}
