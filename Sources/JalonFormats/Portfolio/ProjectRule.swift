public import JalonCore

/// A project beside what its rules need to know.
struct CheckedProject {
  let project: Project
  let programme: Programme
  let plan: Plan
  let templates: [String: IndicatorEntry]

  init(_ project: Project, in programme: Programme) {
    self.project = project
    self.programme = programme
    plan = Plan(project: project, programme: programme)
    templates = Dictionary(
      programme.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// An indicator entry with what it leaves to its template.
  func whole(_ entry: IndicatorEntry) -> IndicatorEntry {
    guard entry.kind == nil, var whole = templates[entry.id] else { return entry }
    whole.forecast = entry.forecast ?? whole.forecast
    whole.tolerance = entry.tolerance ?? whole.tolerance
    return whole
  }
}

/// One thing that `jalon check` verifies of a project beyond its shape (SPEC §2).
struct ProjectRule: Sendable {
  /// The outermost keys it reads, with `programme` when it reads the programme too.
  ///
  /// A rule is left out when one of them has a problem of shape: it would only repeat it.
  let reads: Set<String>
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
    project, in: programme, leavingOut: [],
    Findings(file: file, source: source, strict: strict))
}

/// Verifies what can be of a project: not the rules that read a broken key.
func checkProject(
  _ project: Project, in programme: Programme, leavingOut broken: Set<String>, _ start: Findings
) -> CheckResult {
  var findings = start
  let context = CheckedProject(project, in: programme)
  for rule in ProjectRule.all where rule.reads.isDisjoint(with: broken) {
    rule.check(context, &findings)
  }
  return findings.result
}
