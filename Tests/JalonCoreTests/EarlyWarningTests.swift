import JalonCore
import JalonTesting
import Testing

@Suite("Early warning: where a measure is heading, beside the verdict")
struct EarlyWarningTests {
  /// The sample plan measured monthly, with a forecast or none, and a threshold at its first gate.
  func plan(
    _ direction: Direction, min: Int? = nil, max: Int? = nil, kind: Kind = .level,
    forecast: [Period: Quantity]? = nil
  ) -> Plan {
    var project = SampleFiles.projectValue
    project.indicators[0].direction = direction
    project.indicators[0].kind = kind
    project.indicators[0].cadence = .monthly
    project.indicators[0].forecast = forecast
    project.indicators.removeLast()
    project.phases[0].thresholds = []
    if min != nil || max != nil {
      project.phases[0].thresholds = [
        Threshold(
          indicator: "postes", min: min.map { Quantity($0) }, max: max.map { Quantity($0) })
      ]
    }
    return Plan(project: project, programme: SampleFiles.programmeValue)
  }

  /// What is known once these monthly values have been reported, from January on.
  func knowledge(_ values: [Int?]) -> Knowledge {
    var knowledge = Knowledge()
    knowledge.units["postes"] = values.enumerated().compactMap { index, value in
      value.map {
        ReportedUnit(
          period: month(index + 1), submission: 1, observations: [Observation(value: Quantity($0))])
      }
    }
    return knowledge
  }

  func warnings(_ plan: Plan, _ values: [Int?], asOf text: String) throws -> [EarlyWarning] {
    let known = knowledge(values)
    let gate = try Judge(plan, knowing: known).gates(asOf: day(text))[0]
    return plan.earlyWarnings(for: gate, asOf: day(text), knowing: known)
  }

