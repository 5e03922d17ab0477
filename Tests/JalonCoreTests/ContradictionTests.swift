import JalonCore
import JalonTesting
import Testing

@Suite("A decision is contradicted by a correction, and never by time")
struct ContradictionTests {
  /// A gate that demands 300 posts and one milestone: all in time, and reached.
  private func good() -> Sample {
    var sample = asking()
    sample.report("280", for: quarter(1), on: "2021-04-02")
    sample.report("310", for: quarter(2), on: "2021-07-01")
    sample.reach("M1", "2021-06-10", on: "2021-07-01")
    return sample
  }

  private func asking() -> Sample {
    var sample = Sample()
    sample.project.phases[0].thresholds = [Threshold(indicator: "postes", min: Quantity(300))]
    sample.project.phases[0].milestones = [
      Milestone(id: "M1", title: "Marché", due: day("2021-06-15"))
    ]
    return sample
  }

  /// Decides at noon of a day, on what is recommended then.
  private func decide(_ sample: inout Sample, _ verdict: Verdict, _ date: String) throws {
    let stood = try sample.gate(asOf: date, knownAt: noon(date)).recommendation
    sample.history.decisions.append(
      Decision(phase: "P1", verdict: verdict, at: noon(date), on: day(date), stood: stood))
  }

  private func contradicted(_ sample: Sample, _ date: String) throws -> Recommendation? {
    try sample.gate(asOf: date).contradicted
  }

  @Test(
    "a deadline that passes, or a gate that is crossed in time, contradicts nobody",
    arguments: [Verdict.release, .withhold])
  func time(_ verdict: Verdict) throws {
    var silent = asking()
    try decide(&silent, verdict, "2021-06-01")
    #expect(silent.history.decisions[0].stood == .atRisk)
    var pending = asking()
    pending.report("280", for: quarter(1), on: "2021-04-02")
    try decide(&pending, verdict, "2021-06-01")
    #expect(pending.history.decisions[0].stood == .pending)
    var ready = good()
    try decide(&ready, verdict, "2021-06-20")
    for date in ["2021-06-20", "2021-07-15", "2021-07-16", "2022-01-01"] {
      #expect(try contradicted(silent, date) == nil)
      #expect(try contradicted(pending, date) == nil)
    }
    #expect(try silent.gate(asOf: "2021-07-16").recommendation == .withhold)
    #expect(try contradicted(ready, "2021-08-01") == nil, "crossed after the decision")
  }

  @Test("a milestone withdrawn within the grace contradicts a release at once")
  func withdrawn() throws {
    var sample = good()
    try decide(&sample, .release, "2021-07-05")
    sample.reach("M1", nil, on: "2021-07-10")
    #expect(try contradicted(sample, "2021-07-09") == nil)
    let gate = try sample.gate(asOf: "2021-07-10")
    #expect(gate.recommendation == .pending && gate.contradicted == .release)
    #expect(try contradicted(sample, "2021-09-01") == .release)
    try decide(&sample, .release, "2021-09-02")
    #expect(try contradicted(sample, "2021-09-03") == nil, "decided again, knowing that")
  }

  @Test("a correction of a gate before leaves nothing of the recommendation at this one")
  func notReached() throws {
    var sample = good()
    sample.history.decisions = [
      Decision(
        phase: "P2", verdict: .release, at: noon("2021-07-05"), on: day("2021-07-05"),
        stood: .pending)
    ]
    #expect(try sample.gates(asOf: "2021-07-08")[1].contradicted == nil)
    sample.reach("M1", nil, on: "2021-07-10")
    let gate = try sample.gates(asOf: "2021-07-10")[1]
    #expect(gate.reconsidered == .notReached && gate.contradicted == .pending)
    // That the gate before is decided on later is no correction.
    sample = good()
    sample.history.decisions = [
      Decision(
        phase: "P2", verdict: .release, at: noon("2021-07-05"), on: day("2021-07-05"),
        stood: .pending),
      Decision(
        phase: "P1", verdict: .withhold, at: noon("2021-07-05"),
        on: day("2021-07-05")),
    ]
    #expect(try sample.gates(asOf: "2021-07-08")[1].contradicted == nil)
  }

