import JalonCore

@testable import JalonFormats

/// Which mistakes rest on values that another one takes away or changes.
extension TogetherTests {
  private static let ofTemplates = ["programme", "indicators[2].id"]
  private static let names = [
    "programme", "indicators", "indicators[0].id", "indicators[1].id", "indicators[2].id",
  ]

  private static let repeatedPeriod = "\"2021-M03\": 120 for \"juin-21\": 120"

  /// The values that a rule reads besides the one it reports.
  private static let read: [String: [String]] = [
    "phases that overlap": ["phases[0].from", "phases[0].to"],
    "phases out of order": ["phases[0].from", "phases[0].to"],
    "a phase that ends before it starts": ["phases[1].from"],
    "a milestone outside its phase": ["phases[0].from", "phases[0].to"],
    "two phases of one id": ["phases[0].id", "phases[1].id"],
    "two indicators of one id": ["indicators[0].id"],
    "two milestones of one id": ["phases[0].milestones[0].id"],
    "a milestone named as a commitment": ["programme"],
    "two thresholds for one measure": [
      "phases[0].gate.thresholds[1].indicator", "phases[0].gate.thresholds[2].indicator",
    ],
    "a profile twice": ["indicators[0].profiles[0]"],
    "an unknown indicator": names,
    "a template of another category": names,
    "an unknown per": names,
    "an unknown profile": [
      "indicators[0].id", "indicators[0].profiles", "phases[0].gate.thresholds[0].indicator",
    ],
    "a profile of an indicator without": ofTemplates + ["phases[0].gate.thresholds[1].indicator"],
    "a threshold's min above max": ["phases[0].gate.thresholds[0].max"],
    "since phase on a running total": [
      "indicators[0].id", "indicators[0].kind", "phases[0].gate.thresholds[0].indicator",
    ],
    "a threshold where the indicator is not followed": [
      "indicators[1].id", "indicators[1].cadence", "indicators[1].phases", "phases[0].id",
      "phases[0].from", "phases[0].to",
    ],
    "a threshold without a period in its phase": ofTemplates + [
      "indicators[0].id", "indicators[2].phases", "phases[0].id", "phases[0].from",
      "phases[0].to",
    ],
    "a forecast of another cadence": ["programme"],
    "a forecast of another cadence than the template's": ofTemplates,
    "a sum of means": ["indicators[0].kind"],
    "a template's kind repeated": ofTemplates,
    "a template's unit changed": ofTemplates,
    "an own indicator without kind": ["programme", "indicators[1].id"],
    "an unknown phase": ["phases[0].id", "phases[1].id"],
    "a range upside down": ["indicators[0].range.max"],
    "an empty gate before the last": [
      "programme", "awarded", "funded", "phases[0].from", "phases[0].to", "phases[0].milestones",
      "phases[0].gate.thresholds", "phases[1].from", "phases[1].to",
    ],
    "fundings that do not add up": ["balance", "phases[0].funding", "phases[1].funding"],
    "a flow's forecast that decreases": ofTemplates + ["indicators[2].forecast"],
    "a flow's forecast that stays flat": ofTemplates + ["indicators[2].forecast"],
    "a tolerance in percent": ofTemplates + ["indicators[2].tolerance"],
    "strong before notable": ofTemplates + ["indicators[2].tolerance"],
    "above the rate": ["programme", "totalCost"],
    "above the ceilings": ["programme", "totalCost"],
    "above the dossier's ceiling": ["programme", "totalCost"],
    "too large": ["programme"],
    "too small": ["programme", "totalCost"],
    // The one that says the period first has to say which.
    repeatedPeriod: ["indicators[0].forecast.2021-03", "indicators[0].forecast.2021-3"],
  ]

  /// What can be read, and yet is told in another way beside the other mistake: a message quotes
  /// what that changes, or it changes which values are meant.
  private static let retold: [String: [String]] = [
    "two phases of one id": [
      "phases out of order", "a phase that ends before it starts", "an unknown phase",
    ],
    "two indicators of one id": listed, "a slash in an indicator's id": listed,
    "an id that a spreadsheet rewrites": listed,
    "a phase that ends before it starts": [
      "phases that overlap", "phases out of order", "two milestones of one id",
      "an empty gate before the last",
    ],
    "a threshold without a period in its phase": [
      "a milestone outside its phase", "a template of another category", "an unknown indicator",
      "a threshold where the indicator is not followed", "phases out of order",
      "two thresholds for one measure", "an empty gate before the last",
    ],
    "a threshold where the indicator is not followed": [
      "phases that overlap", "phases out of order",
    ],
    "two milestones of one id": [
      "a milestone named as a commitment", "an empty gate before the last",
      "a milestone that a spreadsheet rewrites",
    ],
    "a profile of an indicator without": [
      "an unknown indicator", "a template of another category",
      "a threshold where the indicator is not followed",
    ],
    repeatedPeriod: ["a forecast of another cadence"],
    "a sum of means": ["since phase on a running total"],
    "above the ceilings": money, "above the dossier's ceiling": money,
  ]

  private static let listed = [
    "a template of another category", "an unknown per",
    "a threshold where the indicator is not followed",
  ]
  private static let money = [
    "fundings that do not add up", "above the rate", "too large", "too small",
  ]

  /// Whether a mistake means something else where a value cannot be read: of two indicators of one
  /// id, the other is then the one that thresholds name.
  static func changes(_ mistake: Mistake, without path: String) -> Bool {
    mistake.testDescription == "two indicators of one id"
      && Mistake.touches(path, ["indicators[0].id"])
  }

  /// The values that a mistake's rule reads besides the one it reports.
  static func reads(_ mistake: Mistake) -> [String] { read[mistake.testDescription] ?? [] }

  /// Whether a mistake cannot be told, or not in the same words, beside another.
  static func rests(_ mistake: Mistake, on other: Mistake) -> Bool {
    let isShape = !broken.contains { $0.testDescription == other.testDescription }
    let takesAway = isShape || other.path == "programme"
    return takesAway && Mistake.touches(other.path, reads(mistake))
      || retold[mistake.testDescription]?.contains(other.testDescription) == true
  }
}
