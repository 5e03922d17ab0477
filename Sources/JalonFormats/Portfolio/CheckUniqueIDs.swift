import JalonCore

extension ProjectRule {
  /// Ids are unique: phases, indicators, milestones with the programme's commitments, and one
  /// threshold for each (indicator, profile, per) of a gate.
  static let uniqueIDs = ProjectRule(reads: ["phases", "indicators", "programme"]) {
    context, findings in
    let project = context.project
    findings.unique(project.phases.map(\.id), at: "phases", field: ".id")
    findings.unique(project.indicators.map(\.id), at: "indicators", field: ".id")
    var milestones = Set(context.programme.commitments.map(\.id))
    let commitments = milestones
    for (index, phase) in project.phases.enumerated() {
      for (place, milestone) in phase.milestones.enumerated()
      where !milestones.insert(milestone.id).inserted {
        findings.error(
          "phases[\(index)].milestones[\(place)].id",
          commitments.contains(milestone.id)
            ? .commitmentID(milestone.id, context.programme.id) : .repeatedID(milestone.id))
      }
      var thresholds: Set<[String?]> = []
      for (place, threshold) in phase.thresholds.enumerated()
      where !thresholds.insert([threshold.indicator, threshold.profile, threshold.per]).inserted {
        findings.error(
          "phases[\(index)].gate.thresholds[\(place)]",
          .repeatedThreshold(String(threshold.criterionID.dropFirst("threshold:".count))))
      }
    }
  }
}

extension Findings {
  /// Reports each text of a list that stands in it before.
  mutating func unique(_ texts: [String], at path: String, field: String = "") {
    var seen: Set<String> = []
    for (index, text) in texts.enumerated() where !seen.insert(text).inserted {
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
