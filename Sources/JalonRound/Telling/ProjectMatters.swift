import JalonCore
import JalonFormats
import JalonPages

/// What there is to say of a judged project's alerts, as it stands now.
struct ProjectMatters {
  let plan: Plan
  let knowledge: Knowledge
  let gates: [GateJudgement]
  /// A receipt by its number in the notebook.
  let receipt: (Int64) throws -> Receipt?

  /// What an alert is about; of one that is over, what stands in its place.
  func matter(of key: AlertKey) throws -> AlertNews.Matter {
    switch key.kind {
    case .gateWithhold, .gateAtRisk, .gateReleased:
      return gate(key.subject).map { .gate(plan, $0) } ?? .gone(plan)
    case .decisionContradicted:
      guard let gate = gate(key.subject) else { return .gone(plan) }
      return .contradiction(plan, gate, then: gate.decision?.stood ?? gate.recommendation)
    case .reportOverdue:
      guard let due = Day(key.subject) else { return .gone(plan) }
      return .reports(plan, due: due, missing: missing(due))
    case .milestoneOverdue:
      return .milestone(plan, key.subject, criterion("milestone:" + key.subject))
    case .deviationStrong:
      return .deviation(plan, key.subject, criterion("deviation:" + key.subject))
    case .dueSoon: return dueSoon(key.subject)
    case .fileRejected:
      let number = Int64(key.subject.drop { !$0.isNumber })
      return try number.flatMap(receipt).map { .rejection(plan, $0) } ?? .gone(plan)
    case .evaluationMissed, .mailUndeliverable: return .gone(plan)
    }
  }

  private func gate(_ phase: String) -> GateJudgement? { gates.first { $0.phase == phase } }

  /// A criterion as it stands: at a gate that is still to be crossed, or else where it was crossed.
  private func criterion(_ id: String) -> Criterion? {
    let open = gates.filter { $0.recommendation != .release }
    return (open + gates.reversed()).lazy.flatMap(\.criteria).first { $0.id == id }
  }

  private func missing(_ due: Day) -> [(indicator: String, expected: ExpectedPeriod)] {
    plan.allMissing(knowing: knowledge).filter { $0.expected.due == due }
  }

  private func dueSoon(_ subject: String) -> AlertNews.Matter {
    let parts = subject.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.last else { return .gone(plan) }
    if parts.first == "report", let due = Day(name) {
      return .dueSoon(
        plan, last: due.adding(days: plan.graceDays), missing: missing(due), milestones: [])
    }
    let milestones = plan.milestones.filter { $0.id == name }
    return milestones.first.map {
      .dueSoon(plan, last: $0.due, missing: [], milestones: milestones)
    } ?? .gone(plan)
  }
}

extension ProjectMatters {
  /// The file that a team has to fill in for what is missing on a day.
  func template(on day: Day, in language: Language) -> MessageAttachment {
    let missing = plan.allMissing(knowing: knowledge).filter { $0.expected.end <= day }
    let milestones = plan.milestones.filter {
      knowledge.milestones[$0.id]?.reached == nil && $0.due <= day
    }
    let page = TemplatePage(
      plan, knowing: knowledge, missing: missing, milestones: milestones, in: language)
    return MessageAttachment(
      name: "\(language == .french ? "remontee" : "report")-\(plan.project.id)-\(day).csv",
      type: "text/csv; charset=utf-8", bytes: page.csv)
  }
}

extension AlertKey {
  /// Whether a team that is told of it needs the file to fill in.
  var wantsTemplate: Bool {
    audience == .team && (kind == .reportOverdue || kind == .milestoneOverdue || kind == .dueSoon)
  }
}
