/// What an early warning follows through time, and what it is held against.
struct Course {
  let indicator: Indicator
  let profile: String?
  /// What the measure is divided by, for a ratio, and at which profile that is read.
  let below: (indicator: Indicator, profile: String?)?
  /// The first day whose periods count.
  let since: Day?
  let evidence: Evidence?
  let bounds: [EarlyWarning.Bound]
  let gatePeriod: Period
}

extension Plan {
  /// What a criterion follows, or `nil` when it follows nothing.
  ///
  /// A forecast is not followed where a threshold of the same total already is.
  func course(
    of criterion: Criterion, in phase: Phase, gate told: [EarlyWarning]
  ) -> Course? {
    switch criterion.finding {
    case .milestone, .reports: return nil
    case .threshold(let threshold, _, _, _): return course(of: threshold, in: phase)
    case .deviation:
      let id = String(criterion.id.dropFirst("deviation:".count))
      guard let indicator = indicator(id), let forecast = indicator.forecast,
        !told.contains(where: { $0.criterion == "threshold:" + id })
      else { return nil }
      let gatePeriod = indicator.cadence.last(by: phase.to)
      guard forecast.points.first?.period.cadence == indicator.cadence,
        let planned = forecast.planned(at: gatePeriod)
      else { return nil }
      return Course(
        indicator: indicator, profile: nil, below: nil, since: nil, evidence: nil,
        bounds: [.forecast(planned)], gatePeriod: gatePeriod)
    }
  }

  private func course(of threshold: Threshold, in phase: Phase) -> Course? {
    guard let indicator = indicator(threshold.indicator) else { return nil }
    var bounds: [EarlyWarning.Bound] = []
    if indicator.direction != .down, let min = threshold.min { bounds.append(.min(min)) }
    if indicator.direction != .up, let max = threshold.max { bounds.append(.max(max)) }
    guard !bounds.isEmpty else { return nil }
    var below: (indicator: Indicator, profile: String?)?
    if let per = threshold.per {
      guard let divisor = self.indicator(per) else { return nil }
      below = (divisor, divisorProfile(of: threshold))
    }
    return Course(
      indicator: indicator, profile: threshold.profile, below: below,
      since: threshold.since == .phase ? phase.from : nil, evidence: threshold.evidence,
      bounds: bounds, gatePeriod: indicator.cadence.last(by: phase.to))
  }

  /// The measure at the end of every period that gives it a value, the latest ones, in order.
  ///
  /// Each is rounded as it is printed: a trend through sums of many means would else take thousands
  /// of bits, and says no more.
  func measures(
    of course: Course, asOf day: Day, knowing knowledge: Knowledge
  ) throws(ComputedOverflow) -> [Measure] {
    let series = try series(course.indicator, course.profile, knowledge)
    var below: Series?
    if let divisor = course.below {
      below = try self.series(divisor.indicator, divisor.profile, knowledge)
    }
    let periods = series.entries.filter { entry in
      entry.value != nil && entry.end <= day && entry.period.cadence == course.indicator.cadence
        && course.since.map { entry.end >= $0 } ?? true
    }.suffix(EarlyWarning.most)
    var measures: [Measure] = []
    for entry in periods {
      let filter = Series.Filter(
        asOf: entry.end, since: course.since, evidence: course.evidence)
      // Where the evidence is too weak, the measure is an earlier period's, or missing.
      guard let measure = try series.measure(filter), measure.period == entry.period else {
        continue
      }
      var value = measure.value
      if let below {
        guard let divisor = try below.measure(filter),
          let ratio = try value.percent(of: divisor.value)
        else { continue }
        value = ratio
      }
      measures.append(
        Measure(value: Fraction(micros: value.roundedMicros), period: entry.period))
    }
    return measures
  }

  private func series(
    _ indicator: Indicator, _ profile: String?, _ knowledge: Knowledge
  ) throws(ComputedOverflow) -> Series {
    try Series(of: indicator, profile: profile, units: knowledge.units[indicator.id] ?? [])
  }
}

extension Cadence {
  /// The last period that ends on or before a day.
  func last(by day: Day) -> Period {
    let period = Period(self, containing: day)
    return period.end <= day ? period : Period(cadence: self, index: period.index - 1)
  }
}
