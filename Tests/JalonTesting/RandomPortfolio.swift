public import JalonCore

/// A programme, a project, everything that was received and decided about it, and questions worth
/// asking: all from one seed.
public struct RandomPortfolio: Sendable {
  /// What the case was made from.
  public let seed: UInt64
  /// The project with its programme's rules filled in.
  public let plan: Plan
  /// What was received and decided.
  public let history: History
  /// Which day to judge, with what was known when.
  public let questions: [Question]

  /// A day to judge and the instant whose knowledge counts.
  public struct Question: Sendable {
    /// The day judged.
    public let asOf: Day
    /// What was known.
    public let knownAt: Instant
  }

  /// The case of a seed.
  public init(seed: UInt64) {
    self.seed = seed
    var dice = Dice(source: SplitMix64(seed: seed))
    var programme = dice.programme()
    let frame = dice.project(in: &programme)
    let reports = dice.reports(for: Plan(project: frame, programme: programme))
    let project = dice.demanding(frame, in: programme, after: reports)
    plan = Plan(project: project, programme: programme)
    history = dice.decided(reports, about: plan)
    questions = dice.questions(about: plan, with: history)
  }

  /// The whole case, for a person to read after a failure.
  public var text: String {
    var lines = ["seed \(seed)"]
    dump(plan.programme, to: &lines)
    dump(plan.project, to: &lines)
    for submission in history.submissions {
      lines.append("submission \(submission.number) at \(submission.receivedAt)")
      for (indicator, unit) in submission.units {
        let rows = unit.observations.map { row in
          let value = row.value?.description ?? "n/a"
          return "\(row.profile ?? "total")=\(value)*\(row.weight?.description ?? "-")"
            + " \(row.evidence.word)"
        }
        lines.append("  \(indicator) \(unit.period): \(rows.joined(separator: ", "))")
      }
      for row in submission.milestones {
        lines.append("  milestone \(row.milestone): \(row.reached?.description ?? "withdrawn")")
      }
    }
    for decision in history.decisions {
      lines.append(
        "decision \(decision.phase) \(decision.verdict) at \(decision.at)"
          + (decision.isTakenBack ? ", taken back" : ""))
    }
    for waiver in history.waivers {
      lines.append(
        "waiver \(waiver.phase) \(waiver.criterion) at \(waiver.at)"
          + (waiver.isTakenBack ? ", taken back" : ""))
    }
    for contest in history.contests {
      lines.append(
        "contest \(contest.indicator) \(contest.period) at \(contest.at)"
          + (contest.isTakenBack ? ", taken back" : ""))
    }
    return lines.joined(separator: "\n")
  }

  private func dump(_ programme: Programme, to lines: inout [String]) {
    lines.append("reporting \(programme.reporting)")
    lines.append("grace \(plan.graceDays), stopped \(plan.project.stopped?.on.description ?? "-")")
  }

  private func dump(_ project: Project, to lines: inout [String]) {
    for indicator in plan.indicators {
      lines.append(
        "indicator \(indicator.id) \(indicator.kind) \(indicator.direction) \(indicator.across) "
          + "\(indicator.cadence) profiles \(indicator.profiles) phases \(indicator.phases ?? ["*"])"
      )
      lines.append("  tolerance \(indicator.tolerance)")
      for point in indicator.forecast?.points ?? [] {
        lines.append("  forecast \(point.period): \(point.planned)")
      }
    }
    for phase in plan.phases {
      lines.append(
        "phase \(phase.id) \(phase.from)…\(phase.to) funding \(phase.funding)"
          + (phase.rightToError ? " rightToError" : ""))
      for milestone in phase.milestones { lines.append("  \(milestone.id) due \(milestone.due)") }
      for threshold in phase.thresholds {
        lines.append(
          "  \(threshold.criterionID) since \(threshold.since) "
            + "evidence \(threshold.evidence?.word ?? "-") "
            + "min \(threshold.min?.description ?? "-") max \(threshold.max?.description ?? "-")")
      }
    }
  }
}
