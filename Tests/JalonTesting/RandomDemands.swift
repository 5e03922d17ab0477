internal import JalonCore

/// What gates demand, chosen near what was really measured; and what people decided about them.
extension Dice {
  mutating func demanding(_ project: Project, in programme: Programme, after reports: History)
    -> Project
  {
    let plan = Plan(project: project, programme: programme)
    let judge = NaiveJudge(plan, reports, knownAt: Instant(microseconds: .max))
    var demanding = project
    for index in project.phases.indices {
      var known: Set<String> = []
      for _ in 0..<pick([0, 1, 1, 1, 2, 3], else: 1) {
        let phase = project.phases[index]
        var threshold = threshold(of: plan)
        guard known.insert(threshold.criterionID).inserted else { continue }
        bound(&threshold, in: phase, by: judge)
        demanding.phases[index].thresholds.append(threshold)
      }
    }
    return demanding
  }

  private mutating func threshold(of plan: Plan) -> Threshold {
    let index = number(0...(plan.indicators.count - 1))
    let indicator = plan.indicators[index]
    var threshold = Threshold(indicator: indicator.id)
    if !indicator.profiles.isEmpty, chance(40) {
      threshold.profile = pick(indicator.profiles, else: "a")
    }
    if chance(25) {
      let per = plan.indicators[number(0...(plan.indicators.count - 1))].id
      if per != indicator.id || threshold.profile != nil { threshold.per = per }
    }
    if indicator.kind == .flow || indicator.kind == .mean, chance(35) { threshold.since = .phase }
    if chance(25) { threshold.evidence = pick(Evidence.allCases, else: .observed) }
    return threshold
  }

  /// Limits that the measure of some day around the gate just keeps, or just misses.
  private mutating func bound(
    _ threshold: inout Threshold, in phase: Phase, by judge: NaiveJudge
  ) {
    let day = phase.to.adding(days: pick([0, 0, 0, 0, -40, 20, 60, 130], else: 0))
    guard chance(85), let measure = judge.measure(threshold, of: phase, asOf: day),
      let micros = Int64(measure.value.roundedMicros.text), abs(micros) < 9_000_000_000_000_000_000
    else {
      threshold.min = Quantity(number(0...60))
      return
    }
    let slack = Int64(pick([0, 0, 1_000_000, 3_000_000, 1, -1, -1_000_000], else: 0))
    if chance(70) { threshold.min = Quantity(micros: micros - slack) }
    if threshold.min == nil || chance(15) {
      threshold.max = Quantity(micros: max(micros + slack, threshold.min?.micros ?? .min))
    }
  }

  mutating func decided(_ reports: History, about plan: Plan) -> History {
    var history = reports
    guard let first = plan.phases.first, let last = plan.phases.last else { return history }
    let days = first.from.number...(last.to.number + 200)
    for phase in plan.phases {
      while chance(12) {
        let (at, on) = moment(in: days)
        let verdict = chance(65) ? Verdict.release : .withhold
        history.decisions.append(
          Decision(
            phase: phase.id, verdict: verdict, at: at, on: on, isTakenBack: chance(15)))
      }
      while chance(12) {
        let criterion = pick(criteria(of: phase, in: plan), else: "reports:i1")
        history.waivers.append(
          Waiver(phase: phase.id, criterion: criterion, at: moment(in: days).at))
        guard chance(30) else { continue }
        history.waivers.append(
          Waiver(
            phase: phase.id, criterion: criterion, at: moment(in: days).at, isTakenBack: true))
      }
    }
    for submission in reports.submissions where !submission.units.isEmpty && chance(7) {
      let index = number(0...(submission.units.count - 1))
      let (indicator, unit) = submission.units[index]
      for turn in 1...pick([1, 1, 1, 1, 2, 2, 3], else: 1) {
        let start = submission.receivedAt.microseconds / 86_400_000_000
        let (at, on) = moment(in: Int32(start)...Int32(start + 90))
        history.contests.append(
          Contest(
            indicator: indicator, period: unit.period, at: at, on: on,
            isTakenBack: turn > 1 && chance(50)))
      }
    }
    history.decisions.sort { $0.at < $1.at }
    history.waivers.sort { $0.at < $1.at }
    history.contests.sort { $0.at < $1.at }
    for index in history.decisions.indices where chance(80) {
      history.decisions[index].stood = pick(Recommendation.allCases, else: .pending)
      guard chance(30) else { continue }
      let days = number(0...40)
      let decision = history.decisions[index]
      history.decisions[index].askedAt = Instant(
        microseconds: decision.at.microseconds - Int64(days) * 86_400_000_000)
      history.decisions[index].askedOn = decision.on.adding(days: -days)
    }
    return history
  }

  private func criteria(of phase: Phase, in plan: Plan) -> [String] {
    phase.milestones.map { "milestone:" + $0.id } + phase.thresholds.map(\.criterionID)
      + plan.indicators.flatMap { ["reports:" + $0.id, "deviation:" + $0.id] }
  }

  private mutating func moment(in days: ClosedRange<Int32>) -> (at: Instant, on: Day) {
    let day = Day(number: Int32(number(Int(days.lowerBound)...Int(days.upperBound))))
    let second = Int64(number(40_000...80_000))
    let at = Int64(day.number) * 86_400_000_000 + second * 1_000_000
    return (Instant(microseconds: at), day)
  }

  mutating func questions(
    about plan: Plan, with history: History
  ) -> [RandomPortfolio.Question] {
    guard let first = plan.phases.first, let last = plan.phases.last else { return [] }
    let end = Instant(utc: last.to.adding(days: 1_000))
    let grace = plan.graceDays
    return (0..<4).map { _ in
      let phase = pick(plan.phases, else: last)
      var day = phase.to.adding(days: pick([-20, -1, 0, 1, grace, grace + 1, 60, 150], else: 0))
      if chance(15) { day = first.from.adding(days: number(-5...400)) }
      if chance(35) { day = last.to.adding(days: number(0...150)) }
      if let stop = plan.project.stopped?.on, chance(40) {
        day = stop.adding(days: number(-1...90))
      }
      var knownAt = chance(65) ? end : Instant(utc: day.adding(days: number(0...40)))
      // Often the very instant at which something came in.
      if chance(10) { knownAt = pick(history.submissions.map(\.receivedAt), else: knownAt) }
      return RandomPortfolio.Question(asOf: day, knownAt: knownAt)
    }
  }
}
