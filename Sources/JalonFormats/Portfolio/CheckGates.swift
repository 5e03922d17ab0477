import JalonCore

extension ProjectRule {
  /// Every gate before the last has something to judge: a milestone (a commitment counts) or a
  /// threshold.
  static let gates = ProjectRule { context, findings in
    guard findings.knowsInherited(in: context) else { return }
    for (index, phase) in context.plan.phases.dropLast().enumerated()
    where phase.milestones.isEmpty && phase.thresholds.isEmpty {
      let path = "phases[\(index)]"
      if findings.isThere("\(path).milestones"), findings.isThere("\(path).gate.thresholds") {
        findings.error("\(path).gate", .emptyGate(phase))
      }
    }
  }
}

extension Findings {
  /// Whether all was read that tells which gates the programme's commitments and conditions are
  /// asked at.
  fileprivate func knowsInherited(in context: CheckedProject) -> Bool {
    let (programme, count) = (context.programme, context.project.phases.count)
    let isOnLastOnly = programme.conditions.allSatisfy { $0.at == .last }
    return context.knowsProgramme
      && (programme.commitments.isEmpty && isOnLastOnly
        || areWhole("awarded", "funded", of: "")
          && areWhole(".from", ".to", ofEach: "phases", count))
      && (isOnLastOnly
        || areWhole("category", "indicators", of: "") && context.knowsPhases)
  }
}

extension Sentence {
  fileprivate static func emptyGate(_ phase: Phase) -> Sentence {
    Sentence(
      french:
        "rien ne conditionne le passage de la phase \(phase.id) ; il faut un jalon ou un seuil",
      english: "nothing conditions the gate of phase \(phase.id); add a milestone or a threshold")
  }
}
