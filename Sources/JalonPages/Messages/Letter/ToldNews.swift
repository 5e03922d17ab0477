import JalonCore

/// One piece of news with its words and its place among others.
struct ToldNews {
  let context: NewsContext
  let page: any NewsPage
  /// Its project's plan, if it is known.
  let plan: Plan?
  /// The money at stake.
  let funds: Quantity
  /// How many alerts it tells of.
  let count: Int

  /// News of a letter, worst first.
  static func told(of letter: AlertLetter, on day: Day, _ figures: Figures) -> [ToldNews] {
    let news = letter.news.gathered.map {
      ToldNews($0, on: day, figures, hasTemplate: !letter.attachments.isEmpty)
    }
    // Their places are sorted, for each is a large value to move about.
    return news.indices.sorted { worstFirst(news[$0], news[$1]) }.map { news[$0] }
  }

  private init(_ gathered: GatheredNews, on day: Day, _ figures: Figures, hasTemplate: Bool) {
    let news = gathered.news
    count = gathered.dues.count + 1
    context = NewsContext(
      decision: news.decision, day: day, figures: figures, hasTemplate: hasTemplate)
    var funds = Quantity.zero
    switch news.matter {
    case .gate(let plan, let gate):
      (self.plan, funds) = (plan.readable, gate.fundsAtStake)
      page = GateNews(context: context, plan: plan.readable, gate: gate)
    case .reports(let plan, let due, let missing):
      self.plan = plan.readable
      page = ReportNews(
        context: context, plan: plan.readable, dues: [due] + gathered.dues,
        missing: missing + gathered.missing)
    case .milestone(let plan, let id, let criterion):
      self.plan = plan.readable
      page = MilestoneNews(context: context, plan: plan.readable, id: id, criterion: criterion)
    case .deviation(let plan, let id, let criterion):
      self.plan = plan.readable
      page = DeviationNews(context: context, plan: plan.readable, id: id, criterion: criterion)
    case .contradiction(let plan, let gate, let then):
      (self.plan, funds) = (plan.readable, gate.fundsAtStake)
      page = ContradictionNews(context: context, plan: plan.readable, gate: gate, then: then)
    case .rejection(let plan, let receipt):
      self.plan = plan.readable
      page = RejectionNews(context: context, plan: plan.readable, receipt: receipt)
    case .dueSoon(let plan, let last, let missing, let milestones):
      let titles = milestones.map(\.readable)
      self.plan = plan.readable
      page = DueSoonNews(
        context: context, plan: plan.readable, last: last, missing: missing, milestones: titles)
    case .evaluationMissed(let last):
      self.plan = nil
      page = EvaluationMissedNews(context: context, last: last)
    case .undeliverable(let message):
      self.plan = nil
      page = UndeliverableNews(context: context, message: message)
    case .gone(let plan):
      self.plan = plan?.readable
      page = GoneNews(context: context)
    }
    self.funds = funds
  }

  var isOver: Bool { context.decision.action == .resolve }

  /// The number of the silence that hid it until now.
  var silence: Int64? {
    guard case .silenceEnded(let number) = context.decision.reason else { return nil }
    return number
  }

  /// Why it is in a subject before others: what is new, what is due again, what is over, the rest.
  var prominence: Int {
    if isOver { return 2 }
    return switch context.decision.reason {
    case .alongside: 3
    case .stillHolds: 1
    default: 0
    }
  }

  /// What lasts before what is over; then by kind, money, age and name.
  private static func worstFirst(_ left: ToldNews, _ right: ToldNews) -> Bool {
    let (one, other) = (left.context.key, right.context.key)
    if left.isOver != right.isOver { return right.isOver }
    if one.kind != other.kind { return one.kind.rank < other.kind.rank }
    if left.funds != right.funds { return left.funds > right.funds }
    let since = (left.context.decision.alert.alert.since, right.context.decision.alert.alert.since)
    if since.0 != since.1 { return since.0 < since.1 }
    return (one.project, one.subject, one.audience.rawValue)
      < (other.project, other.subject, other.audience.rawValue)
  }
}

extension Milestone {
  fileprivate var readable: Milestone {
    var milestone = self
    milestone.title = title.shown(upTo: Limit.title)
    return milestone
  }
}
