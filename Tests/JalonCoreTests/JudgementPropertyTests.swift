import JalonCore
import JalonTesting
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("The judgement agrees with a naive reading of the contract")
struct JudgementPropertyTests {
  /// `JALON_SEEDS=20000..<60000` runs more, or others, by hand.
  static let seeds: Range<UInt64> = {
    let bounds = getenv("JALON_SEEDS").map { String(cString: $0) }?.split(separator: "..<") ?? []
    guard bounds.count == 2, let first = UInt64(bounds[0]), let end = UInt64(bounds[1]),
      first < end
    else { return 0..<900 }
    return first..<end
  }()

  @Test("on random portfolios, in which every outcome occurs")
  func agreement() {
    var tally = Tally()
    var failures = 0
    for seed in Self.seeds where failures < 3 {
      let portfolio = RandomPortfolio(seed: seed)
      for question in portfolio.questions
      where !agrees(portfolio, on: question, tally: &tally) {
        failures += 1
        break
      }
    }
    print(tally.text)
    tally.expectEverything()
  }

  private func agrees(
    _ portfolio: RandomPortfolio, on question: RandomPortfolio.Question, tally: inout Tally
  ) -> Bool {
    let naive = NaiveJudge(portfolio.plan, portfolio.history, knownAt: question.knownAt)
      .gates(asOf: question.asOf)
    tally.count(naive)
    do {
      let knowledge = Knowledge(portfolio.history, at: question.knownAt)
      let core = try Judge(portfolio.plan, knowing: knowledge).gates(asOf: question.asOf)
        .map { PlainGate($0) }
      if core == naive { return true }
      Issue.record(
        """
        \(portfolio.text)
        as of \(question.asOf), known at \(question.knownAt)
        core:
        \(core.map(\.description).joined(separator: "\n"))
        naive:
        \(naive.map(\.description).joined(separator: "\n"))
        """)
    } catch {
      Issue.record("\(portfolio.text)\nas of \(question.asOf): \(error)")
    }
    return false
  }
}

/// How often each outcome occurred, so that agreement is agreement about something.
private struct Tally {
  private var counts: [String: Int] = [:]

  mutating func count(_ gates: [PlainGate]) {
    for gate in gates {
      let recommendation = gate.fields["recommendation"] ?? ""
      counts[recommendation, default: 0] += 1
      for flag in ["ready", "discretionary", "flagged"] where gate.fields[flag] == "true" {
        counts[flag, default: 0] += 1
      }
      if gate.fields["decision"] != "null" {
        let isContradicted = gate.fields["contradicted"] != "null"
        counts[isContradicted ? "contradicted" : "decided", default: 0] += 1
      }
      if recommendation == "release", gate.fields["crossed"] != gate.fields["date"] {
        counts["crossed late", default: 0] += 1
      }
      for criterion in gate.criteria {
        let kind = criterion.id.prefix { $0 != ":" }
        counts["\(kind) \(criterion.status)", default: 0] += 1
        if let level = criterion.fields["level"] { counts[level, default: 0] += 1 }
      }
    }
  }

  var text: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
  }

  func expectEverything() {
    let statuses = [
      "milestone": ["met", "pending", "unmet", "waived"],
      "threshold": ["met", "pending", "unmet", "waived"],
      "reports": ["met", "pending", "unmet", "warning", "waived"],
      "deviation": ["met", "unmet", "warning", "waived"],
    ]
    let outcomes =
      Recommendation.allCases.map(\.rawValue) + DeviationLevel.allCases.map(\.rawValue)
      + ["ready", "discretionary", "flagged", "crossed late", "contradicted", "decided"]
      + statuses.flatMap { kind, statuses in statuses.map { "\(kind) \($0)" } }
    for outcome in outcomes {
      #expect(counts[outcome, default: 0] >= 5, "\(outcome) hardly ever occurs")
    }
  }
}
