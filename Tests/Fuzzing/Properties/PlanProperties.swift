import JalonCore
import JalonFormats
import JalonPages
import JalonRound

/// What holds of every plan that passed its checks: it can be judged, asked for, and reported.
enum PlanProperties {
  static func check(_ plan: Plan) throws(BrokenProperty) {
    try hold(plan.changes(to: plan).isEmpty, "a plan does not change by itself")
    let days = interestingDays(plan)
    try judge(plan, Knowledge(), on: days)
    for day in days { try checkTemplate(plan, on: day) }
  }

  /// Gates' days, the days after, deadlines, and the ends of the calendar.
  private static func interestingDays(_ plan: Plan) -> [Day] {
    let ends = plan.phases.prefix(4).flatMap { phase in
      [phase.from, phase.to, phase.to.adding(days: plan.graceDays + 1)]
    }
    return Array(Set(ends)).sorted()
  }

  private static func judge(
    _ plan: Plan, _ knowledge: Knowledge, on days: [Day]
  ) throws(BrokenProperty) {
    // A figure that does not fit is told; it must not end the process.
    guard let judge = try? Judge(plan, knowing: knowledge) else { return }
    for day in days {
      guard let gates = try? judge.gates(asOf: day) else { continue }
      try agree(gates.count, plan.phases.count, "each phase has its gate")
      let json = EvaluationPage.project(plan.project, gates: gates).compact
      try hold(
        (try? JSONDocument(json)) != nil,
        "a judgement is JSON: \(String(decoding: json, as: UTF8.self))")
      for gate in gates {
        let ids = gate.criteria.map(\.id)
        try hold(
          Set(ids).isSubset(of: plan.criterionIDs(in: gate.phase)), "criteria are the plan's")
      }
    }
  }

  /// The template that a team is sent comes back as a good file, and filled in, it counts.
  private static func checkTemplate(_ plan: Plan, on day: Day) throws(BrokenProperty) {
    let missing = plan.allMissing(knowing: Knowledge()).filter { $0.expected.end <= day }
    guard missing.count <= 200 else { return }
    func page(_ language: Language) -> TemplatePage {
      TemplatePage(plan, missing: missing, milestones: plan.milestones, in: language)
    }
    let reader = ReportReader(toldProject: plan.project.id, receivedOn: day) { _ in
      ProjectContext(plan: plan, knowledge: Knowledge())
    }
    let (french, english) = (page(.french), page(.english))
    for (name, file) in [("CSV", french.csv), ("JSON", english.json)] {
      let report = reader.read(file)
      // A template without a single row, or left blank, is empty and nothing worse.
      let problems = report.errors + report.warnings
      let isGood =
        Set(report.errors.map(\.code)).isSubset(of: [.empty])
        && Set(report.warnings.map(\.code)).isSubset(of: [.blank])
      try hold(
        isGood,
        "a template left blank is good: \(name) of \(day): \(problems.map(\.message.english))")
    }
    try FilledTemplate.check(plan, french.csv, reader, on: day)
  }
}
