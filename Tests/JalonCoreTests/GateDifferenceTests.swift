import JalonCore
import JalonTesting
import Testing

@Suite("What sets two judgements apart, and what officers did between them")
struct GateDifferenceTests {
  private let plan = SampleFiles.plan

  private func history() -> History {
    var history = History()
    for (number, value, received) in [(1, 250, "2021-07-10"), (2, 250, "2021-07-12")] {
      let unit = ReportedUnit(
        period: quarter(2), submission: Int64(number),
        observations: [Observation(value: Quantity(value), line: Int32(number + 1))])
      history.submissions.append(
        Submission(
          number: Int64(number), receivedAt: noon(received), units: [("postes", unit)]))
    }
    return history
  }

  private func difference(
    _ history: History, from first: String, to second: String
  ) throws -> GateDifference {
    func judged(_ text: String) throws -> (criteria: [Criterion], knowledge: Knowledge) {
      let known = Knowledge(history, at: noon(text))
      let gate = try Judge(plan, knowing: known).gates(asOf: day("2021-07-20"))[0]
      return (gate.criteria, known)
    }
    return GateDifference(from: try judged(first), to: try judged(second))
  }

  @Test("the same figure sent again in another file is no change")
  func sentAgain() throws {
    let found = try difference(history(), from: "2021-07-11", to: "2021-07-13")
    #expect(found.criteria.isEmpty && found.figures.isEmpty && found.milestones.isEmpty)
  }

  @Test("a contested figure is gone, and said to be contested")
  func contested() throws {
    var history = history()
    history.contests = [
      Contest(
        indicator: "postes", period: quarter(2), at: noon("2021-07-14"), on: day("2021-07-14"))
    ]
    let found = try difference(history, from: "2021-07-13", to: "2021-07-15")
    #expect(found.figures.map(\.isContested) == [true])
    #expect(found.figures.first?.after == nil)
    #expect(found.criteria.map(\.id).contains("reports:postes"))
    #expect(found.criteria.last?.id == "deviation:postes", "no longer judged: it has no figure")
    #expect(found.criteria.last?.after == nil)
  }

  @Test("a milestone reached or withdrawn names both rows")
  func milestone() throws {
    var history = history()
    history.submissions[1].milestones = [
      MilestoneReach(
        milestone: "M1", reached: day("2021-03-12"), source: Source(submission: 2, line: 3))
    ]
    let found = try difference(history, from: "2021-07-11", to: "2021-07-13")
    #expect(found.milestones.map(\.id) == ["M1"])
    #expect(found.milestones.first?.before == nil)
    #expect(found.milestones.first?.after?.reached == day("2021-03-12"))
    #expect(found.criteria.map(\.id) == ["milestone:M1"])
  }

  @Test("what officers did between two instants, in order, with who did it where that is kept")
  func deeds() {
    let signature = Signature(
      name: "C. Roux", user: "roux", way: .shell, reason: "Recette", at: noon("2021-08-02"),
      on: day("2021-08-02"))
    let act = OfficerAct(
      project: "SNAP3-017",
      deed: .waive(phase: "P1", criterion: "milestone:M1", isTakenBack: false),
      signature: signature, stood: .gate(.withhold), version: SHA256.hash([]), rules: 1,
      needsSecond: false)
    var expunged = act
    expunged.deed = .expunge(SHA256.hash([]))
    var history = History()
    history.apply([act, expunged])
    history.decisions = [
      Decision(phase: "P1", verdict: .release, at: noon("2021-08-01"), on: day("2021-08-01")),
      Decision(
        phase: "P1", verdict: .release, at: noon("2021-08-03"), on: day("2021-08-03"),
        isTakenBack: true),
      Decision(phase: "P1", verdict: .release, at: noon("2021-09-01"), on: day("2021-09-01")),
    ]
    let found = history.deeds(
      after: noon("2021-07-31"), upTo: noon("2021-08-31"), signed: [act, expunged])
    #expect(
      found.map(\.deed) == [
        .decide(phase: "P1", .release), act.deed, expunged.deed, .decide(phase: "P1", nil),
      ])
    #expect(found.map { $0.signature?.name } == [nil, "C. Roux", "C. Roux", nil])
    #expect(
      history.deeds(after: noon("2021-08-01"), upTo: noon("2021-08-01")).isEmpty,
      "what was done at the first instant was known then")
  }
}
