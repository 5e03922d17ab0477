public import JalonCore

/// The file that a team has to fill in: a row for each figure still expected, with the last known
/// value beside it.
public struct TemplatePage: Sendable {
  private let plan: Plan
  private let knowledge: Knowledge
  private let missing: [(indicator: String, expected: ExpectedPeriod)]
  private let milestones: [Milestone]
  private let figures: Figures

  /// A template for expected periods without a report, and milestones not reached yet.
  public init(
    _ plan: Plan, knowing knowledge: Knowledge = Knowledge(),
    missing: [(indicator: String, expected: ExpectedPeriod)], milestones: [Milestone],
    in language: Language
  ) {
    self.plan = plan
    self.knowledge = knowledge
    self.missing = missing
    self.milestones = milestones
    figures = Figures(language)
  }

  /// The template as French Excel opens it without a question: a byte order mark, `;`, CR LF.
  public var csv: [UInt8] {
    let header = figures.say(
      "projet;periode;indicateur;profil;valeur;poids;preuve;jalon;date;commentaire",
      "project;period;indicator;profile;value;weight;evidence;milestone;date;comment")
    let lines = [header] + rows.map(row) + milestones.map(row)
    return [0xEF, 0xBB, 0xBF] + (lines.joined(separator: "\r\n") + "\r\n").utf8
  }

  /// The same as a JSON report: `null` where a value is due, and the notes in its comment.
  public var json: [UInt8] {
    let notes = rows.map { row in
      let profile = row.profile.isEmpty ? "" : " (\(row.profile))"
      return "\(row.indicator.id)\(profile) \(row.period)\(figures.colon)\(note(row))"
    }
    let reached = milestones.map { "\($0.id)\(figures.colon)\(note($0))" }
    return JSONText.object([
      ("project", .string(plan.project.id)), ("indicators", .array(rows.map(json))),
      (
        "milestones",
        // An empty text is left out as a blank cell is; null would withdraw the milestone.
        .array(milestones.map { .object([("id", .string($0.id)), ("reached", .string(""))]) })
      ),
      ("comment", .string((notes + reached).joined(separator: "\n"))),
    ]).indented
  }

  /// One figure that is due.
  private struct Row {
    let indicator: Indicator
    let period: Period
    /// Empty for the total.
    let profile: String
  }

  private var rows: [Row] {
    missing.flatMap { indicator, expected in
      guard let indicator = plan.indicator(indicator) else { return [Row]() }
      let total = indicator.profiles.isEmpty || indicator.across == .none
      return ((total ? [""] : []) + indicator.profiles).map { profile in
        Row(indicator: indicator, period: expected.period, profile: profile)
      }
    }
  }

  private func row(_ row: Row) -> String {
    line([
      plan.project.id, row.period.template, row.indicator.id, row.profile, "", "", "", "", "",
      note(row),
    ])
  }

  private func json(_ row: Row) -> JSONText {
    var members: [(String, JSONText)] = [
      ("id", .string(row.indicator.id)), ("period", .text(row.period)),
    ]
    if !row.profile.isEmpty { members.append(("profile", .string(row.profile))) }
    members.append(("value", .null))
    if row.indicator.usesWeight { members.append(("weight", .null)) }
    return .object(members)
  }

  /// `Postes équipés (postes) ; dernier connu : 250 en 2021-05`.
  private func note(_ row: Row) -> String {
    // A title is somebody's text: what no text file can hold must not get into one.
    let unit = row.indicator.unit.isEmpty ? "" : " (\(row.indicator.unit.shown(upTo: Limit.title)))"
    return row.indicator.title.shown(upTo: Limit.title) + unit + lastKnown(row)
  }

  /// The latest figure reported before the row's period, of the same profile.
  private func lastKnown(_ row: Row) -> String {
    let units = knowledge.units[row.indicator.id] ?? []
    for unit in units.reversed() where unit.period < row.period {
      guard let known = unit.observations.first(where: { ($0.profile ?? "") == row.profile })
      else { continue }
      let value =
        known.value.map { figures.number(Fraction($0), exact: true) }
        ?? figures.say("sans objet", "n/a")
      return figures.say(
        " — dernier connu : \(value) en \(unit.period)", " — last known: \(value) in \(unit.period)"
      )
    }
    return ""
  }

  private func row(_ milestone: Milestone) -> String {
    line([plan.project.id, "", "", "", "", "", "", milestone.id, "", note(milestone)])
  }

  private func note(_ milestone: Milestone) -> String {
    let due = figures.say("échéance ", "due ") + figures.day(milestone.due)
    return "\(milestone.title.shown(upTo: Limit.title)) (\(due))"
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
    // Byte by byte: with an accent upon it, a quote is another character to Swift alone.
    let doubled = text.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
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
