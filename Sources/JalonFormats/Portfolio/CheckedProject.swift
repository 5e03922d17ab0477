import JalonCore

/// A project beside what its rules need to know.
struct CheckedProject {
  let project: Project
  /// Its programme; one without any rule where there is none to go by.
  let programme: Programme
  /// Whether there is a programme to go by.
  let knowsProgramme: Bool
  /// Whether the id of each of its own indicators was read.
  let knowsIndicators: Bool
  /// Whether the id of each of its phases was read.
  let knowsPhases: Bool
  /// Its own indicators, in order.
  let entries: [CheckedEntry]
  /// What its gates rest on, of those indicators and phases that are known.
  let plan: Plan
  let templates: [String: IndicatorEntry]

  private let places: [String: Int]

  init(_ project: Project, in programme: Programme?, _ findings: Findings) {
    let known = programme
    let programme =
      known ?? Programme(id: Placeholder.name, title: "", operatorName: "", form: .guichet)
    let templates = Dictionary(
      programme.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let entries = project.indicators.enumerated().map { index, entry in
      CheckedEntry(
        entry, at: "indicators[\(index)]", measured: known?.reporting.measured, templates, findings)
    }
    self.project = project
    self.programme = programme
    self.templates = templates
    self.entries = entries
    knowsProgramme = known != nil
    knowsIndicators = findings.areWhole(".id", ofEach: "indicators", entries.count)
    knowsPhases = findings.areWhole(".id", ofEach: "phases", project.phases.count)
    places = Dictionary(
      entries.enumerated().filter(\.element.isNamed).map { ($1.entry.id, $0) },
      uniquingKeysWith: { first, _ in first })
    var planned = project
    planned.indicators = entries.compactMap(\.planned)
    for index in planned.phases.indices
    where !findings.areWhole(".from", ".to", of: "phases[\(index)]") {
      // No period is inside it, whichever of its days was read.
      planned.phases[index].from = Placeholder.day.adding(days: 1)
      planned.phases[index].to = Placeholder.day
    }
    plan = Plan(project: planned, programme: programme)
  }

  /// The project's own entry of an id.
  func own(_ id: String) -> CheckedEntry? { places[id].map { entries[$0] } }
}

/// An own indicator of a project beside what is known of it.
struct CheckedEntry {
  let entry: IndicatorEntry
  let path: String
  /// Whether its id was read.
  let isNamed: Bool
  /// Whether it describes itself: no template does.
  let isOwn: Bool
  /// The template that it leaves most to say.
  let template: IndicatorEntry?
  /// Its kind, where that is known.
  let kind: Kind?
  /// The cadence it is measured at, where that is known.
  let cadence: Cadence?

  fileprivate init(
    _ entry: IndicatorEntry, at path: String, measured: Cadence?,
    _ templates: [String: IndicatorEntry], _ findings: Findings
  ) {
    self.entry = entry
    self.path = path
    isNamed = findings.isWhole("\(path).id")
    template = isNamed ? templates[entry.id] : nil
    // Where it cannot be looked up, what says its kind is taken at its word.
    let isLookedUp = isNamed && measured != nil
    let saysKind = entry.kind != nil || !findings.isWhole("\(path).kind")
    isOwn = template == nil && (isLookedUp || saysKind)
    kind = (template ?? entry).kind
    if let template {
      cadence = template.cadence ?? measured
    } else {
      let isRead = isOwn && findings.isWhole("\(path).cadence")
      cadence = isRead ? entry.cadence ?? measured : nil
    }
  }

  /// The entry as a plan takes it, whole: a threshold may name it whatever else is missing of it.
  fileprivate var planned: IndicatorEntry? {
    guard isNamed else { return nil }
    var planned = entry
    if template != nil {
      planned.kind = nil
    } else if isOwn {
      planned.kind = entry.kind ?? .level
      planned.direction = entry.direction ?? .up
    }
    return planned
  }
}
