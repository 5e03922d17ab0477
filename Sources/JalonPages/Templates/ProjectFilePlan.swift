import JalonCore

/// The part of a new project's file that says what is measured, and when.
extension ProjectFilePage {
  private var inherited: [IndicatorEntry] {
    programme.indicators.filter { $0.applies(to: laureate.category) }
  }

  var indicators: [String] {
    let inherited = inherited
    var lines: [String] = []
    if !inherited.isEmpty {
      lines += comments("  ", ["Indicateurs hérités du programme, sans rien écrire ici :"])
      lines += comments("  ", inherited.map { "- " + facts.indicator($0) })
      lines += comments(
        "  ",
        [
          "Pour y ajouter une prévision : { \"id\": \"\(inherited[0].id)\", \"forecast\": "
            + "{ \"\(forecastPeriod(of: inherited[0]))\": 100 } }"
        ])
    }
    var own = inherited.filter { $0.openProfiles == true }.map { entry in
      "    { \"id\": \(quoted(entry.id)), \"profiles\": [\(choose)] },"
        + "  // les profils propres au projet"
    }
    if !hasGoal { own += ownIndicator }
    guard !own.isEmpty else { return lines + ["  \"indicators\": [],", ""] }
    return lines + ["  \"indicators\": ["] + own + ["  ],", ""]
  }

  /// Whether an inherited indicator says how far the project has come; money and staff do not.
  private var hasGoal: Bool { inherited.contains { $0.direction != .target } }

  private var ownIndicator: [String] {
    let cadence = facts.word(programme.reporting.measured)
    return comments(
      "    ",
      [
        "Un indicateur structurant : autant d'objets que d'indicateurs ; à retirer, avec son "
          + "niveau minimal, si le projet n'en a pas. Rythme : \(cadence), "
          + "sauf \"cadence\" (monthly, quarterly, half-yearly, yearly).",
        "kind : level (état), cumulative (cumul), flow (quantité de la période), mean (moyenne) ; "
          + "direction : up (plus, c'est mieux), down, target (au plus près).",
      ]) + [
        "    {",
        "      \"id\": \(choose),  // en minuscules, sans espace : il figure dans les remontées",
        "      \"title\": \(choose), \"unit\": \(choose),",
        "      \"kind\": \(choose), \"direction\": \(choose),",
        "      // \"decimals\": 0, \"profiles\": [\"…\", \"…\"],"
          + " \"forecast\": { \"\(programme.reporting.measured.sample)\": 100 },",
        "    },",
      ]
  }

  var phases: [String] {
    var lines: [String] = []
    if !programme.commitments.isEmpty {
      lines += comments("  ", ["Engagements du programme : ils deviennent des jalons du projet."])
      lines += comments(
        "  ",
        programme.commitments.map { "- " + facts.commitment($0, awarded: laureate.awarded) })
    }
    let conditions = programme.conditions.filter { condition in
      condition.onlyFor.map { laureate.category.map($0.contains) ?? false } ?? true
    }
    if !conditions.isEmpty {
      lines += comments("  ", ["Conditions du programme, sans rien écrire ici :"])
      lines += comments("  ", conditions.map { "- " + facts.condition($0) })
    }
    lines += comments(
      "  ",
      [
        "Les phases, dans l'ordre ; leurs financements et le solde font la subvention. "
          + "Ajoutez les suivantes sur ce modèle."
      ])
    return lines + ["  \"phases\": ["] + firstPhase + ["  ],", ""]
  }

  private var firstPhase: [String] {
    return [
      "    {",
      "      \"id\": \"P1\", \"title\": \(choose),",
      "      \"from\": \(choose), \"to\": \(choose),  // le passage de phase est jugé au dernier jour",
      "      \"funding\": \(choose),  // euros versés pour cette phase",
      "      // \"rightToError\": true,  // droit à l'erreur : une phase d'expérimentation",
      "      // \"granted\": false,  // phase prévue, dont le financement n'est pas encore accordé",
      "      \"milestones\": [{ \"id\": \"M1\", \"title\": \(choose), \"due\": \(choose) }],",
      "      // Niveaux minimaux pour passer : « min » ou « max », sur un indicateur.",
      "      \"gate\": { \"thresholds\": [\(threshold)] },",
      "    },",
    ]
  }

  /// A level to choose, where the project has an indicator that goes up or down.
  private var threshold: String {
    guard hasGoal else { return "{ \"indicator\": \(choose), \"min\": \(choose) }" }
    let asked = Set(programme.conditions.map(\.threshold.indicator))
    let candidates = inherited.filter { $0.direction != .target && !asked.contains($0.id) }
    // What accumulates is what a first phase can be asked to have begun.
    guard let entry = candidates.first(where: { $0.kind == .cumulative }) ?? candidates.first
    else { return "" }
    let bound = entry.direction == .down ? "max" : "min"
    return "{ \"indicator\": \(quoted(entry.id)), \"\(bound)\": \(choose) }"
  }

  private func forecastPeriod(of entry: IndicatorEntry) -> String {
    (entry.cadence ?? programme.reporting.measured).sample
  }
}

extension Cadence {
  /// A period of this cadence, to show how one is written.
  fileprivate var sample: String {
    switch self {
    case .monthly: "2021-06"
    case .quarterly: "2021-Q2"
    case .halfYearly: "2021-H1"
    case .yearly: "2021"
    }
  }
}
