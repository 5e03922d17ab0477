internal import JalonCore

/// Something that one file says: a unit or a milestone row.
private enum Said {
  case unit(indicator: String, period: Period, rows: [Observation])
  case milestone(id: String, reached: Day?)
}

/// Random files of teams that report on time, late, twice, wrongly or never.
extension Dice {
  mutating func reports(for plan: Plan) -> History {
    var said: [(day: Day, what: Said)] = []
    let diligence = pick([40, 80, 95, 100, 100], else: 80)
    for indicator in plan.indicators {
      for (day, period, rows) in units(of: indicator, in: plan, diligence: diligence) {
        said.append((day, .unit(indicator: indicator.id, period: period, rows: rows)))
      }
    }
    for phase in plan.phases {
      for milestone in phase.milestones {
        for (day, reached) in reaches(of: milestone, diligence: diligence) {
          said.append((day, .milestone(id: milestone.id, reached: reached)))
        }
      }
    }
    return history(of: said.shuffled(using: &source))
  }

  /// Units and the day each is received, corrections included.
  private mutating func units(
    of indicator: Indicator, in plan: Plan, diligence: Int
  ) -> [(Day, Period, [Observation])] {
    guard let start = plan.start, let last = plan.phases.last else { return [] }
    var units: [(Day, Period, [Observation])] = []
    var period = Period(indicator.cadence, containing: start)
    let style = Style(dice: &self, indicator: indicator)
    let stop = last.to.adding(days: chance(50) ? 120 : 0)
    while period.end <= stop, units.count < 30 {
      defer { period = period.next }
      guard chance(diligence) else { continue }
      let rows = rows(of: indicator, style)
      var day = period.end.adding(days: pick([0, 1, 4, 10, 14, 15, 16, 30, 75, 200], else: 5))
      units.append((day, period, rows))
      while chance(15) {
        day = day.adding(days: pick([1, 10, 45, 120], else: 10))
        units.append((day, period, chance(40) ? rows : self.rows(of: indicator, style)))
      }
    }
    return units
  }

  private mutating func reaches(of milestone: Milestone, diligence: Int) -> [(Day, Day?)] {
    guard chance(diligence) else { return [] }
    var reached = milestone.due.adding(days: pick([-60, -9, -1, 0, 1, 8, 40, 150], else: 0))
    if chance(50) { reached = min(reached, milestone.due) }
    var day = reached.adding(days: pick([0, 2, 14, 90], else: 2))
    var reaches: [(Day, Day?)] = [(day, reached)]
    while chance(15) {
      day = day.adding(days: number(1...60))
      reaches.append((day, chance(50) ? nil : day.adding(days: -number(0...50))))
    }
    return reaches
  }

  /// Rows of one receipt day make a file, now and then two.
  private mutating func history(of said: [(day: Day, what: Said)]) -> History {
    var history = History()
    for day in Set(said.map(\.day)).sorted() {
      let today = said.filter { $0.day == day }.map(\.what)
      let splits = chance(30)
      let early = today.filter { _ in !splits || chance(50) }
      var instant = Instant(microseconds: Int64(day.number) * 86_400_000_000 + 30_000_000_000)
      for file in splits ? [early, today] : [early] where !file.isEmpty {
        let number = Int64(history.submissions.count + 1)
        history.submissions.append(submission(number, at: instant, saying: file))
        if chance(50) { instant = Instant(microseconds: instant.microseconds + 1) }
      }
    }
    return history
  }

  /// A file says each thing once.
  private func submission(_ number: Int64, at instant: Instant, saying file: [Said]) -> Submission {
    var submission = Submission(number: number, receivedAt: instant)
    var known: Set<String> = []
    for (line, said) in file.enumerated() {
      switch said {
      case .unit(let indicator, let period, let rows):
        guard known.insert("\(indicator) \(period)").inserted else { continue }
        let unit = ReportedUnit(period: period, submission: number, observations: rows)
        submission.units.append((indicator, unit))
      case .milestone(let id, let reached):
        guard known.insert(id).inserted else { continue }
        let source = Source(submission: number, line: Int32(line + 2))
        submission.milestones.append(
          MilestoneReach(milestone: id, reached: reached, source: source))
      }
    }
    return submission
  }
}

/// How one team fills in one indicator.
private struct Style {
  var center: Int
  var spread: Int
  var isNegative: Bool
  var notApplicable: Int
  var estimated: Int
  var isHuge: Bool

  init(dice: inout Dice, indicator: Indicator) {
    center = dice.number(0...20)
    spread = dice.number(0...8)
    isNegative = indicator.range.min == nil && dice.chance(60)
    notApplicable = dice.pick([0, 0, 0, 4, 15], else: 0)
    estimated = dice.pick([0, 20, 100], else: 20)
    isHuge = dice.chance(1)
  }
}

extension Dice {
  fileprivate mutating func rows(of indicator: Indicator, _ style: Style) -> [Observation] {
    let profiles = indicator.profiles
    var rows: [Observation] = []
    let hasTotal = profiles.isEmpty || indicator.across == .none || chance(40)
    if !profiles.isEmpty, !hasTotal || chance(70) {
      let some = indicator.across == .none ? profiles.filter { _ in chance(60) } : profiles
      for profile in some { rows.append(row(profile, of: indicator, style)) }
    }
    guard hasTotal else { return rows }
    var total = row(nil, of: indicator, style)
    let values = rows.compactMap(\.value)
    if indicator.across == .sum, !values.isEmpty, total.value != nil {
      total.value = Quantity(micros: values.reduce(0) { $0 + $1.micros })
    }
    rows.insert(total, at: number(0...rows.count))
    return rows
  }

  private mutating func row(_ profile: String?, of indicator: Indicator, _ style: Style)
    -> Observation
  {
    let fraction = chance(25) ? pick([100_000, 500_000, 333_333, 1], else: 0) : 0
    var value = (style.center + number(-style.spread...style.spread)) * 1_000_000 + fraction
    if style.isHuge { value = value &* 100_000_000_000 }
    if style.isNegative { value = -value } else { value = abs(value) }
    let respondents = chance(2) ? number(1...999) : number(1...9)
    let weight = Quantity(micros: Int64(respondents * (chance(20) ? 250_000 : 1_000_000)))
    return Observation(
      profile: profile,
      value: chance(style.notApplicable) ? nil : Quantity(micros: Int64(value)),
      weight: indicator.usesWeight && chance(60) ? weight : nil,
      evidence: chance(style.estimated)
        ? .estimated : pick([.observed, .audited], else: .observed),
      line: 2)
  }
}
