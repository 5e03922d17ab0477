import JalonCore
import JalonTesting
import Testing

@Suite("A forecast is a line between the given points")
struct ForecastTests {
  let forecast = Forecast([
    month(3): Quantity(10), month(6): Quantity(20), month(8): quantity("20.000001"),
    month(12): Quantity(5),
  ])

  @Test(
    "and nothing before the first, the last after the last",
    arguments: [
      (month(2), nil), (month(3), "10"), (month(4), "13.333333"), (month(5), "16.666667"),
      (month(6), "20"), (month(7), "20"), (month(10), "12.5"), (month(12), "5"),
      (month(2, 2022), "5"),
    ] as [(Period, String?)])
  func interpolation(period: Period, planned: String?) {
    #expect(forecast?.planned(at: period)?.description == planned)
  }

  @Test("Without a point there is no forecast")
  func empty() {
    #expect(Forecast([:]) == nil)
  }
}

@Suite("A plan fills in what the project leaves to its programme")
struct PlanTests {
  private func template() -> IndicatorEntry {
    var template = IndicatorEntry(id: "etp")
    template.title = "ETP"
    template.unit = "ETP"
    template.kind = .level
    template.direction = .target
    template.tolerance = ToleranceEntry(notable: quantity("0.1"))
    return template
  }

  @Test("Templates come after the project's own indicators, in their order")
  func order() {
    var sample = Sample()
    var other = template()
    other.id = "autre"
    sample.programme.indicators = [template(), other]
    sample.project.indicators.insert(IndicatorEntry(id: "autre"), at: 0)
    #expect(sample.plan.indicators.map(\.id) == ["autre", "postes", "etp"])
  }

  @Test(
    "A template for some categories is inherited by those only",
    arguments: [("agence", true), ("ministère", false), (nil, false)] as [(String?, Bool)])
  func onlyFor(category: String?, inherits: Bool) {
    var sample = Sample()
    var some = template()
    some.onlyFor = ["agence"]
    sample.programme.indicators = [some]
    sample.project.category = category
    #expect((sample.plan.indicator("etp") != nil) == inherits)
  }

  @Test("An own entry keeps its keys; the rest comes from the template, the tolerance key by key")
  func override() throws {
    var sample = Sample()
    sample.programme.tolerance = Tolerance(
      notable: quantity("0.2"), strong: quantity("0.4"), blocks: true)
    sample.programme.indicators = [template()]
    var own = IndicatorEntry(id: "etp")
    own.phases = ["P2"]
    own.tolerance = ToleranceEntry(strong: quantity("0.5"))
    sample.project.indicators.append(own)
    let etp = try #require(sample.plan.indicator("etp"))
    #expect(etp.title == "ETP" && etp.kind == .level && etp.direction == .target)
    #expect(etp.phases == ["P2"])
    #expect(
      etp.tolerance
        == Tolerance(notable: quantity("0.1"), strong: quantity("0.5"), blocks: true))
  }

  @Test("What nobody says has the contract's default")
  func defaults() throws {
    var sample = Sample()
    sample.programme.reporting = Reporting(cadence: .quarterly, measured: .monthly)
    var rate = IndicatorEntry(id: "satisfaction")
    (rate.kind, rate.direction, rate.unit) = (.mean, .up, "%")
    sample.project.indicators.append(rate)
    let satisfaction = try #require(sample.plan.indicator("satisfaction"))
    #expect(satisfaction.across == .mean && satisfaction.cadence == .monthly)
    #expect(satisfaction.range == Limits(min: .zero, max: Quantity(100)))
    #expect(satisfaction.decimals == 6 && satisfaction.tolerance == Tolerance())
    let postes = try #require(sample.plan.indicator("postes"))
    #expect(postes.across == .sum && postes.range == Limits(min: .zero))
    #expect(sample.plan.graceDays == 15)
    sample.project.graceDays = 3
    #expect(sample.plan.graceDays == 3)
  }

  @Test(
    "A commitment is a milestone of the first phase that ends on or after its due day",
    arguments: [
      (CommitmentStart.award, 3, "P1", "2021-02-15"), (.award, 8, "P2", "2021-07-15"),
      (.launch, 0, "P1", "2021-01-01"), (.launch, 24, "P2", "2021-12-31"),
      (.funds, 1, "P1", "2021-02-28"), (.funds, 5, "P1", "2021-06-30"),
    ])
  func commitments(after: CommitmentStart, months: Int, phase: String, due: String) throws {
    var sample = Sample()
    sample.project.funded = day("2021-01-31")
    sample.project.phases[0].milestones = [
      Milestone(id: "M1", title: "Jalon", due: day("2021-03-31"))
    ]
    sample.programme.commitments = [
      Commitment(id: "C1", title: "Engagement", dueAfterMonths: months, after: after)
    ]
    let holder = try #require(sample.plan.phases.first { $0.id == phase })
    #expect(holder.milestones.last?.id == "C1")
    #expect(holder.milestones.last?.due == day(due))
    #expect(sample.plan.milestones.count == 2)
  }
}

@Suite("What a team has to report, and when it is due")
struct ExpectationTests {
  private func expected(
    _ kind: Kind, measured: Cadence, change: (inout Sample) -> Void = { _ in }
  ) throws -> [String] {
    var sample = Sample()
    sample.programme.reporting = Reporting(cadence: .quarterly, measured: measured)
    sample.project.indicators[0].kind = kind
    change(&sample)
    let indicator = try #require(sample.plan.indicator("postes"))
    return sample.plan.expectedPeriods(of: indicator).map { "\($0.period) due \($0.due)" }
  }

  @Test("Every month of a flow is due at its quarter's end")
  func flow() throws {
    let months = try expected(.flow, measured: .monthly)
    #expect(months.count == 12)
    #expect(
      months.prefix(4) == [
        "2021-01 due 2021-03-31", "2021-02 due 2021-03-31", "2021-03 due 2021-03-31",
        "2021-04 due 2021-06-30",
      ])
  }

  @Test("Of a state only the last month of each quarter is", arguments: [Kind.level, .cumulative])
  func level(kind: Kind) throws {
    #expect(
      try expected(kind, measured: .monthly).prefix(2) == [
        "2021-03 due 2021-03-31", "2021-06 due 2021-06-30",
      ])
  }

  @Test("A phase's end closes its books")
  func phaseEnd() throws {
    let months = try expected(.level, measured: .monthly) { sample in
      sample.project.phases[0].to = day("2021-05-15")
      sample.project.phases[1].from = day("2021-05-16")
    }
    #expect(
      months.prefix(3) == [
        "2021-03 due 2021-03-31", "2021-04 due 2021-05-15", "2021-06 due 2021-06-30",
      ])
  }

  @Test("Nothing before the first phase, nor in phases where the indicator is not relevant")
  func relevance() throws {
    let late = try expected(.flow, measured: .quarterly) { sample in
      sample.project.phases[0].from = day("2021-01-02")
    }
    #expect(late.first == "2021-Q2 due 2021-06-30")
    let second = try expected(.flow, measured: .quarterly) { sample in
      sample.project.indicators[0].phases = ["P2"]
    }
    #expect(second == ["2021-Q3 due 2021-09-30", "2021-Q4 due 2021-12-31"])
  }

  @Test("Nothing that ends on or after the day the project stopped")
  func stopped() throws {
    let months = try expected(.level, measured: .monthly) { sample in
      sample.project.stopped = Stop(on: day("2021-05-31"), reason: "Abandon")
    }
    #expect(months == ["2021-03 due 2021-03-31", "2021-04 due 2021-06-30"])
  }
}
