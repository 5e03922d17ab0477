import JalonCore
import JalonTesting
import Testing

@Suite("Each criterion of a gate has the status of its row in the contract's table")
struct CriteriaTests {
  @Test(
    "A milestone is met once reached, pending until its reporting period's grace is over",
    arguments: [
      ("2021-03-09", Status.pending), ("2021-03-10", .met), ("2021-06-01", .met),
    ])
  func milestoneReached(asOf: String, status: Status) throws {
    var sample = withMilestone()
    sample.reach("M1", "2021-03-10", on: "2021-03-05")
    #expect(try sample.status("milestone:M1", asOf: asOf) == status)
  }

  @Test(
    "A milestone that nobody reached is unmet after grace",
    arguments: [
      ("2021-02-10", "2021-04-15", Status.pending), ("2021-02-10", "2021-04-16", .unmet),
      ("2021-06-30", "2021-07-15", .pending), ("2021-06-30", "2021-07-16", .unmet),
    ])
  func milestoneMissing(due: String, asOf: String, status: Status) throws {
    let sample = withMilestone(due: due)
    #expect(try sample.status("milestone:M1", asOf: asOf) == status)
  }

  @Test("A milestone is due no later than the gate, and its reach can be withdrawn")
  func milestoneWithdrawn() throws {
    var sample = withMilestone(due: "2021-05-10")
    sample.project.phases[0].to = day("2021-05-15")
    sample.project.phases[1].from = day("2021-05-16")
    sample.reach("M1", "2021-05-10", on: "2021-05-11")
    #expect(try sample.status("milestone:M1", asOf: "2021-05-12") == .met)
    sample.reach("M1", nil, on: "2021-05-13")
    #expect(try sample.status("milestone:M1", asOf: "2021-05-30") == .pending)
    #expect(try sample.status("milestone:M1", asOf: "2021-05-31") == .unmet)
  }

  @Test(
    "A threshold is met within its limits, else pending until the deadline, then unmet",
    arguments: [
      ("300", "2021-07-16", Status.met), ("299.999999", "2021-07-15", .pending),
      ("299.999999", "2021-07-16", .unmet), ("400.000001", "2021-07-16", .unmet),
      ("400", "2021-07-16", .met), (nil, "2021-07-15", .pending), (nil, "2021-07-16", .unmet),
    ] as [(String?, String, Status)])
  func threshold(value: String?, asOf: String, status: Status) throws {
    var sample = Sample()
    sample.project.phases[0].thresholds = [
      Threshold(indicator: "postes", min: Quantity(300), max: Quantity(400))
    ]
    if let value { sample.report(value, for: quarter(2), on: "2021-07-01") }
    #expect(try sample.status("threshold:postes", asOf: asOf) == status)
  }

  @Test(
    "A report that binds is met, awaited or overdue; one that does not only warns",
    arguments: [
      (true, "2021-03-30", Status.met), (true, "2021-03-31", .pending),
      (true, "2021-04-15", .pending), (true, "2021-04-16", .unmet),
      (false, "2021-04-15", .met), (false, "2021-04-16", .warning),
    ])
  func reports(binds: Bool, asOf: String, status: Status) throws {
    var sample = Sample()
    if binds {
      sample.project.phases[0].thresholds = [Threshold(indicator: "postes", min: .zero)]
    }
    #expect(try sample.status("reports:postes", asOf: asOf) == status)
    sample.report(nil, for: quarter(1), on: "2021-04-01")
    #expect(try sample.status("reports:postes", asOf: "2021-04-16") == .met)
  }

  @Test(
    "A report binds through a ratio's divisor, or when the programme says so",
    arguments: [true, false])
  func binding(blocks: Bool) throws {
    var sample = Sample()
    sample.programme.reporting.blocks = blocks
    if !blocks {
      var other = IndicatorEntry(id: "autre")
      (other.kind, other.direction) = (.level, .up)
      sample.project.indicators.append(other)
      sample.project.phases[0].thresholds = [
        Threshold(indicator: "autre", per: "postes", min: .zero)
      ]
    }
    #expect(try sample.status("reports:postes", asOf: "2021-04-16") == .unmet)
  }