  @Test("contests, waivers and amended plans correct; what agrees with the decision does not")
  func others() throws {
    var contested = good()
    try decide(&contested, .release, "2021-07-05")
    contested.history.contests = [
      Contest(
        indicator: "postes", period: quarter(2), at: noon("2021-07-08"), on: day("2021-07-08"))
    ]
    #expect(try contradicted(contested, "2021-07-08") == .release)
    var amended = good()
    try decide(&amended, .release, "2021-07-05")
    amended.project.phases[0].thresholds[0].min = Quantity(400)
    #expect(try contradicted(amended, "2021-07-06") == .release)
    var late = asking()
    try decide(&late, .withhold, "2021-07-20")
    late.report("310", for: quarter(2), on: "2021-08-01")
    #expect(try contradicted(late, "2021-08-02") == nil, "the milestone is still missing")
    late.history.waivers = [Waiver(phase: "P1", criterion: "milestone:M1", at: noon("2021-08-03"))]
    #expect(try contradicted(late, "2021-08-02") == nil)
    late.report("200", for: quarter(1), on: "2021-08-04")
    #expect(try contradicted(late, "2021-08-04") == .withhold)
    var agreed = asking()
    try decide(&agreed, .release, "2021-07-20")
    agreed.report("280", for: quarter(1), on: "2021-08-01")
    agreed.report("310", for: quarter(2), on: "2021-08-01")
    agreed.reach("M1", "2021-06-10", on: "2021-08-01")
    let gate = try agreed.gate(asOf: "2021-08-02")
    #expect(gate.decision?.stood == .withhold && gate.reconsidered == .release)
    #expect(gate.contradicted == nil, "what is known now speaks for the decision")
  }

  @Test("a decision that waited for a second person is based on the day it was asked for")
  func secondPerson() throws {
    var sample = good()
    sample.history.submissions.removeLast()
    sample.history.decisions = [
      Decision(
        phase: "P1", verdict: .withhold, at: noon("2021-07-20"), on: day("2021-07-20"),
        stood: .pending, asked: (noon("2021-07-10"), day("2021-07-10")))
    ]
    #expect(try sample.gate(asOf: "2021-07-20").recommendation == .withhold)
    #expect(try contradicted(sample, "2021-07-20") == nil)
    sample.reach("M1", "2021-06-10", on: "2021-07-15")
    #expect(try contradicted(sample, "2021-07-20") == .pending, "known before the second word")
  }

  @Test("on random portfolios, nothing that comes contradicts nothing, however late one asks")
  func nothingComes() throws {
    var decided = 0
    for seed in UInt64(5_000)..<5_150 {
      let portfolio = RandomPortfolio(seed: seed)
      for question in portfolio.questions {
        var history = portfolio.history
        let now = max(question.knownAt, Instant(utc: question.asOf))
        let knowledge = Knowledge(history, at: now)
        guard let judge = try? Judge(portfolio.plan, knowing: knowledge) else { continue }
        history.submissions.removeAll { $0.receivedAt > now }
        history.contests.removeAll { $0.at > now }
        history.waivers.removeAll { $0.at > now }
        history.decisions.removeAll { $0.at > now || $0.on > question.asOf }
        for (place, gate) in try judge.gates(asOf: question.asOf).enumerated() {
          var after = history
          after.decisions.append(
            Decision(
              phase: gate.phase, verdict: place % 2 == 0 ? .release : .withhold, at: now,
              on: question.asOf, stood: gate.recommendation))
          let all = Knowledge(after, at: Instant(microseconds: .max))
          for days in [0, 1, 30, 400] {
            let later = try Judge(portfolio.plan, knowing: all)
              .gates(asOf: question.asOf.adding(days: days))
            decided += later[place].decision?.stood == nil ? 0 : 1
            #expect(later[place].contradicted == nil, "seed \(seed), \(gate.phase), \(days) days")
          }
        }
      }
    }
    #expect(decided > 1_000, "\(decided)")
  }
}
