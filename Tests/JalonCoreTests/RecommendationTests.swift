import JalonCore
import JalonTesting
import Testing

@Suite("What Jalon recommends for a gate")
struct RecommendationTests {
  /// A gate that demands 300 posts, with what was reported of each quarter in time.
  private func sample(_ values: String...) -> Sample {
    var sample = Sample()
    sample.project.phases[0].thresholds = [Threshold(indicator: "postes", min: Quantity(300))]
    for (index, value) in values.enumerated() {
      let period = quarter(index + 1)
      sample.report(value, for: period, on: period.end.adding(days: 1).description)
    }
    return sample
  }

  @Test(
    "Pending while it may yet come, at risk once something is unmet, withheld after the deadline",
    arguments: [
      ("2021-01-01", Recommendation.pending), ("2021-04-15", .pending), ("2021-04-16", .atRisk),
      ("2021-07-15", .atRisk), ("2021-07-16", .withhold),
    ])
  func silence(asOf: String, recommendation: Recommendation) throws {
    let gate = try sample().gate(asOf: asOf)
    #expect(gate.recommendation == recommendation)
    #expect(gate.effective == recommendation.rawValue)
    #expect(gate.isFlagged == (recommendation == .withhold))
    #expect(gate.deadline == day("2021-07-15"))
    #expect(gate.fundsAtStake == Quantity(450_000) && gate.nextPhase == "P2")
  }

  @Test("A shortfall at the gate is pending until the deadline, then withheld")
  func shortfall() throws {
    let sample = sample("280", "299")
    #expect(try sample.gate(asOf: "2021-07-15").recommendation == .pending)
    let gate = try sample.gate(asOf: "2021-07-16")
    #expect(gate.recommendation == .withhold && !gate.discretionary)
  }

  @Test("All good before the gate's date is ready, and on it released")
  func readyThenReleased() throws {
    let sample = sample("300", "310")
    let before = try sample.gate(asOf: "2021-06-29")
    #expect(before.recommendation == .pending && before.ready)
    let after = try sample.gate(asOf: "2021-07-01")
    #expect(after.recommendation == .release && !after.ready)
    #expect(after.crossed == day("2021-06-30"))
  }

  @Test("Late success counts, and what was crossed stays crossed")
  func lateCrossing() throws {
    let sample = sample("280", "299", "300", "10")
    #expect(try sample.gate(asOf: "2021-09-29").recommendation == .withhold)
    let crossed = try sample.gate(asOf: "2021-10-01")
    #expect(crossed.recommendation == .release && crossed.crossed == day("2021-09-30"))
    let later = try sample.gate(asOf: "2022-06-01")
    #expect(later.crossed == day("2021-09-30"))
    #expect(later.criteria.first?.status == .met, "the criteria are those of the crossing")
  }

  @Test("New knowledge undoes a crossing")
  func undone() throws {
    var sample = sample("300", "310")
    sample.report("290", for: quarter(2), on: "2021-08-01")
    #expect(try sample.gate(asOf: "2021-07-31").recommendation == .release)
    #expect(try sample.gate(asOf: "2021-08-01").recommendation == .withhold)
    let asKnownThen = try sample.gate(asOf: "2021-08-01", knownAt: noon("2021-07-31"))
    #expect(asKnownThen.recommendation == .release)
  }

  @Test("The next gate is reached once the one before is released and its phase has begun")
  func notReached() throws {
    let withheld = try sample("280", "299").gates(asOf: "2021-08-01")
    #expect(withheld.map(\.recommendation) == [.withhold, .notReached])
    #expect(withheld.last?.criteria.isEmpty == true)
    let released = sample("300", "310")
    let lastDay = try released.gates(asOf: "2021-06-30", knownAt: noon("2021-07-02"))
    #expect(lastDay.map(\.recommendation) == [.release, .notReached])
    #expect(try released.gates(asOf: "2021-07-01").map(\.recommendation) == [.release, .pending])
    #expect(try released.gate(asOf: "2020-12-31").recommendation == .notReached)
  }