  @Test(
    "A deviation warns when notable, and blocks when strong and the tolerance says so",
    arguments: [
      (Direction.up, "100", true, Status.met, "onTrack"), (.up, "140", true, .met, "onTrack"),
      (.up, "85.000001", true, .met, "onTrack"), (.up, "85", true, .warning, "notable"),
      (.up, "70.000001", true, .warning, "notable"), (.up, "70", true, .unmet, "strong"),
      (.up, "70", false, .warning, "strong"), (.down, "130", true, .unmet, "strong"),
      (.down, "60", true, .met, "onTrack"), (.target, "115", true, .warning, "notable"),
      (.target, "70", true, .unmet, "strong"),
    ])
  func deviation(
    direction: Direction, value: String, blocks: Bool, status: Status, level: String
  ) throws {
    var sample = withForecast(blocks: blocks)
    sample.project.indicators[0].direction = direction
    sample.report(value, for: quarter(1), on: "2021-04-01")
    let criterion = try sample.gate(asOf: "2021-04-02").criteria
      .first { $0.id == "deviation:postes" }
    #expect(criterion?.status == status)
    guard case .deviation(let found, _, _) = criterion?.finding else {
      Issue.record("no deviation")
      return
    }
    #expect(found.rawValue == level)
  }

  @Test("The right to error forgives a strong deviation")
  func rightToError() throws {
    var sample = withForecast(blocks: true)
    sample.project.phases[0].rightToError = true
    sample.report("10", for: quarter(1), on: "2021-04-01")
    #expect(try sample.status("deviation:postes", asOf: "2021-04-02") == .warning)
  }

  @Test("There is no deviation without value, forecast at it, or after a sans objet")
  func noDeviation() throws {
    var sample = withForecast(blocks: true)
    #expect(try sample.status("deviation:postes", asOf: "2021-07-02") == nil)
    sample.report("10", for: quarter(1), on: "2021-04-01")
    sample.report(nil, for: quarter(2), on: "2021-07-01")
    #expect(try sample.status("deviation:postes", asOf: "2021-07-02") == nil)
    sample.project.indicators[0].forecast = [quarter(1): .zero]
    #expect(try sample.status("deviation:postes", asOf: "2021-04-02") == nil)
    sample.project.indicators[0].forecast = [quarter(2): Quantity(100)]
    #expect(try sample.status("deviation:postes", asOf: "2021-04-02") == nil)
  }

  @Test("A waived criterion is waived, whatever it would have been, once it was waived")
  func waived() throws {
    var sample = withMilestone()
    sample.history.waivers = [
      Waiver(phase: "P1", criterion: "milestone:M1", at: noon("2021-07-20"))
    ]
    #expect(try sample.status("milestone:M1", asOf: "2021-07-19") == .unmet)
    #expect(try sample.status("milestone:M1", asOf: "2021-07-20") == .waived)
    sample.history.waivers[0].phase = "P2"
    #expect(try sample.status("milestone:M1", asOf: "2021-07-20") == .unmet)
  }

  @Test("Criteria are in the contract's order")
  func order() throws {
    var sample = withForecast(blocks: false)
    sample.project.phases[0].milestones = [
      Milestone(id: "M2", title: "", due: day("2021-05-01")),
      Milestone(id: "M1", title: "", due: day("2021-03-01")),
    ]
    sample.programme.commitments = [Commitment(id: "C1", title: "", dueAfterMonths: 3)]
    var template = IndicatorEntry(id: "etp")
    (template.kind, template.direction) = (.level, .up)
    sample.programme.indicators = [template]
    sample.project.phases[0].thresholds = [
      Threshold(indicator: "etp", min: .zero),
      Threshold(indicator: "postes", per: "etp", min: .zero),
    ]
    sample.report("100", for: quarter(1), on: "2021-04-01")
    #expect(
      try sample.gate(asOf: "2021-04-02").criteria.map(\.id) == [
        "milestone:M2", "milestone:M1", "milestone:C1", "threshold:etp", "threshold:postes:etp",
        "reports:postes", "reports:etp", "deviation:postes",
      ])
  }

  private func withMilestone(due: String = "2021-02-10") -> Sample {
    var sample = Sample()
    sample.project.phases[0].milestones = [
      Milestone(id: "M1", title: "Jalon", due: day(due))
    ]
    return sample
  }

  private func withForecast(blocks: Bool) -> Sample {
    var sample = Sample()
    sample.project.indicators[0].forecast = [quarter(1): Quantity(100)]
    sample.project.indicators[0].tolerance = ToleranceEntry(blocks: blocks)
    return sample
  }
}
