import JalonCore
import JalonTesting
import Testing

@Suite("A measure is what the standing reports amount to")
struct MeasureTests {
  /// A sample whose indicator is measured monthly, with a threshold that reads it.
  private func sample(
    _ kind: Kind, across: Across? = nil, profiles: [String] = [],
    threshold: Threshold = Threshold(indicator: "postes", min: .zero)
  ) -> Sample {
    var sample = Sample()
    sample.programme.reporting = Reporting(cadence: .quarterly, measured: .monthly)
    sample.project.indicators[0].kind = kind
    sample.project.indicators[0].across = across
    sample.project.indicators[0].profiles = profiles
    sample.project.phases[0].thresholds = [threshold]
    return sample
  }

  @Test(
    "A state and a running total are the latest value, a flow the sum, a mean the mean",
    arguments: [
      (Kind.level, "30"), (.cumulative, "30"), (.flow, "60"), (.mean, "20"),
    ])
  func kinds(kind: Kind, measure: String) throws {
    var sample = sample(kind)
    sample.report("10", for: month(1), on: "2021-02-01")
    sample.report("20", for: month(2), on: "2021-03-01")
    sample.report("30", for: month(3), on: "2021-04-01")
    #expect(try sample.measure(asOf: "2021-04-10") == measure)
    #expect(try sample.measure(asOf: "2021-01-30") == "missing")
  }

  @Test(
    "A later period that does not apply makes a state missing, and leaves a sum alone",
    arguments: [
      (Kind.level, "missing"), (.cumulative, "missing"), (.flow, "10"), (.mean, "10"),
    ])
  func notApplicable(kind: Kind, measure: String) throws {
    var sample = sample(kind)
    sample.report("10", for: month(1), on: "2021-02-01")
    sample.report(nil, for: month(2), on: "2021-03-01")
    #expect(try sample.measure(asOf: "2021-04-10") == measure)
  }

  @Test("What does not apply as a whole does not apply to a profile either")
  func notApplicableProfile() throws {
    let threshold = Threshold(indicator: "postes", profile: "a", min: .zero)
    var sample = sample(.level, profiles: ["a", "b"], threshold: threshold)
    let rows = [
      Observation(profile: "a", value: Quantity(3)), Observation(profile: "b", value: Quantity(4)),
    ]
    sample.report(rows, for: month(1), on: "2021-02-01")
    #expect(try sample.measure("threshold:postes/a", asOf: "2021-04-10") == "3")
    sample.report(nil, for: month(2), on: "2021-03-01")
    #expect(try sample.measure("threshold:postes/a", asOf: "2021-04-10") == "missing")
  }

  @Test(
    "Only evidence that is good enough counts, and an old count proves nothing of today's state",
    arguments: [
      (Kind.level, "missing"), (.cumulative, "10"), (.flow, "10"), (.mean, "10"),
    ])
  func evidence(kind: Kind, measure: String) throws {
    let threshold = Threshold(indicator: "postes", evidence: .observed, min: .zero)
    var sample = sample(kind, threshold: threshold)
    sample.report("10", for: month(1), evidence: .audited, on: "2021-02-01")
    sample.report("20", for: month(2), on: "2021-03-01")
    #expect(try sample.measure(asOf: "2021-04-10") == measure)
  }

  @Test("A total computed from one weak row is weak")
  func weakestRow() throws {
    let threshold = Threshold(indicator: "postes", evidence: .observed, min: .zero)
    var sample = sample(.flow, profiles: ["a", "b"], threshold: threshold)
    let strong = Observation(profile: "a", value: Quantity(3), evidence: .audited)
    var other = Observation(profile: "b", value: Quantity(4), evidence: .estimated)
    sample.report([strong, other], for: month(1), on: "2021-02-01")
    #expect(try sample.measure(asOf: "2021-04-10") == "missing")
    other.evidence = .observed
    sample.report([strong, other], for: month(1), on: "2021-02-02")
    #expect(try sample.measure(asOf: "2021-04-10") == "7")
    other.value = nil
    other.evidence = .estimated
    sample.report([strong, other], for: month(1), on: "2021-02-03")
    #expect(try sample.measure(asOf: "2021-04-10") == "3", "a row that does not apply is left out")
  }

  @Test(
    "Profiles make the total by sum or by weighted mean",
    arguments: [
      (Kind.level, Across.sum, "30"), (.level, .mean, "17.5"), (.flow, .mean, "17.5"),
      (.mean, .mean, "17.5"), (.level, .none, "missing"),
    ])
  func across(kind: Kind, across: Across, measure: String) throws {
    var sample = sample(kind, across: across, profiles: ["a", "b"])
    let rows = [
      Observation(profile: "a", value: Quantity(10)),
      Observation(profile: "b", value: Quantity(20), weight: Quantity(3)),
    ]
    sample.report(rows, for: month(1), on: "2021-02-01")
    #expect(try sample.measure(asOf: "2021-04-10") == measure)
  }

