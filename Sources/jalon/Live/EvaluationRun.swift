import JalonCore
import JalonPages
import JalonRound

/// What one evaluation found, gathered some projects at a time.
struct EvaluationRun {
  private let isJSON: Bool
  private(set) var projects = 0
  private(set) var flagged = 0
  private(set) var changes: [(project: String, change: GateChange)] = []
  private(set) var overflowed: [String] = []
  private var counts: [Recommendation: Int] = [:]
  private var lines: [(id: String, json: [UInt8])] = []

  init(isJSON: Bool) { self.isJSON = isJSON }

  mutating func take(_ judged: [JudgedProject]) {
    for project in judged {
      projects += 1
      guard let gates = try? project.gates.get() else {
        overflowed.append(project.plan.project.id)
        continue
      }
      for gate in gates {
        counts[gate.recommendation, default: 0] += 1
        if gate.isFlagged { flagged += 1 }
      }
      changes += project.changes.map { (project.plan.project.id, $0) }
      guard isJSON else { continue }
      let page = EvaluationPage.project(project.plan.project, gates: gates)
      lines.append((project.plan.project.id, page.compact))
    }
  }

  /// Shows what was found by an evaluation.
  func show(_ made: Evaluation, in language: Language) throws {
    if isJSON {
      try showJSON(made)
    } else {
      let page = EvaluationSummaryPage(
        asOf: made.day, knownAt: made.knownAt, in: language)
      let changes = changes.map {
        RecommendationChange(
          project: $0.project, phase: $0.change.now.phase,
          before: $0.change.before?.recommendation, now: $0.change.now.recommendation,
          fundsAtStake: $0.change.now.fundsAtStake)
      }
      try Output.write(
        page.text(projects: projects, flagged: flagged, counts: counts, changes: changes))
    }
  }

  /// Sorted by id in order of code points, as the contract wants.
  private func showJSON(_ made: Evaluation) throws {
    let opening = EvaluationPage.opening(asOf: made.day, knownAt: made.knownAt)
    try Output.write(opening)
    let sorted = lines.sorted {
      $0.id.unicodeScalars.lexicographicallyPrecedes($1.id.unicodeScalars)
    }
    for (index, line) in sorted.enumerated() {
      try Output.write((index > 0 ? Array(",\n".utf8) : [0x0A]) + line.json)
    }
    try Output.write("\n]}\n")
  }
}
