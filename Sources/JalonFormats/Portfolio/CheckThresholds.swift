import JalonCore

extension ProjectRule {
  /// Thresholds name known indicators and profiles, have `min` or `max`, use `since` where it means
  /// something, and rest on at least one period expected in their phase.
  static let thresholds = ProjectRule { context, findings in
    var expected: [String: [ExpectedPeriod]] = [:]
    for (index, phase) in context.project.phases.enumerated() {
      for (place, threshold) in phase.thresholds.enumerated() {
        let path = "phases[\(index)].gate.thresholds[\(place)]"
        findings.checkLimits(of: threshold, at: path)
        findings.checkKnown(threshold.per, in: context, at: "\(path).per")
        findings.checkKnown(threshold.indicator, in: context, at: "\(path).indicator")
        guard let indicator = context.plan.indicator(threshold.indicator) else { continue }
        let own = context.own(indicator.id)
        // What is inherited might be changed by an entry whose id could not be read.
        guard own != nil || context.knowsIndicators else { continue }
        findings.check(threshold, of: indicator, own, at: path)
        guard findings.knowsExpected(of: indicator, own, in: index) else { continue }
        let periods =
          expected[indicator.id] ?? context.plan.expectedPeriods(of: indicator, stopping: false)
        expected[indicator.id] = periods
        if !periods.contains(where: { phase.from <= $0.end && $0.end <= phase.to }) {
          findings.error("\(path).indicator", .nothingExpected(indicator, phase))
        }
      }
    }
  }
}

extension Findings {
  mutating func checkLimits(of threshold: Threshold, at path: String) {
    if threshold.min == nil && threshold.max == nil, areWhole(".min", ".max", of: path) {
      error(path, .noLimit)
    }
    if let min = threshold.min, let max = threshold.max, min > max {
      error("\(path).min", .minAboveMax(min, max))
    }
  }

  fileprivate mutating func checkKnown(
    _ indicator: String?, in context: CheckedProject, at path: String
  ) {
    let plan = context.plan
    guard let indicator, plan.indicator(indicator) == nil, context.knowsIndicators,
      context.knowsProgramme, context.templates[indicator] == nil || isWhole("category")
    else { return }
    error(path, .unknown(indicator, "indicateur", "indicator", plan.indicators.map(\.id)))
  }

  /// Whether all was read that tells an indicator's expected periods in a phase.
  fileprivate func knowsExpected(
    of indicator: Indicator, _ own: CheckedEntry?, in phase: Int
  ) -> Bool {
    let path = "phases[\(phase)]"
    let isPlaced =
      isWhole("phases[0].from") && areWhole(".from", ".to", of: path)
      && (indicator.phases == nil || isWhole("\(path).id"))
    guard isPlaced, let own else { return isPlaced }
    return own.cadence != nil && isWhole("\(own.path).phases")
  }

  fileprivate mutating func check(
    _ threshold: Threshold, of indicator: Indicator, _ own: CheckedEntry?, at path: String
  ) {
    if let profile = threshold.profile, !indicator.profiles.contains(profile),
      own.map({ isWhole("\($0.path).profiles") }) ?? true
    {
      error(
        "\(path).profile",
        indicator.profiles.isEmpty
          ? .noProfiles(indicator) : .unknown(profile, "profil", "profile", indicator.profiles))
    }
    // Spelling the default out says nothing new; counting from the phase does.
    let kind = own == nil ? indicator.kind : own?.kind
    if threshold.since == .phase, let kind, kind != .flow, kind != .mean {
      error("\(path).since", .sinceOfState(indicator))
    }
  }
}

extension Sentence {
  fileprivate static let noLimit = Sentence(
    french: "il manque min ou max", english: "min or max is missing")

  static func unknown(
    _ name: String, _ french: String, _ english: String, _ known: [String]
  ) -> Sentence {
    let near = nearestName(to: name, among: known)
    let list = known.joined(separator: ", ")
    return Sentence(
      french: "\(french) « \(name) » inconnu ; "
        + (near.map { "vouliez-vous dire « \($0) » ?" } ?? "possibles : \(list)"),
      english: "unknown \(english) “\(name)”; "
        + (near.map { "did you mean “\($0)”?" } ?? "possible: \(list)"))
  }

  fileprivate static func noProfiles(_ indicator: Indicator) -> Sentence {
    Sentence(
      french: "l’indicateur \(indicator.id) n’a pas de profils ; retirez profile",
      english: "the indicator \(indicator.id) has no profiles; remove profile")
  }

  fileprivate static func sinceOfState(_ indicator: Indicator) -> Sentence {
    Sentence(
      french:
        "since ne vaut que pour flow et mean ; \(indicator.id) est de nature \(indicator.kind.rawValue)",
      english:
        "since is for flow and mean only; \(indicator.id) is of kind \(indicator.kind.rawValue)"
    )
  }

  fileprivate static func nothingExpected(_ indicator: Indicator, _ phase: Phase) -> Sentence {
    if !indicator.isRelevant(in: phase.id) {
      return Sentence(
        french:
          "\(indicator.id) n’est pas suivi dans la phase \(phase.id) ; ajoutez-la à ses phases",
        english: "\(indicator.id) is not followed in phase \(phase.id); add it to its phases")
    }
    let cadence = indicator.cadence.rawValue
    return Sentence(
      french:
        "aucune période de \(indicator.id) (\(cadence)) n’est attendue du \(phase.from) au \(phase.to), dans la phase \(phase.id)",
      english:
        "no period of \(indicator.id) (\(cadence)) is expected from \(phase.from) to \(phase.to), in phase \(phase.id)"
    )
  }
}
