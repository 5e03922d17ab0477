public import JalonCore

/// One thing that `jalon check` verifies of a project beyond its shape (SPEC §2).
///
/// Each asks the findings which of the values that it reads could be read (``Findings/isWhole``,
/// ``Findings/isThere``), and judges the others: every error of a file is told at once, and none
/// that would go with another.
struct ProjectRule: Sendable {
  let check: @Sendable (CheckedProject, inout Findings) -> Void

  /// Every rule; one a file.
  static let all: [ProjectRule] = [
    .phases, .milestones, .uniqueIDs, .indicators, .forecasts, .thresholds, .gates, .funding,
    .fundingRules, .dossiers, .addresses, .spreadsheetIDs,
  ]
}

/// Verifies a project in its programme (SPEC §2, beyond shape).
///
/// When `strict`, broken funding rules (rate, ceiling, size) are errors; else they are warnings.
public func checkProject(
  _ project: Project, in programme: Programme, file: String = "", source: SourceMap = .none,
  strict: Bool = false
) -> CheckResult {
  checkProject(
    project, in: programme, Findings(file: file, source: source, strict: strict))
}

/// Verifies what can be of a project: not what rests on a value that could not be read, nor, without
/// a programme, on what that says.
func checkProject(
  _ project: Project, in programme: Programme?, _ start: Findings
) -> CheckResult {
  guard start.isThere("") else { return start.result }
  var findings = start
  let context = CheckedProject(project, in: programme, findings)
  for rule in ProjectRule.all { rule.check(context, &findings) }
  return findings.result
}
