import JalonCore

extension ProgrammeRule {
  /// Conditions name the programme's own indicators and profiles, and ask for something.
  static let conditions = ProgrammeRule { programme, findings in
    let places = Dictionary(
      programme.indicators.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first }
    )
    let knowsTemplates = findings.areWhole(".id", ofEach: "indicators", programme.indicators.count)
    findings.unique(
      programme.conditions.map(\.threshold.criterionID), at: "conditions",
      from: ".indicator", ".profile", ".per")
    for (index, condition) in programme.conditions.enumerated() {
      let (threshold, path) = (condition.threshold, "conditions[\(index)]")
      findings.checkLimits(of: threshold, at: path)
      for case (let key, let id?) in [("indicator", threshold.indicator), ("per", threshold.per)]
      where places[id] == nil && knowsTemplates {
        findings.error(
          "\(path).\(key)", .unknown(id, "indicateur", "indicator", places.keys.sorted()))
      }
      guard let place = places[threshold.indicator],
        findings.areWhole(".id", ".profiles", of: "indicators[\(place)]")
      else { continue }
      let known = programme.indicators[place].profiles ?? []
      if let profile = threshold.profile, !known.contains(profile) {
        findings.error("\(path).profile", .unknown(profile, "profil", "profile", known))
      }
    }
  }
}
