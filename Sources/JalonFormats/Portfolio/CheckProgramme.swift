public import JalonCore

/// Verifies a programme (SPEC §2, beyond shape).
public func checkProgramme(
  _ programme: Programme, file: String = "", source: SourceMap = .none
) -> CheckResult {
  checkProgramme(programme, Findings(file: file, source: source, strict: false))
}

/// Verifies what can be of a programme: not what rests on a value that could not be read.
func checkProgramme(_ programme: Programme, _ start: Findings) -> CheckResult {
  guard start.isThere("") else { return start.result }
  var findings = start
  for rule in ProgrammeRule.all { rule.check(programme, &findings) }
  return findings.result
}

/// One thing that `jalon check` verifies of a programme beyond its shape.
struct ProgrammeRule: Sendable {
  let check: @Sendable (Programme, inout Findings) -> Void

  static let all: [ProgrammeRule] = [
    .orderedDays, .sizes, .tolerance, .templates, .commitments, .conditions, .followUp,
  ]

  /// First days come before last ones.
  static let orderedDays = ProgrammeRule { programme, findings in
    if let opens = programme.opens, let closes = programme.closes, opens > closes {
      findings.error("closes", .before(closes, opens))
    }
    if let window = programme.spendingWindow, window.from > window.to {
      findings.error("spendingWindow.to", .before(window.to, window.from))
    }
  }

  /// A project has one lowest size, and it is not above the highest.
  static let sizes = ProgrammeRule { programme, findings in
    guard let size = programme.projectSize else { return }
    if size.min != nil && size.above != nil { findings.error("projectSize.above", .twoMinima) }
    if let min = size.min, let max = size.max, min > max {
      findings.error("projectSize.min", .minAboveMax(min, max))
    }
    if let above = size.above, let max = size.max, above >= max {
      findings.error("projectSize.above", .minAboveMax(above, max))
    }
  }

  /// Tolerances are fractions, and a deviation is notable before it is strong.
  static let tolerance = ProgrammeRule { programme, findings in
    let tolerance = programme.tolerance
    findings.checkFractions(
      of: ToleranceEntry(notable: tolerance.notable, strong: tolerance.strong), at: "tolerance")
    if tolerance.notable > tolerance.strong,
      findings.areWhole(".notable", ".strong", of: "tolerance")
    {
      findings.warning("tolerance", .notableAboveStrong(tolerance))
    }
  }

  /// Templates hold to the same rules as a project's own indicators.
  static let templates = ProgrammeRule { programme, findings in
    let says = findings.source.key(at: "reporting") { $0 == "measured" } != nil
    let isKnown =
      findings.isWhole("reporting.measured") && (says || findings.isWhole("reporting.cadence"))
    let measured = isKnown ? programme.reporting.measured : nil
    findings.unique(programme.indicators.map(\.id), at: "indicators", field: ".id")
    for (index, template) in programme.indicators.enumerated() {
      let path = "indicators[\(index)]"
      findings.checkFigures(of: template, kind: template.kind, at: path)
      findings.checkForecast(
        of: template, kind: template.kind,
        cadence: findings.isWhole("\(path).cadence") ? template.cadence ?? measured : nil,
        at: "\(path).forecast")
      findings.checkSpreadsheet(template, at: path)
    }
  }

  /// Commitments have ids of their own.
  static let commitments = ProgrammeRule { programme, findings in
    findings.unique(programme.commitments.map(\.id), at: "commitments", field: ".id")
    for (index, commitment) in programme.commitments.enumerated() {
      findings.checkSpreadsheet(commitment.id, at: "commitments[\(index)].id")
    }
  }

  /// The follow-up team's addresses are well-formed.
  static let followUp = ProgrammeRule { programme, findings in
    findings.checkAddresses(programme.followUp, at: "followUp")
  }
}

extension Sentence {
  fileprivate static func before(_ last: Day, _ first: Day) -> Sentence {
    Sentence(
      french: "\(last) précède le premier jour, \(first)",
      english: "\(last) is before the first day, \(first)")
  }

  fileprivate static let twoMinima = Sentence(
    french: "above remplace min : gardez l’un des deux",
    english: "above stands instead of min: keep one of them")
}
