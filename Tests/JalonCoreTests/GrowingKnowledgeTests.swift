import JalonCore
import JalonTesting
import Testing

@Suite("What is known, file after file")
struct GrowingKnowledgeTests {
  @Test("one more file makes of it what the whole history tells, or nothing where acts are between")
  func adding() {
    var (taken, refused) = (0, 0)
    for seed in UInt64(0)..<150 {
      let whole = RandomPortfolio(seed: seed).history
      var history = whole
      history.submissions = []
      var latest: (knowledge: Knowledge, at: Instant)?
      for submission in whole.submissions {
        let at = submission.receivedAt
        history.submissions.append(submission)
        let expected = Knowledge(history, at: at)
        if let (known, before) = latest, !history.hasActs(after: before, by: at),
          let added = known.adding(submission)
        {
          taken += 1
          #expect(facts(added) == facts(expected), "seed \(seed), submission \(submission.number)")
        } else {
          refused += 1
        }
        latest = (expected, at)
      }
    }
    #expect(taken > 1_000 && refused > 200)
  }

  private func facts(_ knowledge: Knowledge) -> [String] {
    knowledge.units.map { "\($0) \($1)" }.sorted()
      + knowledge.milestones.map { "\($0) \($1)" }.sorted()
      + knowledge.contested.filter { !$1.isEmpty }.map { "\($0) \($1)" }.sorted()
      + knowledge.decisions.map { "\($0)" } + knowledge.waivers.map { "\($0)" }
  }
}
