import JalonCore
import JalonTesting

/// An accepted CSV report, read a second time the plain way: the same facts, line for line.
enum NaiveReport {
  static func check(_ report: ReportFacts, _ bytes: [UInt8]) throws(BrokenProperty) {
    guard let text = Spellings.plainText(bytes),
      let first = text.unicodeScalars.first(where: { $0.value > 0x20 }),
      !"{[".contains(String(first))
    else { return }
    try agree(facts(report), facts(text), "read the plain way, the file says the same")
  }

  /// Each row that counted, as `line: indicator period profile = value weight evidence`.
  private static func facts(_ report: ReportFacts) -> [String] {
    var facts: [String] = []
    for (indicator, unit) in report.units.map({ ($0.indicator, $0.unit) }) {
      for row in unit.observations {
        let (value, weight) = (row.value?.micros, row.weight?.micros)
        facts.append(
          fact(
            Int(row.line), indicator, unit.period, row.profile ?? "", value, weight, row.evidence))
      }
    }
    for row in report.milestones {
      let day = row.reached?.description ?? "-"
      facts.append("\(row.source.line): \(row.milestone) \(day)")
    }
    return facts.sorted()
  }

  private static func fact(
    _ line: Int, _ indicator: String, _ period: Period, _ profile: String, _ value: Int64?,
    _ weight: Int64?, _ evidence: Evidence
  ) -> String {
    let number = value.map(String.init) ?? "n/a"
    return "\(line): \(indicator) \(period) \(profile) = \(number) \(weight ?? 0) \(evidence.word)"
  }

  private static func facts(_ text: String) -> [String] {
    let best = ([";", ",", "\t"] as [Character]).map { header(NaiveText.rows(text, $0)) }
      .max { ($0.columns.count, $0.width) < ($1.columns.count, $1.width) }
    guard let best else { return ["no header"] }
    return best.rows.compactMap { line, cells in
      func cell(_ names: String...) -> String {
        names.compactMap { best.columns[$0] }.first.map { $0 < cells.count ? cells[$0] : "" } ?? ""
      }
      let milestone = cell("jalon", "milestone")
      if !milestone.isEmpty { return fact(line, milestone, on: cell("date")) }
      let value = cell("valeur", "value")
      guard !value.isEmpty else { return nil }
      let name = NaiveText.fold(cell("indicateur", "indicator"))
      let indicator = indicators.first { $0.name == name }?.indicator
      let part = NaiveText.fold(cell("profil", "profile"))
      let profile = part.isEmpty ? nil : indicator?.profiles.first { NaiveText.fold($0) == part }
      guard let indicator, let period = NaiveNotations.period(cell("periode", "period")) else {
        return "\(line): no indicator, or no period"
      }
      let isNothing = ["sans objet", "s.o.", "n/a"].contains(NaiveText.fold(value))
      return fact(
        line, indicator.id, period, profile ?? "",
        isNothing ? nil : NaiveNotations.number(value, unit: indicator.unit) ?? .min,
        NaiveNotations.number(cell("poids", "weight"), unit: ""),
        evidence(cell("preuve", "evidence")))
    }.sorted()
  }

  private static func fact(_ line: Int, _ milestone: String, on date: String) -> String? {
    if date.isEmpty { return nil }
    let known = ReportedProject.plan.milestones.map(\.id)
    let id = known.first { NaiveText.fold($0) == NaiveText.fold(milestone) } ?? "?"
    return "\(line): \(id) \(NaiveNotations.day(date, inCell: true)?.description ?? date)"
  }

  private static let indicators = ReportedProject.plan.indicators.map { indicator in
    (name: NaiveText.fold(indicator.id), indicator: indicator)
  }

  private static func evidence(_ word: String) -> Evidence {
    switch NaiveText.fold(word) {
    case "constate", "observed": .observed
    case "audite", "audited": .audited
    default: .estimated
    }
  }

  private static let names: Set = [
    "projet", "project", "periode", "period", "indicateur", "indicator", "profil", "profile",
    "valeur", "value", "poids", "weight", "preuve", "evidence", "jalon", "milestone", "date",
    "commentaire", "comment",
  ]

  /// The columns of the first row with something in it, and the rows below.
  private static func header(
    _ rows: [(line: Int, cells: [String])]
  ) -> (columns: [String: Int], width: Int, rows: [(line: Int, cells: [String])]) {
    let isTelling = { (cell: String) in
      cell.unicodeScalars.contains { $0.value > 0x20 && !";,".unicodeScalars.contains($0) }
    }
    guard let start = rows.firstIndex(where: { $0.cells.contains(where: isTelling) }) else {
      return ([:], 0, [])
    }
    var columns: [String: Int] = [:]
    for (index, cell) in rows[start].cells.enumerated() {
      let name = NaiveText.fold(cell)
      if names.contains(name), columns[name] == nil { columns[name] = index }
    }
    return (columns, rows[start].cells.count, Array(rows[(start + 1)...]))
  }
}
