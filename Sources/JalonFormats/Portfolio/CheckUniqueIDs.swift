import JalonCore

extension ProjectRule {
  /// Ids are unique: phases, indicators, milestones with the programme's commitments, and one
  /// threshold for each (indicator, profile, per) of a gate.
  static let uniqueIDs = ProjectRule { context, findings in
    let project = context.project
    findings.unique(project.phases.map(\.id), at: "phases", field: ".id")
    findings.unique(project.indicators.map(\.id), at: "indicators", field: ".id")
    var milestones = Set(context.programme.commitments.map(\.id))
    let commitments = milestones
    for (index, phase) in project.phases.enumerated() {
      for (place, milestone) in phase.milestones.enumerated() {
        let path = "phases[\(index)].milestones[\(place)].id"
        guard findings.isWhole(path), !milestones.insert(milestone.id).inserted else { continue }
        findings.error(
          path,
          commitments.contains(milestone.id)
            ? .commitmentID(milestone.id, context.programme.id) : .repeatedID(milestone.id))
      }
      var thresholds: Set<[String?]> = []
      for (place, threshold) in phase.thresholds.enumerated() {
        let path = "phases[\(index)].gate.thresholds[\(place)]"
        let measure = [threshold.indicator, threshold.profile, threshold.per]
        guard findings.areWhole(".indicator", ".profile", ".per", of: path),
          !thresholds.insert(measure).inserted
        else { continue }
        findings.error(
          path,
          .repeatedThreshold(String(threshold.criterionID.dropFirst("threshold:".count))))
      }
    }
  }
}

extension Findings {
  /// Reports each text of a list that stands in it before.
  ///
  /// An element's problem is at its `field`, and its text is made of its `keys`: of its field, when
  /// none are given.
  mutating func unique(
    _ texts: [String], at path: String, field: String = "", from keys: String...
  ) {
    let keys = keys.isEmpty ? [field] : keys
    var seen: Set<String> = []
    for (index, text) in texts.enumerated() {
      let isRead = keys.allSatisfy { broken.isWhole("\(path)[\(index)]\($0)") }
      guard isRead, !seen.insert(text).inserted else { continue }
      error("\(path)[\(index)]\(field)", .repeatedID(text))
    }
  }
}

extension Sentence {
  fileprivate static func repeatedID(_ id: String) -> Sentence {
    Sentence(
      french: "« \(id) » est déjà pris plus haut ; il faut un autre identifiant",
      english: "“\(id)” is taken further up; another id was expected")
  }

  fileprivate static func commitmentID(_ id: String, _ programme: String) -> Sentence {
    Sentence(
      french: "« \(id) » est un engagement du programme \(programme) ; prenez un autre identifiant",
      english: "“\(id)” is a commitment of the programme \(programme); take another id")
  }

  fileprivate static func repeatedThreshold(_ name: String) -> Sentence {
    Sentence(
      french: "ce passage a déjà un seuil pour \(name) ; réunissez min et max dans un seul",
      english: "this gate already has a threshold for \(name); put min and max into one")
  }
}
