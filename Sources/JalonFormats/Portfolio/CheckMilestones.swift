import JalonCore

extension ProjectRule {
  /// Milestones are due inside their phase. (Commitments are placed by their date.)
  static let milestones = ProjectRule { context, findings in
    for (index, phase) in context.project.phases.enumerated()
    where findings.areWhole(".from", ".to", of: "phases[\(index)]") {
      for (place, milestone) in phase.milestones.enumerated()
      where milestone.due < phase.from || milestone.due > phase.to {
        findings.error("phases[\(index)].milestones[\(place)].due", .outside(milestone, phase))
      }
    }
  }
}

extension Sentence {
  fileprivate static func outside(_ milestone: Milestone, _ phase: Phase) -> Sentence {
    Sentence(
      french:
        "\(milestone.due) est hors de la phase \(phase.id), qui va du \(phase.from) au \(phase.to)",
      english:
        "\(milestone.due) is outside phase \(phase.id), which runs from \(phase.from) to \(phase.to)"
    )
  }
}
