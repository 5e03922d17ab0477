internal import JalonCore

/// Random programmes and projects, before their gates demand anything.
extension Dice {
  mutating func programme() -> Programme {
    var programme = Programme(
      id: "P", title: "Programme", operatorName: "Opérateur", form: .guichet)
    let cadence: Cadence = pick(
      [.monthly, .quarterly, .quarterly, .halfYearly, .yearly], else: .quarterly)
    let finer = Cadence.allCases.filter { $0.months <= cadence.months }
    programme.reporting = Reporting(
      cadence: cadence,
      measured: chance(10)
        ? pick(Cadence.allCases, else: .monthly)
        : pick(finer, else: cadence),
      graceDays: pick([0, 5, 15, 15, 30], else: 15), blocks: chance(25))
    programme.tolerance = tolerance().over(Tolerance())
    if chance(30) {
      for number in 1...number(1...2) {
        programme.commitments.append(
          Commitment(
            id: "C\(number)", title: "Engagement", dueAfterMonths: self.number(0...18),
            after: pick(CommitmentStart.allCases, else: .award)))
      }
    }
    return programme
  }

  mutating func tolerance() -> ToleranceEntry {
    guard chance(60) else { return ToleranceEntry() }
    return ToleranceEntry(
      notable: chance(50) ? Quantity(micros: Int64(number(0...30) * 10_000)) : nil,
      strong: chance(50) ? Quantity(micros: Int64(number(10...60) * 10_000)) : nil,
      blocks: chance(75) ? chance(60) : nil)
  }

  /// A project with phases and indicators, some of them templates of the programme.
  mutating func project(in programme: inout Programme) -> Project {
    let start = firstDay()
    var project = Project(
      id: "A-1", programme: "P", title: "Projet", lead: "Porteur",
      awarded: start.adding(days: -number(0...90)), totalCost: Quantity(1_000_000),
      grant: Quantity(800_000))
    project.funded = start.adding(days: number(-30...60))
    project.phases = phases(from: start)
    project.balance = chance(30) ? .zero : Quantity(number(1...50_000))
    if chance(20) { project.graceDays = number(0...40) }
    let last = project.phases.last?.to ?? start
    if chance(12) {
      let length = Int(last.number - start.number)
      project.stopped = Stop(on: start.adding(days: number(0...(length + 60))), reason: "Arrêt")
    }
    for index in 1...number(1...4) {
      let whole = indicator(index, in: programme, phases: project.phases)
      switch number(0...9) {
      case 0...6: project.indicators.append(whole)
      case 7: programme.indicators.append(whole)
      default:
        programme.indicators.append(whole)
        var own = IndicatorEntry(id: whole.id)
        own.tolerance = chance(50) ? tolerance() : nil
        own.phases = chance(40) ? someIDs(of: project.phases) : nil
        project.indicators.append(own)
      }
    }
    return project
  }

  private mutating func firstDay() -> Day {
    let month = Period(cadence: .monthly, index: Int32(2020 * 12 + number(0...30)))
    return chance(70) ? month.start : month.start.adding(days: number(1...27))
  }

  private mutating func phases(from start: Day) -> [Phase] {
    var phases: [Phase] = []
    var from = start
    for index in 1...number(1...4) {
      let length = pick([1, 2, 3, 3, 4, 6, 6, 9], else: 3)
      let end = Period(.monthly, containing: from.adding(months: length - 1)).end
      let to = chance(75) ? end : end.adding(days: -number(0...25))
      let lasts = max(to, from)
      var phase = Phase(
        id: "F\(index)", title: "Phase \(index)", from: from, to: lasts,
        funding: chance(8) ? .zero : Quantity(number(1...400_000)), rightToError: chance(20))
      for ordinal in 1...3 where chance(ordinal == 1 ? 60 : 20) {
        let due = from.adding(days: number(0...Int(lasts.number - from.number)))
        phase.milestones.append(Milestone(id: "M\(index)-\(ordinal)", title: "Jalon", due: due))
      }
      phases.append(phase)
      from = lasts.adding(days: chance(80) ? 1 : number(2...40))
    }
    return phases
  }

  private mutating func someIDs(of phases: [Phase]) -> [String] {
    let some = phases.map(\.id).filter { _ in chance(60) }
    return some.isEmpty ? phases.prefix(1).map(\.id) : some
  }

  private mutating func indicator(
    _ index: Int, in programme: Programme, phases: [Phase]
  ) -> IndicatorEntry {
    let kind = pick(Kind.allCases, else: .level)
    var entry = IndicatorEntry(id: "i\(index)")
    entry.kind = kind
    entry.direction = pick(Direction.allCases, else: .up)
    entry.unit = chance(15) && kind == .mean ? "%" : "agents"
    if chance(40) { entry.profiles = Array(["a", "b", "c"].prefix(number(1...3))) }
    if chance(50) {
      entry.across =
        kind == .mean ? pick([.mean, .none], else: .mean) : pick(Across.allCases, else: .sum)
    }
    if chance(25) { entry.cadence = pick(Cadence.allCases, else: .monthly) }
    if chance(20) { entry.phases = someIDs(of: phases) }
    if chance(15) { entry.range = Limits() }
    if chance(65) {
      let cadence = entry.cadence ?? programme.reporting.measured
      entry.forecast = forecast(cadence, kind: kind, phases: phases)
    }
    if chance(40) { entry.tolerance = tolerance() }
    return entry
  }

  /// Planned measures for some periods, near what random reports amount to.
  private mutating func forecast(
    _ cadence: Cadence, kind: Kind, phases: [Phase]
  ) -> [Period: Quantity] {
    guard let first = phases.first, let last = phases.last else { return [:] }
    var planned: [Period: Quantity] = [:]
    var period = Period(cadence, containing: first.from)
    let step = number(-1...6)
    let density = pick([25, 60, 100], else: 60)
    var value = number(4...14)
    while period.start <= last.to {
      if kind != .mean { value += kind == .flow ? number(4...14) : step }
      if chance(density) {
        let micros = chance(20) ? number(0...999_999) : 0
        planned[period] =
          chance(4) ? .zero : Quantity(micros: Int64(value) * 1_000_000 + Int64(micros))
      }
      period = period.next
    }
    return planned
  }
}