  @Test("a straight line is carried to the gate and to the threshold")
  func straight() throws {
    let warning = try #require(
      try warnings(plan(.up, min: 300), [100, 120, 140], asOf: "2021-04-10").first)
    #expect(warning.criterion == "threshold:postes" && warning.bound == .min(Quantity(300)))
    #expect(warning.slope == Fraction(Quantity(20)) && warning.points == 3)
    #expect(warning.projected == Fraction(Quantity(200)) && warning.willBeKept == false)
    #expect(warning.crossing == month(11), "300 is reached at the end of November")
  }

  @Test("one odd value moves nothing")
  func robust() throws {
    let warning = try #require(
      try warnings(plan(.up, min: 300), [100, 120, 900, 160, 180], asOf: "2021-06-10").first)
    #expect(warning.slope == Fraction(Quantity(20)))
    #expect(warning.projected == Fraction(Quantity(200)))
  }

  @Test(
    "a direction points to one bound, a target to both",
    arguments: [
      (Direction.up, [EarlyWarning.Bound.min(Quantity(10))]),
      (.down, [.max(Quantity(500))]), (.target, [.min(Quantity(10)), .max(Quantity(500))]),
    ])
  func bounds(_ direction: Direction, _ expected: [EarlyWarning.Bound]) throws {
    let found = try warnings(
      plan(direction, min: 10, max: 500), [100, 120, 140], asOf: "2021-04-10")
    #expect(found.map(\.bound) == expected)
  }

  @Test("a maximum that is kept is lost where a rising trend passes it")
  func lost() throws {
    let warning = try #require(
      try warnings(plan(.down, max: 150), [100, 120, 140], asOf: "2021-04-10").first)
    #expect(warning.isKept && warning.willBeKept == false && warning.crossing == month(4))
  }

  @Test("a trend away from the threshold never crosses it")
  func never() throws {
    let warning = try #require(
      try warnings(plan(.up, min: 300), [140, 120, 100], asOf: "2021-04-10").first)
    #expect(warning.crossing == nil && !warning.isKept)
  }

  @Test("two values make no trend, nor does what is not known yet, nor a crossed gate")
  func none() throws {
    #expect(try warnings(plan(.up, min: 300), [100, nil, 140], asOf: "2021-04-10").isEmpty)
    #expect(try warnings(plan(.up, min: 300), [100, 120, 140], asOf: "2021-03-30").isEmpty)
    let crossed = plan(.target)
    var known = knowledge([100, 120, 140, 160, 180, 200])
    known.milestones["M1"] = MilestoneReach(
      milestone: "M1", reached: day("2021-03-01"), source: Source(submission: 1, line: 1))
    let gate = try Judge(crossed, knowing: known).gates(asOf: day("2021-07-20"))[0]
    #expect(gate.recommendation == .release)
    #expect(crossed.earlyWarnings(for: gate, asOf: day("2021-07-20"), knowing: known).isEmpty)
  }

  @Test("spending without a threshold is held against its forecast at the gate")
  func spending() throws {
    let plan = plan(
      .target, kind: .flow, forecast: [month(1): Quantity(100), month(6): Quantity(600)])
    let warning = try #require(try warnings(plan, [200, 200, 200], asOf: "2021-04-10").first)
    #expect(warning.criterion == "deviation:postes" && warning.bound == .forecast(Quantity(600)))
    #expect(warning.projected == Fraction(Quantity(1_200)))
    #expect(warning.isKept && warning.crossing == nil, "600 are spent by March")
  }

  @Test("a forecast is told no more once the gate's value is known")
  func forecastPast() throws {
    let plan = plan(
      .target, kind: .flow, forecast: [month(1): Quantity(100), month(6): Quantity(600)])
    #expect(try warnings(plan, [1, 2, 3, 4, 5], asOf: "2021-06-15").count == 1)
    #expect(try warnings(plan, [1, 2, 3, 4, 5, 6], asOf: "2021-07-20").isEmpty)
  }

  @Test("the value at the gate is projected only while it is not known")
  func known() throws {
    let warning = try #require(
      try warnings(plan(.up, min: 300), [1, 2, 3, 4, 5, 6], asOf: "2021-07-20").first)
    #expect(warning.projected == nil && warning.willBeKept == nil && warning.crossing != nil)
  }

  @Test("figures weaker than the evidence asked for make no point")
  func evidence() throws {
    var plan = plan(.up, min: 300)
    var project = plan.project
    project.phases[0].thresholds[0].evidence = .observed
    plan = Plan(project: project, programme: plan.programme)
    let known = knowledge([100, 120, 140])
    let gate = try Judge(plan, knowing: known).gates(asOf: day("2021-04-10"))[0]
    #expect(plan.earlyWarnings(for: gate, asOf: day("2021-04-10"), knowing: known).isEmpty)
  }

  @Test("a ratio is followed in percent")
  func ratio() throws {
    var project = plan(.up, min: 80).project
    project.phases[0].thresholds[0].per = "cible"
    var target = project.indicators[0]
    target.id = "cible"
    project.indicators.append(target)
    let plan = Plan(project: project, programme: SampleFiles.programmeValue)
    var known = knowledge([10, 20, 30])
    known.units["cible"] = known.units["postes"]?.map {
      ReportedUnit(
        period: $0.period, submission: 1, observations: [Observation(value: Quantity(50))])
    }
    let gate = try Judge(plan, knowing: known).gates(asOf: day("2021-04-10"))[0]
    let warning = try #require(
      plan.earlyWarnings(for: gate, asOf: day("2021-04-10"), knowing: known).first)
    #expect(warning.criterion == "threshold:postes:cible")
    #expect(warning.slope == Fraction(Quantity(20)) && warning.crossing == month(4))
  }

  @Test("a trend rests on the latest sixty values at most")
  func most() throws {
    // Seventy falling months long ago weigh nothing against sixty rising ones.
    let values = (0..<70).map { 1_000 - $0 } + (0..<60).map { 10 * $0 }
    var known = Knowledge()
    known.units["postes"] = values.enumerated().map { index, value in
      ReportedUnit(
        period: Period(cadence: .monthly, index: month(3).index - Int32(values.count - 1 - index)),
        submission: 1, observations: [Observation(value: Quantity(value))])
    }
    let plan = plan(.up, min: 2_000)
    let gate = try Judge(plan, knowing: known).gates(asOf: day("2021-04-10"))[0]
    let warning = try #require(
      plan.earlyWarnings(for: gate, asOf: day("2021-04-10"), knowing: known).first)
    #expect(warning.points == 60 && warning.slope == Fraction(Quantity(10)))
  }

  @Test("random series give what a naive reckoning gives", arguments: 0..<300)
  func naive(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let values: [Int?] = (0..<Int.random(in: 3...5, using: &random)).map { _ in
      Int.random(in: 0..<5, using: &random) == 0 ? nil : Int.random(in: 0...40, using: &random)
    }
    let kind: Kind = Bool.random(using: &random) ? .level : .flow
    let bound = Int.random(in: 1...90, using: &random)
    let isUp = Bool.random(using: &random)
    let plan =
      isUp ? plan(.up, min: bound, kind: kind) : plan(.down, max: bound, kind: kind)
    let found = try warnings(plan, values, asOf: "2021-06-15").first
    var total = 0
    let points: [(x: Int, y: Int)] = values.enumerated().compactMap { index, value in
      guard let value else { return nil }
      total += value
      return (index + 1, kind == .flow ? total : value)
    }
    guard let expected = NaiveTrend(points, bound: bound, isUp: isUp) else {
      #expect(found == nil)
      return
    }
    let warning = try #require(found)
    #expect(warning.slope.description == NaiveTrend.text(expected.slope))
    #expect(warning.projected?.description == NaiveTrend.text(expected.value(6)))
    #expect(warning.crossing.map { Int($0.index) - 2021 * 12 + 1 } == expected.crossing)
  }
}

/// The trend worked out in 240ths, one month after another: every slope over five months, and every
/// mean of two of them, is a whole number of those.
private struct NaiveTrend {
  static let scale = 240
  let slope: Int
  let height: Int
  let crossing: Int?

  init?(_ points: [(x: Int, y: Int)], bound: Int, isUp: Bool) {
    guard points.count >= 3 else { return nil }
    var slopes: [Int] = []
    for left in points {
      for right in points where right.x > left.x {
        slopes.append((right.y - left.y) * Self.scale / (right.x - left.x))
      }
    }
    let slope = Self.median(slopes)
    let height = Self.median(points.map { $0.y * Self.scale - slope * $0.x })
    func isKept(_ value: Int) -> Bool {
      isUp ? value >= bound * Self.scale : value <= bound * Self.scale
    }
    let last = points[points.count - 1]
    let stands = isKept(last.y * Self.scale)
    crossing = (last.x + 1...last.x + 1_200).first { isKept(height + slope * $0) != stands }
    (self.slope, self.height) = (slope, height)
  }

  func value(_ month: Int) -> Int { height + slope * month }

  /// The middle, or the mean of the two around it: in 240ths never with a rest.
  static func median(_ values: [Int]) -> Int {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  static func text(_ value: Int) -> String {
    Fraction(numerator: Int128(value) * 1_000_000, denominator: Int128(scale))?.description ?? ""
  }
}
