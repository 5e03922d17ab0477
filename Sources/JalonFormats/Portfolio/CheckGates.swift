import JalonCore

extension ProjectRule {
  /// Every gate before the last has something to judge: a milestone (a commitment counts) or a
  /// threshold.
  static let gates = ProjectRule(reads: ["awarded", "funded", "phases", "programme"]) {
    context, findings in
    for (index, phase) in context.plan.phases.dropLast().enumerated()
    where phase.milestones.isEmpty && phase.thresholds.isEmpty {
      findings.error("phases[\(index)].gate", .emptyGate(phase))
    }
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
