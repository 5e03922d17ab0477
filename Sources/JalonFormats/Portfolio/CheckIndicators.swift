import JalonCore

extension ProjectRule {
  /// An own entry of a template's id holds nothing that the template says; any other entry is whole.
  ///
  /// The phases it names are the project's.
  static let indicators = ProjectRule { context, findings in
    let phases = context.project.phases.map(\.id)
    for checked in context.entries {
      let (entry, path) = (checked.entry, checked.path)
      if let template = checked.template {
        let open = template.openProfiles == true ? ["profiles"] : []
        for key in entry.keysOfTemplate where !open.contains(key) {
          findings.error("\(path).\(key)", .fromTemplate(key, entry.id, context.programme.id))
        }
      } else if checked.isNamed, context.knowsProgramme {
        for key in entry.missingKeys { findings.error("\(path).\(key)", .missingKey(key)) }
      }
      findings.checkFigures(of: entry, kind: checked.kind, at: path)
      let strong = context.plan.indicator(entry.id)?.tolerance
      if let strong, entry.tolerance != nil, strong.notable > strong.strong,
        checked.isNamed, context.knowsProgramme,
        findings.areWhole(".notable", ".strong", of: "\(path).tolerance")
      {
        findings.warning("\(path).tolerance", .notableAboveStrong(strong))
      }
      for (place, phase) in (entry.phases ?? []).enumerated()
      where context.knowsPhases && !phases.contains(phase) {
        let near = nearestName(to: phase, among: phases)
        findings.error("\(path).phases[\(place)]", .unknownPhase(phase, near: near, phases))
      }
    }
  }
}

extension IndicatorEntry {
  /// The keys written that only a template may hold.
  fileprivate var keysOfTemplate: [String] {
    let keys: [(String, Bool)] = [
      ("unit", unit != nil), ("kind", kind != nil), ("direction", direction != nil),
      ("across", across != nil), ("cadence", cadence != nil), ("profiles", profiles != nil),
      ("range", range != nil), ("decimals", decimals != nil), ("pilote", pilote != nil),
    ]
    return keys.filter(\.1).map(\.0)
  }

  /// The keys without which an entry is not whole.
  fileprivate var missingKeys: [String] {
    let keys: [(String, Bool)] = [
      ("title", title == nil), ("unit", unit == nil), ("kind", kind == nil),
      ("direction", direction == nil),
    ]
    return keys.filter(\.1).map(\.0)
  }
}

extension Findings {
  /// What holds of an indicator wherever it is written.
  mutating func checkFigures(of entry: IndicatorEntry, kind: Kind?, at path: String) {
    if entry.id.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }) {
      error("\(path).id", .markInID(entry.id))
    }
    if kind == .mean, entry.across == .sum { error("\(path).across", .sumOfMeans) }
    if let range = entry.range, let min = range.min, let max = range.max, min > max {
      error("\(path).range.min", .minAboveMax(min, max))
    }
    unique(entry.profiles ?? [], at: "\(path).profiles")
    unique(entry.phases ?? [], at: "\(path).phases")
    unique(entry.onlyFor ?? [], at: "\(path).onlyFor")
    checkFractions(of: entry.tolerance, at: "\(path).tolerance")
  }

  /// Warns of tolerances typed in percent.
  mutating func checkFractions(of tolerance: ToleranceEntry?, at path: String) {
    for (key, value) in [("notable", tolerance?.notable), ("strong", tolerance?.strong)] {
      if let value, value > Quantity(1) { warning("\(path).\(key)", .percentForFraction(value)) }
    }
  }
}

extension Sentence {
  static func minAboveMax(_ min: Quantity, _ max: Quantity) -> Sentence {
    Sentence(
      french: "le minimum \(min) dépasse le maximum \(max)",
      english: "the minimum \(min) is above the maximum \(max)")
  }

  static func notableAboveStrong(_ tolerance: Tolerance) -> Sentence {
    Sentence(
      french:
        "un écart serait fort (\(tolerance.strong)) avant d’être notable (\(tolerance.notable))",
      english:
        "a deviation would be strong (\(tolerance.strong)) before it is notable (\(tolerance.notable))"
    )
  }

  static func unknownPhase(_ phase: String, near: String?, _ phases: [String]) -> Sentence {
    let list = phases.joined(separator: ", ")
    return Sentence(
      french: "phase « \(phase) » inconnue ; "
        + (near.map { "vouliez-vous dire « \($0) » ?" } ?? "phases du projet : \(list)"),
      english: "unknown phase “\(phase)”; "
        + (near.map { "did you mean “\($0)”?" } ?? "phases of the project: \(list)"))
  }

  fileprivate static func fromTemplate(
    _ key: String, _ indicator: String, _ programme: String
  ) -> Sentence {
    Sentence(
      french:
        "« \(key) » vient du programme \(programme), qui décrit \(indicator) ; retirez cette clé (id, title, phases, forecast et tolerance sont permis)",
      english:
        "“\(key)” comes from the programme \(programme), which describes \(indicator); remove this key (id, title, phases, forecast and tolerance are allowed)"
    )
  }

  fileprivate static let sumOfMeans = Sentence(
    french: "des moyennes ne s’additionnent pas ; écrivez mean ou none",
    english: "means do not add up; write mean or none")

  fileprivate static func markInID(_ id: String) -> Sentence {
    Sentence(
      french: "« \(id) » : un indicateur ne contient ni / ni :, qui séparent profil et rapport",
      english: "“\(id)”: an indicator's id has neither / nor :, which set off profile and ratio")
  }

  fileprivate static func percentForFraction(_ value: Quantity) -> Sentence {
    Sentence(
      french: "\(value) est une fraction de la prévision ; écrivez 0.15 pour 15 %",
      english: "\(value) is a fraction of the forecast; write 0.15 for 15%")
  }
}
