import JalonCore
import JalonTesting
import Testing

@Suite("Amended plans: what a later plan says otherwise")
struct PlanChangeTests {
  private func changes(_ amend: (inout Project) -> Void) -> [PlanChange] {
    var project = SampleFiles.projectValue
    amend(&project)
    return SampleFiles.plan.changes(
      to: Plan(project: project, programme: SampleFiles.programmeValue))
  }

  @Test("the same plan changes nothing")
  func nothing() {
    #expect(changes { _ in }.isEmpty)
    #expect(changes { $0.contacts = ["nouvelle@example.fr"] }.isEmpty, "nothing that is judged")
  }

  @Test("money, dates, thresholds and forecasts are each named with both values")
  func amended() {
    let found = changes { project in
      project.grant = Quantity(950_000)
      project.phases[0].to = day("2021-09-30")
      project.phases[0].milestones[0].due = day("2021-04-30")
      project.phases[0].thresholds[0].min = Quantity(280)
      project.phases[1].funding = Quantity(500_000)
      project.indicators[0].forecast?[quarter(4)] = Quantity(700)
    }
    #expect(
      found.map(\.subject) == [
        .grant, .phase("P1"), .milestone(phase: "P1", "M1"),
        .threshold(phase: "P1", "threshold:postes"), .funding(phase: "P2"),
        .forecast("postes", quarter(4)),
      ])
    #expect(found.first?.before == .amount(Quantity(900_000)))
    #expect(found.first?.after == .amount(Quantity(950_000)))
    #expect(found.dropFirst().first?.after == .days(from: day("2021-01-01"), to: day("2021-09-30")))
  }

  @Test("what is added has no before, what is dropped no after")
  func added() {
    let added = changes { $0.phases[0].rightToError = true }
    #expect(added.map(\.subject) == [.rightToError(phase: "P1")])
    #expect(added.first?.before == nil && added.first?.after == .flag(true))
    let dropped = changes { $0.phases[0].thresholds = [] }
    #expect(dropped.map(\.after) == [nil])
  }

  @Test("a programme that amends its rules changes the plan of a project that is not amended")
  func programme() {
    var programme = SampleFiles.programmeValue
    programme.reporting.graceDays = 30
    let found = SampleFiles.plan.changes(
      to: Plan(project: SampleFiles.projectValue, programme: programme))
    #expect(found.map(\.subject) == [.grace])
    #expect(found.map(\.after) == [.count(30)])
  }

  @Test("a measure is held against the first plan's forecast and the current one's")
  func deviation() throws {
    var project = SampleFiles.projectValue
    project.indicators[0].forecast = [quarter(1): Quantity(100), quarter(4): Quantity(130)]
    let amended = Plan(project: project, programme: SampleFiles.programmeValue)
    var known = Knowledge()
    known.units["postes"] = [
      ReportedUnit(
        period: quarter(2), submission: 1, observations: [Observation(value: Quantity(110))])
    ]
    let found = try amended.deviations(
      since: SampleFiles.plan, asOf: day("2021-07-20"), knowing: known)
    #expect(found.map(\.indicator.id) == ["postes"])
    #expect(found.first?.first?.level == .strong && found.first?.current?.level == .onTrack)
    #expect(found.first?.current?.planned == Quantity(110))
  }
}
