import JalonCore
import JalonTesting

extension PlainGate {
  /// The core's judgement in the plain strings of the naive one.
  init(_ gate: GateJudgement) {
    self.init(
      fields: [
        "phase": gate.phase, "date": gate.date.description,
        "deadline": gate.deadline.description, "nextPhase": gate.nextPhase ?? "null",
        "fundsAtStake": gate.fundsAtStake.description,
        "recommendation": gate.recommendation.rawValue,
        "crossed": gate.crossed?.description ?? "null", "ready": String(gate.ready),
        "discretionary": String(gate.discretionary),
        "decision": gate.decision?.verdict.rawValue ?? "null", "effective": gate.effective,
        "flagged": String(gate.isFlagged),
        "contradicted": gate.contradicted?.rawValue ?? "null",
      ], criteria: gate.criteria.map { PlainCriterion($0) })
  }
}

extension PlainCriterion {
  /// The core's criterion in the plain strings of the naive one.
  init(_ criterion: Criterion) {
    self.init(
      id: criterion.id, grounds: criterion.grounds.rawValue, status: criterion.status.rawValue,
      fields: criterion.finding.plainFields.mapValues { $0 ?? "null" })
  }
}

extension Finding {
  fileprivate var plainFields: [String: String?] {
    switch self {
    case .milestone(let due, _, let reach):
      return ["due": due.description, "reached": reach?.reached?.description]
    case .threshold(let threshold, let measure, _, let ratio):
      let value = threshold.per == nil ? measure?.value : ratio
      return [
        "measure": value?.description, "period": value.flatMap { _ in measure?.period.description },
        "min": threshold.min?.description, "max": threshold.max?.description,
        "since": threshold.since.rawValue,
      ]
    case .reports(let overdue, let awaited):
      return [
        "overdue": "[" + overdue.map(\.description).joined(separator: " ") + "]",
        "awaited": "[" + awaited.map(\.description).joined(separator: " ") + "]",
      ]
    case .deviation(let level, let measure, let forecast):
      return [
        "level": level.rawValue, "measure": measure.value.description,
        "forecast": forecast.description, "period": measure.period.description,
      ]
    }
  }
}
