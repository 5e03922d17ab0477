import JalonCore

extension ProgrammeRule {
  /// Conditions name the programme's own indicators and profiles, and ask for something.
  static let conditions = ProgrammeRule(reads: ["conditions", "indicators"]) {
    programme, findings in
    let templates = Dictionary(
      programme.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    findings.unique(programme.conditions.map(\.threshold.criterionID), at: "conditions")
    for (index, condition) in programme.conditions.enumerated() {
      let (threshold, path) = (condition.threshold, "conditions[\(index)]")
      findings.checkLimits(of: threshold, at: path)
      for case (let key, let id?) in [("indicator", threshold.indicator), ("per", threshold.per)]
      where templates[id] == nil {
        findings.error(
          "\(path).\(key)", .unknown(id, "indicateur", "indicator", templates.keys.sorted()))
      }
      let known = templates[threshold.indicator]?.profiles ?? []
      if let profile = threshold.profile, !known.contains(profile) {
        findings.error("\(path).profile", .unknown(profile, "profil", "profile", known))
      }
    }
  }
}
