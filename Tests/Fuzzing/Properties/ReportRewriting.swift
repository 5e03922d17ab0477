import JalonCore
import JalonFormats
import JalonPages

/// An accepted report written again in canonical notation, which has to say the same.
enum ReportRewriting {
  static func check(_ report: ReportFacts) throws(BrokenProperty) {
    for (name, file) in [
      ("CSV", csv(report, ";", reversed: false)),
      ("CSV with tabs", csv(report, "\t", reversed: true)),
      ("CSV with commas", csv(report, ",", reversed: true)), ("JSON", json(report)),
    ] {
      let again = ReportProperties.read(file)
      try hold(again.errors.isEmpty, "accepted is accepted again, as \(name): \(again.errors)")
      try agree(
        report.withoutPlaces, again.withoutPlaces, "written again as \(name), it says the same")
      try agree(report.trends, again.trends, "written again as \(name), it is as odd")
      try hold(
        again.warnings.count == again.trends.count, "written as \(name), nothing else is odd")
    }
    let file = json(report)
    try agree(
      ReportProperties.read(file), ReportProperties.read(file, told: nil),
      "written again, it names its project")
  }

  private static let columns = [
    "projet", "periode", "indicateur", "profil", "valeur", "poids", "preuve", "jalon", "date",
  ]

  static func csv(_ report: ReportFacts, _ delimiter: String, reversed: Bool) -> [UInt8] {
    var rows = [columns]
    for (indicator, unit) in report.units.map({ ($0.indicator, $0.unit) }) {
      for row in unit.observations {
        rows.append([
          report.project ?? "", unit.period.description, indicator, row.profile ?? "",
          row.value?.description ?? "sans objet", row.weight?.description ?? "",
          row.evidence.word, "", "",
        ])
      }
    }
    for row in report.milestones {
      let date = row.reached?.description ?? "-"
      rows.append([report.project ?? "", "", "", "", "", "", "", row.milestone, date])
    }
    let lines = rows.map { row in
      let quoted = row.map { Spellings.quoted($0) }
      return (reversed ? quoted.reversed() : quoted).joined(separator: delimiter)
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  static func json(_ report: ReportFacts) -> [UInt8] {
    let rows: [JSONText] = report.units.flatMap { unit in
      unit.unit.observations.map { row in
        .object(
          [
            ("id", .string(unit.indicator)), ("period", .string(unit.unit.period.description)),
            ("profile", .text(row.profile)),
            ("value", .string(row.value?.description ?? "n/a")),
            ("weight", .text(row.weight)), ("evidence", .string(row.evidence.word)),
          ])
      }
    }
    let milestones: [JSONText] = report.milestones.map { row in
      .object([("id", .string(row.milestone)), ("reached", .text(row.reached))])
    }
    return JSONText.object([
      ("project", .text(report.project)), ("indicators", .array(rows)),
      ("milestones", .array(milestones)),
    ]).indented
  }
}
