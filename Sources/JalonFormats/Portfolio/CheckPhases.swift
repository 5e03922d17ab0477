import JalonCore

extension ProjectRule {
  /// There is a phase; each ends on or after its first day, and begins after the one before ends.
  static let phases = ProjectRule { context, findings in
    let phases = context.project.phases
    if phases.isEmpty { findings.error("phases", .noPhase) }
    for (index, phase) in phases.enumerated() {
      guard findings.isWhole("phases[\(index)].from") else { continue }
      if phase.from > phase.to {
        findings.error("phases[\(index)].to", .endsBeforeStart(phase))
      }
      guard index > 0, case let before = phases[index - 1], phase.from <= before.to,
        findings.areWhole(".from", ".to", of: "phases[\(index - 1)]")
      else { continue }
      let message: Sentence =
        phase.from < before.from ? .outOfOrder(phase, before) : .overlaps(phase, before)
      findings.error("phases[\(index)].from", message)
    }
  }
}

extension Sentence {
  fileprivate static let noPhase = Sentence(
    french: "il faut au moins une phase", english: "at least one phase was expected")

  fileprivate static func endsBeforeStart(_ phase: Phase) -> Sentence {
    Sentence(
      french: "\(phase.to) précède le début de la phase \(phase.id), le \(phase.from)",
      english: "\(phase.to) is before the start of phase \(phase.id), \(phase.from)")
  }

  fileprivate static func overlaps(_ phase: Phase, _ before: Phase) -> Sentence {
    let next = before.to.adding(days: 1)
    return Sentence(
      french:
        "\(phase.from) tombe dans la phase \(before.id), qui finit le \(before.to) ; commencez au \(next)",
      english: "\(phase.from) is inside phase \(before.id), which ends \(before.to); start \(next)")
  }

  fileprivate static func outOfOrder(_ phase: Phase, _ before: Phase) -> Sentence {
    Sentence(
      french:
        "la phase \(phase.id) commence avant la phase \(before.id) (\(before.from)) ; rangez-les par date",
      english:
        "phase \(phase.id) starts before phase \(before.id) (\(before.from)); put them in order")
  }
}
