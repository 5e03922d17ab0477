internal import JalonCore

/// What one period says of an indicator or of one of its profiles.
struct NaiveEntry {
  var period: Period
  /// Absent when the period says nothing of it, or that it is not applicable.
  var value: NaiveRatio?
  /// What the period adds to Σ value × weight and to Σ weight.
  var weighted: NaiveRatio
  var weight: NaiveRatio
  /// The weakest row that the value is built from.
  var evidence: Evidence
  var isNotApplicable: Bool
  /// The period's last day.
  var end: Day

  init(
    period: Period, value: NaiveRatio? = nil, weighted: NaiveRatio = NaiveRatio(0),
    weight: NaiveRatio = NaiveRatio(0), evidence: Evidence = .estimated,
    isNotApplicable: Bool = false
  ) {
    self.period = period
    self.value = value
    self.weighted = weighted
    self.weight = weight
    self.evidence = evidence
    self.isNotApplicable = isNotApplicable
    end = period.end
  }
}

/// What stands at an instant, found by reading the whole history again each time (SPEC §4).
struct NaiveFacts {
  let plan: Plan
  let history: History
  let knownAt: Instant

  /// The rows that stand for an indicator and period at an instant, contested or not.
  func standing(_ indicator: String, _ period: Period, at instant: Instant) -> ReportedUnit? {
    var latest: (submission: Submission, unit: ReportedUnit)?
    for submission in history.submissions where submission.receivedAt <= instant {
      for entry in submission.units
      where entry.indicator == indicator && entry.unit.period == period {
        if let known = latest?.submission,
          (known.receivedAt, known.number) > (submission.receivedAt, submission.number)
        {
          continue
        }
        latest = (submission, entry.unit)
      }
    }
    return latest?.unit
  }

  /// The day of the latest contest in force against the unit, if there is one.
  func contested(_ indicator: String, _ period: Period) -> Day? {
    var latest: (at: Instant, on: Day)?
    let contests = history.contests.filter {
      $0.indicator == indicator && $0.period == period && $0.at <= knownAt
    }
    for (place, contest) in contests.enumerated() where !contest.isTakenBack {
      if contests[(place + 1)...].contains(where: \.isTakenBack) { continue }
      guard let before = standing(indicator, period, at: contest.at) else { continue }
      let isReplaced = history.submissions.contains { submission in
        submission.receivedAt > contest.at && submission.receivedAt <= knownAt
          && submission.units.contains { entry in
            entry.indicator == indicator && entry.unit.period == period
              && figures(entry.unit) != figures(before)
          }
      }
      if !isReplaced, contest.at >= latest?.at ?? contest.at { latest = (contest.at, contest.on) }
    }
    return latest?.on
  }

  /// The values and weights that a unit gives, by profile.
  private func figures(_ unit: ReportedUnit) -> Set<[String]> {
    Set(
      unit.observations.map { row in
        [row.profile ?? "", row.value?.description ?? "n/a", row.weight?.description ?? ""]
      })
  }

  /// Whether a period counts as reported.
  func isReported(_ indicator: String, _ period: Period) -> Bool {
    standing(indicator, period, at: knownAt) != nil && contested(indicator, period) == nil
  }

  /// Every period that counts as reported, in order, with its rows.
  func units(of indicator: String) -> [ReportedUnit] {
    var periods: Set<Period> = []
    for submission in history.submissions where submission.receivedAt <= knownAt {
      for entry in submission.units where entry.indicator == indicator {
        periods.insert(entry.unit.period)
      }
    }
    return periods.sorted { $0.end < $1.end }
      .filter { contested(indicator, $0) == nil }
      .compactMap { standing(indicator, $0, at: knownAt) }
  }

  /// The day a milestone was reached, by the latest row that was received.
  func reached(_ milestone: String) -> Day? {
    var latest: (submission: Submission, row: MilestoneReach)?
    for submission in history.submissions where submission.receivedAt <= knownAt {
      for row in submission.milestones where row.milestone == milestone {
        if let known = latest?.submission,
          (known.receivedAt, known.number) > (submission.receivedAt, submission.number)
        {
          continue
        }
        latest = (submission, row)
      }
    }
    return latest?.row.reached
  }

  /// What each reported period says of an indicator, or of one of its profiles, in order.
  func entries(of indicator: Indicator, profile: String?) -> [NaiveEntry] {
    units(of: indicator.id).map { unit in
      if let profile { return self.entry(of: unit, profile: profile) }
      return unit.observations.contains { $0.profile == nil }
        ? givenTotal(of: unit, indicator) : computedTotal(of: unit, indicator)
    }
  }

  private func entry(of unit: ReportedUnit, profile: String) -> NaiveEntry {
    let own = unit.observations.first { $0.profile == profile }
    let total = unit.observations.first { $0.profile == nil }
    guard let row = own else {
      let isNotApplicable = total.map { $0.value == nil } ?? false
      return NaiveEntry(period: unit.period, isNotApplicable: isNotApplicable)
    }
    return entry(of: row, weighing: NaiveRatio(row.weight ?? Quantity(1)), unit.period)
  }

  private func givenTotal(of unit: ReportedUnit, _ indicator: Indicator) -> NaiveEntry {
    let profiles = unit.observations.filter { $0.profile != nil && $0.value != nil }
    guard let total = unit.observations.first(where: { $0.profile == nil }) else {
      return NaiveEntry(period: unit.period)
    }
    var weight = NaiveRatio(total.weight ?? Quantity(1))
    if indicator.across == .mean, total.weight == nil, !profiles.isEmpty {
      weight = profiles.reduce(NaiveRatio(0)) { $0 + NaiveRatio($1.weight ?? Quantity(1)) }
    }
    return entry(of: total, weighing: weight, unit.period)
  }

  private func entry(
    of row: Observation, weighing weight: NaiveRatio, _ period: Period
  ) -> NaiveEntry {
    guard let value = row.value.map({ NaiveRatio($0) }) else {
      return NaiveEntry(period: period, isNotApplicable: true)
    }
    return NaiveEntry(
      period: period, value: value, weighted: value * weight, weight: weight,
      evidence: row.evidence)
  }

  private func computedTotal(of unit: ReportedUnit, _ indicator: Indicator) -> NaiveEntry {
    var result = NaiveEntry(period: unit.period, evidence: .audited)
    var sum = NaiveRatio(0)
    var isEmpty = true
    for row in unit.observations {
      guard let value = row.value.map({ NaiveRatio($0) }) else { continue }
      let weight = NaiveRatio(row.weight ?? Quantity(1))
      isEmpty = false
      sum = sum + value
      result.weighted = result.weighted + value * weight
      result.weight = result.weight + weight
      result.evidence = min(result.evidence, row.evidence)
    }
    result.isNotApplicable = isEmpty
    guard !isEmpty else { return result }
    switch indicator.across {
    case .sum: result.value = sum
    case .mean: result.value = result.weighted / result.weight
    case .none: break
    }
    return result
  }
}
