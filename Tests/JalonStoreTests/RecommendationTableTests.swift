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

  @Test("The first evaluation stays the first")
  func firstEvaluation() throws {
    let notebook = try TemporaryNotebook()
    let connection = try notebook.open()
    #expect(try connection.evaluations.first() == nil)
    let runs = [3, 1, 2].map {
      EvaluationRecord(at: second($0), asOf: Day(number: 18_800), projects: 2, changes: 4)
    }
    try connection.write { () throws(StoreError) in
      for run in runs { try connection.evaluations.add(run) }
    }
    #expect(try connection.evaluations.first() == runs[0])
    #expect(try connection.evaluations.latest() == runs[2])
  }

  @Test("What changed after an instant is told once a gate, from what stood before to what stands")
  func changes() throws {
    let notebook = try TemporaryNotebook()
    let connection = try notebook.open()
    func add(
      _ project: Int64, _ phase: String, _ recommendation: Recommendation, at instant: Instant
    ) throws(StoreError) {
      var record = RecommendationRecord.sample(project, phase, recommendation)
      record.recordedAt = instant
      try connection.recommendations.add(record)
    }
    try connection.write { () throws(StoreError) in
      for id in ["P-2", "P-1", "P-3"] { try connection.projects.add(id) }
      try add(1, "P1", .notReached, at: second(1))
      try add(1, "P1", .pending, at: second(10))
      try add(1, "P2", .notReached, at: second(5))
      try add(3, "P1", .pending, at: second(10))
      try add(1, "P1", .atRisk, at: second(11))
      try add(2, "P1", .notReached, at: second(12))
      try add(1, "P1", .withhold, at: second(20))
      // The clock was set back: it stands all the same.
      try add(2, "P1", .pending, at: second(4))
    }
    let changes = try connection.recommendations.changes(recordedAfter: second(10), limit: 9)
    #expect(changes.map(\.project) == ["P-1", "P-2"])
    #expect(changes.map(\.before) == [nil, .pending])
    #expect(changes.map(\.latest.recommendation) == [.pending, .withhold])
    #expect(changes.map(\.latest.phase) == ["P1", "P1"])
    #expect(
      changes.map(\.latest) == [
        try connection.recommendations.latest(of: 2)[0],
        try connection.recommendations.latest(of: 1)[0],
      ])
    let first = try connection.recommendations.changes(recordedAfter: second(10), limit: 1)
    #expect(first == [changes[0]])
    #expect(try connection.recommendations.changes(recordedAfter: second(20), limit: 9).isEmpty)
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
