public import JalonCore

/// The file that a team has to fill in: a row for each figure still expected.
public struct TemplatePage: Sendable {
  private let plan: Plan
  private let missing: [(indicator: String, expected: ExpectedPeriod)]
  private let milestones: [Milestone]
  private let figures: Figures

  /// A template for expected periods without a report, and milestones not reached yet.
  public init(
    _ plan: Plan, missing: [(indicator: String, expected: ExpectedPeriod)],
    milestones: [Milestone], in language: Language
  ) {
    self.plan = plan
    self.missing = missing
    self.milestones = milestones
    figures = Figures(language)
  }

  /// The template as French Excel opens it without a question: a byte order mark, `;`, CR LF.
  public var csv: [UInt8] {
    let header = figures.say(
      "projet;periode;indicateur;profil;valeur;poids;preuve;jalon;date;commentaire",
      "project;period;indicator;profile;value;weight;evidence;milestone;date;comment")
    let lines = [header] + missing.flatMap(rows) + milestones.map(row)
    return [0xEF, 0xBB, 0xBF] + (lines.joined(separator: "\r\n") + "\r\n").utf8
  }

  private func rows(_ missing: (indicator: String, expected: ExpectedPeriod)) -> [String] {
    guard let indicator = plan.indicator(missing.indicator) else { return [] }
    let total = indicator.profiles.isEmpty || indicator.across == .none
    let profiles = (total ? [""] : []) + indicator.profiles
    let unit = indicator.unit.isEmpty ? "" : " (\(indicator.unit))"
    return profiles.map { profile in
      line([
        plan.project.id, missing.expected.period.template, indicator.id, profile, "", "", "", "",
        "", indicator.title + unit,
      ])
    }
  }

  private func row(_ milestone: Milestone) -> String {
    let due = figures.say("échéance ", "due ") + figures.day(milestone.due)
    return line([
      plan.project.id, "", "", "", "", "", "", milestone.id, "", "\(milestone.title) (\(due))",
    ])
  }

  private func line(_ cells: [String]) -> String {
    cells.map(TemplatePage.cell).joined(separator: ";")
  }

  /// A cell that no spreadsheet takes for a formula, quoted where it has to be.
  static func cell(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) { text = "'" + text }
    let needsQuotes = text.utf8.contains { "\";\r\n".utf8.contains($0) }
    guard needsQuotes else { return text }
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"" + doubled + "\""
  }
}

extension Period {
  /// A notation that Excel leaves alone: months as `2021-M03`.
  var template: String {
    guard cadence == .monthly else { return description }
    let parts = description.split(separator: "-")
    return parts.joined(separator: "-M")
  }
}
