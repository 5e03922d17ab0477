public import JalonCore

/// Judged gates as the contract's JSON (SPEC §10, `evaluate --json`).
public enum EvaluationPage {
  /// The opening of the whole answer; projects follow, then `]}`.
  public static func opening(asOf day: Day, knownAt: Instant) -> String {
    "{\"asOf\":\"\(day)\",\"knownAt\":\"\(knownAt)\",\"projects\":["
  }

  /// One project with its gates.
  public static func project(_ project: Project, gates: [GateJudgement]) -> JSONText {
    .object([
      ("project", .string(project.id)), ("programme", .string(project.programme)),
      ("gates", .array(gates.map(gate))),
    ])
  }

  /// One gate.
  public static func gate(_ gate: GateJudgement) -> JSONText {
    .object([
      ("phase", .string(gate.phase)), ("date", .text(gate.date)),
      ("deadline", .text(gate.deadline)), ("nextPhase", .text(gate.nextPhase)),
      ("fundsAtStake", .text(gate.fundsAtStake)),
      ("recommendation", .string(gate.recommendation.rawValue)), ("crossed", .text(gate.crossed)),
      ("ready", .bool(gate.ready)), ("discretionary", .bool(gate.discretionary)),
      ("decision", .text(gate.decision?.verdict.rawValue)),
      ("effective", .string(gate.effective)), ("flagged", .bool(gate.isFlagged)),
      ("criteria", .array(gate.criteria.map(criterion))),
    ])
  }

  /// One criterion.
  public static func criterion(_ criterion: Criterion) -> JSONText {
    .object(
      [
        ("id", .string(criterion.id)), ("grounds", .string(criterion.grounds.rawValue)),
        ("status", .string(criterion.status.rawValue)),
      ] + members(of: criterion.finding))
  }

  private static func members(of finding: Finding) -> [(String, JSONText)] {
    switch finding {
    case .milestone(let due, _, let reach):
      [("due", .text(due)), ("reached", .text(reach?.reached))]
    case .threshold(let threshold, let measure, _, let ratio):
      [
        ("measure", .text(threshold.per == nil ? measure?.value : ratio)),
        ("period", .text(threshold.per == nil || ratio != nil ? measure?.period : nil)),
        ("min", .text(threshold.min)), ("max", .text(threshold.max)),
        ("since", .string(threshold.since.rawValue)),
      ]
    case .reports(let overdue, let awaited):
      [("overdue", .texts(overdue)), ("awaited", .texts(awaited))]
    case .deviation(let level, let measure, let forecast):
      [
        ("level", .string(level.rawValue)), ("measure", .text(measure.value)),
        ("forecast", .text(forecast)), ("period", .text(measure.period)),
      ]
    }
  }
}