  @Test("A total without weight, beside profiles, weighs their sum; alone it weighs one")
  func totalWeight() throws {
    var sample = sample(.mean, profiles: ["a", "b"])
    let rows = [
      Observation(value: quantity("17.5")), Observation(profile: "a", value: Quantity(10)),
      Observation(profile: "b", value: Quantity(20), weight: Quantity(3)),
    ]
    sample.report(rows, for: month(1), on: "2021-02-01")
    sample.report("22.5", for: month(2), on: "2021-03-01")
    #expect(try sample.measure(asOf: "2021-04-10") == "18.5")
  }

  @Test("A ratio is in percent, missing when its divisor is missing or zero")
  func ratio() throws {
    let threshold = Threshold(indicator: "postes", per: "cible", min: .zero)
    var sample = sample(.flow, threshold: threshold)
    var target = IndicatorEntry(id: "cible")
    (target.kind, target.direction) = (.level, .up)
    sample.project.indicators.append(target)
    sample.report("2", for: month(1), on: "2021-02-01")
    #expect(try sample.measure("threshold:postes:cible", asOf: "2021-04-10") == "missing")
    sample.report("0", of: "cible", for: month(1), on: "2021-02-02")
    #expect(try sample.measure("threshold:postes:cible", asOf: "2021-04-10") == "missing")
    sample.report("3", of: "cible", for: month(1), on: "2021-02-03")
    #expect(try sample.measure("threshold:postes:cible", asOf: "2021-04-10") == "66.666667")
  }

  @Test("A ratio to itself divides a profile by the total")
  func share() throws {
    let threshold = Threshold(indicator: "postes", profile: "a", per: "postes", min: .zero)
    var sample = sample(.level, profiles: ["a", "b"], threshold: threshold)
    let rows = [
      Observation(profile: "a", value: Quantity(1)), Observation(profile: "b", value: Quantity(3)),
    ]
    sample.report(rows, for: month(1), on: "2021-02-01")
    #expect(try sample.measure("threshold:postes/a:postes", asOf: "2021-04-10") == "25")
  }

  @Test(
    "Since the phase began is without the phases before",
    arguments: [(Since.project, "15"), (.phase, "5")])
  func since(since: Since, measure: String) throws {
    var sample = sample(.flow)
    sample.project.phases[1].thresholds = [
      Threshold(indicator: "postes", since: since, min: .zero)
    ]
    for ordinal in 1...6 { sample.report("0", for: month(ordinal), on: "2021-07-01") }
    sample.report("10", for: month(6), on: "2021-07-02")
    sample.report("5", for: month(7), on: "2021-08-01")
    let gate = try #require(try sample.gates(asOf: "2021-08-02").last)
    let threshold = gate.criteria.first { $0.id == "threshold:postes" }
    guard case .threshold(_, let found, _, _) = threshold?.finding else {
      Issue.record("no threshold in \(gate)")
      return
    }
    #expect(found?.value.description == measure)
  }
}

@Suite("What stands is what was known at the time")
struct KnowledgeTests {
  private func sample() -> Sample {
    var sample = Sample()
    sample.project.phases[0].thresholds = [Threshold(indicator: "postes", min: Quantity(300))]
    sample.report("250", for: quarter(1), on: "2021-04-02")
    sample.report("300", for: quarter(1), on: "2021-04-09")
    return sample
  }

  @Test("A later file replaces a unit, and the past keeps its own truth")
  func replacement() throws {
    let sample = sample()
    #expect(try sample.measure(asOf: "2021-04-05") == "250")
    #expect(try sample.measure(asOf: "2021-04-10") == "300")
  }

  @Test("Of two files of one instant the later arrival stands")
  func arrival() throws {
    var sample = sample()
    sample.report("310", for: quarter(1), on: "2021-04-09")
    #expect(try sample.measure(asOf: "2021-04-10") == "310")
  }

  @Test(
    "A contested figure is not reported until another value comes",
    arguments: [("300", "missing"), ("301", "301"), (nil, "missing")] as [(String?, String)])
  func contest(value: String?, measure: String) throws {
    var sample = sample()
    sample.history.contests = [
      Contest(
        indicator: "postes", period: quarter(1), at: noon("2021-05-01"), on: day("2021-05-01"))
    ]
    #expect(try sample.measure(asOf: "2021-04-30") == "300")
    if let value { sample.report(value, for: quarter(1), on: "2021-05-03") }
    #expect(try sample.measure(asOf: "2021-05-04") == measure)
  }

  @Test("A contested period is due the day it was contested")
  func contestDue() throws {
    var sample = sample()
    sample.history.contests = [
      Contest(
        indicator: "postes", period: quarter(1), at: noon("2021-05-01"), on: day("2021-05-01"))
    ]
    #expect(try sample.status("reports:postes", asOf: "2021-04-30") == .met)
    #expect(try sample.status("reports:postes", asOf: "2021-05-16") == .pending)
    #expect(try sample.status("reports:postes", asOf: "2021-05-17") == .unmet)
  }

  @Test("A contest of what nobody reported changes nothing")
  func emptyContest() throws {
    var sample = Sample()
    sample.history.contests = [
      Contest(
        indicator: "postes", period: quarter(1), at: noon("2021-05-01"), on: day("2021-05-01"))
    ]
    sample.report("300", for: quarter(1), on: "2021-05-03")
    #expect(try sample.status("reports:postes", asOf: "2021-05-04") == .met)
  }
}
