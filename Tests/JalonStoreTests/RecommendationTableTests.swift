import JalonCore
import Testing

@testable import JalonStore

@Suite("Recommendations and evaluations: the latest of each, and all before it")
struct RecommendationTableTests {
  @Test("The latest stands for each gate")
  func latest() throws {
    let notebook = try TemporaryNotebook()
    let connection = try notebook.open()
    #expect(try connection.evaluations.latest() == nil)
    let run = EvaluationRecord(at: second(1), asOf: Day(number: 18_800), projects: 2, changes: 4)
    try connection.write { () throws(StoreError) in
      let first = try connection.projects.add("P-1")
      let second = try connection.projects.add("P-2")
      try connection.recommendations.add(.sample(first, "P1", .pending))
      try connection.recommendations.add(.sample(first, "P2", .notReached))
      try connection.recommendations.add(.sample(second, "P1", .atRisk))
      try connection.recommendations.add(.sample(first, "P1", .withhold))
      try connection.evaluations.add(run)
    }
    let own = try connection.recommendations.latest(of: 1)
    #expect(own.map(\.phase) == ["P1", "P2"])
    #expect(own.map(\.recommendation) == [.withhold, .notReached])
    var written = RecommendationRecord.sample(1, "P1", .withhold)
    written.key = 4
    #expect(own.first == written)
    #expect(try connection.recommendations.latest(of: 1...9).map(\.project) == [1, 1, 2])
    let all = try connection.recommendations.all(of: 1)
    #expect(all.map(\.recommendation) == [.pending, .notReached, .withhold])
    #expect(try connection.evaluations.latest() == run)
  }
}

extension RecommendationRecord {
  /// A change, ordinary in what a test does not say.
  static func sample(
    _ project: Int64, _ phase: String, _ recommendation: Recommendation
  ) -> RecommendationRecord {
    RecommendationRecord(
      project: project, phase: phase, recordedAt: second(3), asOf: Day(number: 18_800),
      knownAt: second(2), recommendation: recommendation, effective: recommendation.rawValue,
      crossed: recommendation == .release ? Day(number: 18_700) : nil, isDiscretionary: false,
      isFlagged: recommendation == .withhold, fundsAtStake: Quantity(450_000),
      since: Day(number: 18_790))
  }
}
