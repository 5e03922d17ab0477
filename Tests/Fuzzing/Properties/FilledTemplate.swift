import JalonCore
import JalonFormats
import JalonPages
import JalonTesting

/// What a team does with a template: fills in each cell, and sends it.
///
/// It has to count, and both judges have to say the same of it.
enum FilledTemplate {
  static func check(
    _ plan: Plan, _ template: [UInt8], _ reader: ReportReader, on day: Day
  ) throws(BrokenProperty) {
    let text = String(decoding: template.dropFirst(3), as: UTF8.self)
    let rows = NaiveText.rows(text, ";").dropFirst().map { filled($0.cells, plan, on: day) }
    // A rule that no round number satisfies is not filled in here.
    guard !rows.isEmpty, !rows.contains(nil), day >= plan.start ?? day else { return }
    let header = "projet;periode;indicateur;profil;valeur;poids;preuve;jalon;date;commentaire"
    let lines = rows.compactMap { $0 }.map { cells in
      cells.map { Spellings.quoted($0) }.joined(separator: ";")
    }
    let report = reader.read(Array(([header] + lines).map { $0 + "\r\n" }.joined().utf8))
    try hold(
      report.isAccepted && report.rows == rows.count,
      "a template filled in counts: \(report.errors.map(\.message.english))\n\(lines)")
    try checkJudges(plan, report, on: day)
  }

  /// A row with a value or a date; `nil` where 0 and the limits are no values.
  private static func filled(_ cells: [String], _ plan: Plan, on day: Day) -> [String]? {
    var cells = cells
    guard cells.count == 10 else { return nil }
    if cells[2].isEmpty {
      cells[8] = day.description
      return cells
    }
    let shown = cells[2]
    guard let rule = plan.indicators.first(where: { $0.id == shown || "'" + $0.id == shown })
    else { return nil }
    let value = max(rule.range.min ?? .zero, min(.zero, rule.range.max ?? .zero))
    var step: Int64 = 1_000_000
    for _ in 0..<rule.decimals { step /= 10 }
    cells[4] = value.description
    return value.micros % step == 0 ? cells : nil
  }

  /// The core's judgement and the naive one, of the same facts on the same day.
  private static func checkJudges(
    _ plan: Plan, _ report: ReadReport, on day: Day
  ) throws(BrokenProperty) {
    // The naive judge tries every day.
    guard let start = plan.start, day.number - start.number < 1_500 else { return }
    var history = History()
    history.submissions = [
      Submission(
        number: 1, receivedAt: Instant(utc: day), units: report.units,
        milestones: report.milestones)
    ]
    let known = Instant(utc: day.adding(days: 1))
    guard let judge = try? Judge(plan, knowing: Knowledge(history, at: known)),
      let gates = try? judge.gates(asOf: day)
    else { return }
    let naive = NaiveJudge(plan, history, knownAt: known).gates(asOf: day)
    try agree(gates.map(words), naive.map(words), "both judges say the same on \(day)")
  }

  private static func words(_ gate: GateJudgement) -> [String] {
    [gate.phase, gate.recommendation.rawValue, gate.crossed?.description ?? "null"]
      + gate.criteria.map { "\($0.id) \($0.status.rawValue)" }
  }

  private static func words(_ gate: PlainGate) -> [String] {
    ["phase", "recommendation", "crossed"].map { gate.fields[$0] ?? "null" }
      + gate.criteria.map { "\($0.id) \($0.status)" }
  }
}
