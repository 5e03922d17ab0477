import JalonCore

/// One piece of news, with those that are told better in the same breath.
///
/// A team that has been silent for two years has a late report for every month of it: that is one
/// thing to know, and not twenty-four.
struct GatheredNews {
  /// The oldest of them.
  var news: AlertNews
  /// Of reports: the other due days, in order, and what is missing of them.
  var dues: [Day] = []
  var missing: [(indicator: String, expected: ExpectedPeriod)] = []
}

/// What makes late reports one thing to know.
private struct ReportGroup: Hashable {
  let project: String
  let audience: Audience
  let action: AlertAction
  let silence: Int64?

  init(_ decision: AlertDecision) {
    let key = decision.alert.alert.key
    project = key.project
    audience = key.audience
    action = decision.action
    if case .silenceEnded(let number) = decision.reason { silence = number } else { silence = nil }
  }
}

extension [AlertNews] {
  /// The late reports of each project gathered, everything else for itself.
  var gathered: [GatheredNews] {
    var result: [GatheredNews] = []
    var reports: [ReportGroup: Int] = [:]
    for news in sorted(by: { $0.due < $1.due }) {
      guard case .reports(_, let due, let missing) = news.matter else {
        result.append(GatheredNews(news: news))
        continue
      }
      let group = ReportGroup(news.decision)
      guard let place = reports[group] else {
        reports[group] = result.count
        result.append(GatheredNews(news: news))
        continue
      }
      result[place].dues.append(due)
      result[place].missing += missing
    }
    return result
  }
}

extension AlertNews {
  /// The day a late report was due; the same for everything else, whose order is of no matter here.
  fileprivate var due: Day {
    if case .reports(_, let due, _) = matter { due } else { Day(number: 0) }
  }
}
