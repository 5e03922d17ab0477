/// One thing that an amended plan says otherwise than the plan before.
public struct PlanChange: Hashable, Sendable {
  /// What is said of.
  public enum Subject: Hashable, Sendable {
    case title
    case totalCost
    case grant
    case balance
    case grace
    case stop
    case phase(String)
    case funding(phase: String)
    case rightToError(phase: String)
    case milestone(phase: String, String)
    case threshold(phase: String, String)
    case indicator(String)
    case tolerance(String)
    case forecast(String, Period)
  }

  /// What is said.
  public enum Value: Hashable, Sendable {
    case text(String)
    case amount(Quantity)
    case count(Int)
    case flag(Bool)
    case day(Day)
    case days(from: Day, to: Day)
    case threshold(Threshold)
    case tolerance(Tolerance)
    case stop(Stop)
    /// An indicator's kind, direction, unit and cadence.
    case measured(Kind, Direction, String, Cadence)
  }

  /// What is said of.
  public let subject: Subject
  /// What was said; `nil`: nothing was.
  public let before: Value?
  /// What is said; `nil`: nothing is any more.
  public let after: Value?
}

extension Plan {
  /// What a later plan of the project says otherwise: money, then each phase in order, then each
  /// indicator; templates and commitments of the programme included.
  public func changes(to later: Plan) -> [PlanChange] {
    let (before, after) = (statements, later.statements)
    let old = Dictionary(before, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(after, uniquingKeysWith: { first, _ in first })
    var changes: [PlanChange] = after.compactMap { subject, value in
      guard old[subject] != value else { return nil }
      return PlanChange(subject: subject, before: old[subject], after: value)
    }
    changes += before.filter { new[$0.0] == nil }.map {
      PlanChange(subject: $0.0, before: $0.1, after: nil)
    }
    return changes
  }

  /// All that a plan says, each said once.
  private var statements: [(PlanChange.Subject, PlanChange.Value)] {
    var all: [(PlanChange.Subject, PlanChange.Value)] = [
      (.title, .text(project.title)), (.totalCost, .amount(project.totalCost)),
      (.grant, .amount(project.grant)), (.balance, .amount(project.balance)),
      (.grace, .count(graceDays)),
    ]
    if let stop = project.stopped { all.append((.stop, .stop(stop))) }
    return all + phases.flatMap(statements) + indicators.flatMap(statements)
  }

  private func statements(_ phase: Phase) -> [(PlanChange.Subject, PlanChange.Value)] {
    let id = phase.id
    let right: [(PlanChange.Subject, PlanChange.Value)] =
      phase.rightToError ? [(.rightToError(phase: id), .flag(true))] : []
    return [
      (.phase(id), .days(from: phase.from, to: phase.to)),
      (.funding(phase: id), .amount(phase.funding)),
    ] + right + phase.milestones.map { (.milestone(phase: id, $0.id), .day($0.due)) }
      + phase.thresholds.map { (.threshold(phase: id, $0.criterionID), .threshold($0)) }
  }

  private func statements(_ indicator: Indicator) -> [(PlanChange.Subject, PlanChange.Value)] {
    let id = indicator.id
    return [
      (
        .indicator(id),
        .measured(indicator.kind, indicator.direction, indicator.unit, indicator.cadence)
      ),
      (.tolerance(id), .tolerance(indicator.tolerance)),
    ]
      + (indicator.forecast?.points ?? []).map {
        (.forecast(id, $0.period), .amount($0.planned))
      }
  }
}
