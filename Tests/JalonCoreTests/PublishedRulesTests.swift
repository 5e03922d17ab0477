import JalonCore
import Testing

@Suite("What the published rules needed beyond the common shape (docs/portfolio.md)")
struct PublishedRulesTests {
  /// The sample with a template, and two quarters of figures.
  private func sample(_ change: (inout IndicatorEntry) -> Void = { _ in }) -> Sample {
    var sample = Sample()
    var spending = IndicatorEntry(id: "depenses")
    spending.title = "Dépenses"
    spending.unit = "€"
    spending.kind = .flow
    spending.direction = .target
    change(&spending)
    sample.programme.indicators = [spending]
    return sample
  }

  private func measure(_ sample: Sample, _ date: String) throws -> String? {
    let knowledge = Knowledge(sample.history, at: noon("2022-06-01"))
    let indicator = try #require(sample.plan.indicator("depenses"))
    let series = try Series(of: indicator, units: knowledge.units["depenses"] ?? [])
    return try series.measure(Series.Filter(asOf: day(date)))?.value.description
  }

  @Test(
    "Spending dated outside the window does not count",
    arguments: [
      (true, "2021-01-01", "2021-12-31", "30"), (true, "2021-04-01", "2021-12-31", "20"),
      (true, "2021-02-01", "2021-12-31", "20"), (true, "2021-01-01", "2021-06-29", "10"),
      (true, "2020-01-01", "2020-12-31", nil), (false, "2020-01-01", "2020-12-31", "30"),
      // What an indicator of that name and unit is, unless it says so.
      (nil, "2021-04-01", "2021-12-31", "20"), (nil, "2020-01-01", "2020-12-31", nil),
    ] as [(Bool?, String, String, String?)])
  func window(_ example: (isSpending: Bool?, from: String, to: String, counts: String?)) throws {
    var sample = sample { $0.spending = example.isSpending }
    sample.programme.spendingWindow = DayRange(from: day(example.from), to: day(example.to))
    sample.report("10", of: "depenses", for: quarter(1), on: "2021-04-02")
    sample.report("20", of: "depenses", for: quarter(2), on: "2021-07-02")
    #expect(try measure(sample, "2021-12-31") == example.counts)
  }

  @Test("Another unit is no spending")
  func people() throws {
    var sample = sample { $0.unit = "ETP" }
    sample.programme.spendingWindow = DayRange(from: day("2020-01-01"), to: day("2020-12-31"))
    sample.report("10", of: "depenses", for: quarter(1), on: "2021-04-02")
    #expect(try measure(sample, "2021-12-31") == "10")
  }

  @Test("Where profiles are the project's own, its entry names them; elsewhere it cannot")
  func openProfiles() {
    for isOpen in [true, false] {
      var sample = sample {
        $0.openProfiles = isOpen
        $0.across = .mean
      }
      var own = IndicatorEntry(id: "depenses")
      own.profiles = ["lot-1", "lot-2"]
      sample.project.indicators.append(own)
      #expect(sample.plan.indicator("depenses")?.profiles == (isOpen ? ["lot-1", "lot-2"] : []))
    }
  }

  @Test("A condition is asked at the last gate, or at each where its indicator is relevant")
  func conditions() {
    let asked = Threshold(indicator: "depenses", min: Quantity(50))
    for (place, phases, gates) in [
      (ConditionPlace.last, nil, [0, 1]), (.each, nil, [1, 1]), (.each, ["P1"], [1, 0]),
      (.last, ["P1"], [0, 0]),
    ] as [(ConditionPlace, [String]?, [Int])] {
      var sample = sample { $0.phases = phases }
      sample.programme.conditions = [Condition(asked, at: place)]
      #expect(sample.plan.phases.map(\.thresholds.count) == gates)
    }
  }

  @Test("The project's own threshold stands instead of the same condition")
  func ownThreshold() {
    var sample = sample()
    sample.programme.conditions = [
      Condition(Threshold(indicator: "depenses", min: Quantity(50)))
    ]
    sample.project.phases[1].thresholds = [Threshold(indicator: "depenses", min: Quantity(70))]
    #expect(sample.plan.phases[1].thresholds.map(\.min) == [Quantity(70)])
  }

  @Test("A condition for some categories is inherited by those only, and counts like any other")
  func categories() throws {
    for (category, recommendation) in [("essai", Recommendation.withhold), (nil, .release)] {
      var sample = sample()
      var threshold = Threshold(indicator: "depenses", min: Quantity(50))
      threshold.source = "Livret, fiche 6"
      sample.programme.conditions = [Condition(threshold, at: .each, onlyFor: ["essai"])]
      sample.project.category = category
      sample.project.indicators = []
      for ordinal in 1...2 {
        sample.report("20", of: "depenses", for: quarter(ordinal), on: "2021-07-02")
      }
      let gate = try sample.gate(asOf: "2021-08-01")
      #expect(gate.recommendation == recommendation)
      #expect(sample.plan.phases[0].thresholds.map(\.source).allSatisfy { $0 != nil })
    }
  }
}