  @Test("A decision holds from its day on, whatever is recommended, until the next")
  func decisions() throws {
    var sample = sample("280", "299")
    sample.history.decisions = [
      Decision(
        phase: "P1", verdict: .release, at: noon("2021-07-20"), on: day("2021-07-20")),
      Decision(
        phase: "P1", verdict: .withhold, at: noon("2021-08-20"), on: day("2021-08-20")),
    ]
    #expect(try sample.gate(asOf: "2021-07-19").isFlagged)
    let decided = try sample.gates(asOf: "2021-07-20")
    #expect(decided[0].recommendation == .withhold && decided[0].effective == "release")
    #expect(!decided[0].isFlagged && decided[0].decision?.verdict == .release)
    #expect(decided[1].recommendation == .pending)
    #expect(try sample.gate(asOf: "2021-08-20").isFlagged)
    let early = try sample.gate(asOf: "2021-07-19", knownAt: noon("2021-09-01"))
    #expect(early.decision == nil, "a decision says nothing of the days before it")
  }

  @Test("A gate with nothing at stake is never flagged; the last one releases the balance")
  func stakes() throws {
    var sample = sample("300", "310", "300", "310")
    sample.project.phases[1].thresholds = [Threshold(indicator: "postes", min: Quantity(400))]
    let last = try #require(try sample.gates(asOf: "2022-02-01").last)
    #expect(last.recommendation == .withhold && last.isFlagged)
    #expect(last.fundsAtStake == Quantity(90_000) && last.nextPhase == nil)
    sample.project.balance = .zero
    #expect(try sample.gates(asOf: "2022-02-01").last?.isFlagged == false)
  }

  @Test(
    "A stop ends a gate unless it was crossed, and its next phase begun, before it",
    arguments: [
      ("2021-05-01", Recommendation.stopped), ("2021-06-30", .stopped), ("2021-07-01", .stopped),
      ("2021-07-02", .release),
    ])
  func stopped(on: String, recommendation: Recommendation) throws {
    var sample = sample("300", "310")
    sample.project.stopped = Stop(on: day(on), reason: "Abandon")
    let gate = try sample.gate(asOf: "2021-08-01")
    #expect(gate.recommendation == recommendation)
    #expect(gate.criteria.isEmpty == (recommendation == .stopped))
    let before = try sample.gate(asOf: "2021-04-20")
    #expect(before.recommendation == .pending, "a stop says nothing of the days before it")
  }

  @Test("The last gate, crossed before the stop, keeps its balance")
  func stoppedAfterTheLast() throws {
    var sample = sample("300", "310", "300", "310")
    sample.project.stopped = Stop(on: day("2022-01-10"), reason: "Fin")
    #expect(
      try sample.gates(asOf: "2022-02-01").map(\.recommendation) == [.release, .release])
  }

  @Test("Duties and reserves alone leave the choice to the follow-up team")
  func discretionary() throws {
    var sample = sample("300", "310")
    sample.project.indicators[0].forecast = [quarter(2): Quantity(1_000)]
    sample.project.indicators[0].tolerance = ToleranceEntry(blocks: true)
    let reserve = try sample.gate(asOf: "2021-08-01")
    #expect(reserve.recommendation == .withhold && reserve.discretionary)
    sample.project.phases[0].thresholds[0].min = Quantity(400)
    #expect(try !sample.gate(asOf: "2021-08-01").discretionary)
  }

  @Test("The right to error leaves it too, unless a milestone is unmet")
  func rightToError() throws {
    var sample = sample("280", "299")
    sample.project.phases[0].rightToError = true
    let gate = try sample.gate(asOf: "2021-08-01")
    #expect(gate.recommendation == .withhold && gate.discretionary && gate.isFlagged)
    sample.project.phases[0].milestones = [
      Milestone(id: "M1", title: "Jalon", due: day("2021-02-10"))
    ]
    #expect(try !sample.gate(asOf: "2021-08-01").discretionary)
  }

  @Test("What does not fit is an error of the project, never a wrap")
  func overflow() throws {
    var sample = sample()
    sample.project.indicators[0].kind = .flow
    sample.project.indicators[0].across = .mean
    sample.project.indicators[0].profiles = ["a", "b"]
    for ordinal in 0..<60 {
      let rows = [
        Observation(
          profile: "a", value: Quantity(1), weight: Quantity(micros: 999_999_999_999_937)),
        Observation(
          profile: "b", value: Quantity(2),
          weight: Quantity(micros: 999_999_999_000_000 - Int64(ordinal * 7_919))),
      ]
      sample.report(rows, for: quarter(1 + ordinal), on: "2047-01-01")
    }
    #expect(throws: ComputedOverflow()) { try sample.gates(asOf: "2047-02-01") }
  }
}
