import JalonCore
import JalonTesting
import Testing

@Suite("A project under a programme that it does not fit is judged on, whatever does not fit")
struct MisfitPlanTests {
  @Test("on random projects, each with the rules and commitments of another one's programme")
  func swapped() throws {
    var recommendations: Set<Recommendation> = []
    for seed in UInt64(7_000)..<7_200 {
      let (own, other) = (RandomPortfolio(seed: seed), RandomPortfolio(seed: seed + 1))
      var programme = other.plan.programme
      // Its own templates are gone; every milestone's id is a commitment's too.
      programme.commitments += own.plan.project.phases.flatMap(\.milestones).map {
        Commitment(id: $0.id, title: "Engagement", dueAfterMonths: 3, after: .award)
      }
      let plan = Plan(project: own.plan.project, programme: programme)
      for question in own.questions {
        let knowledge = Knowledge(own.history, at: question.knownAt)
        let gates = try Judge(plan, knowing: knowledge).gates(asOf: question.asOf)
        #expect(gates.count == own.plan.phases.count, "seed \(seed)")
        recommendations.formUnion(gates.map(\.recommendation))
        let naive = NaiveJudge(plan, own.history, knownAt: question.knownAt)
          .gates(asOf: question.asOf)
        #expect(gates.map { PlainGate($0) } == naive, "seed \(seed)")
        for gate in gates {
          let ids = gate.criteria.map(\.id)
          #expect(Set(ids).count == ids.count, "seed \(seed): \(ids)")
        }
      }
    }
    #expect(recommendations == Set(Recommendation.allCases))
  }
}
