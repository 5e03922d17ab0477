import JalonCore

/// Where a measure is heading, in one line.
struct EarlyWarningPage {
  let plan: Plan
  let figures: Figures

  // MARK: For programs

  /// One warning for programs.
  func json(_ warning: EarlyWarning) -> JSONText {
    let bound: String
    switch warning.bound {
    case .min: bound = "min"
    case .max: bound = "max"
    case .forecast: bound = "forecast"
    }
    return .object([
      ("criterion", .string(warning.criterion)), ("bound", .string(bound)),
      ("value", .text(warning.bound.value)), ("points", .int(warning.points)),
      ("latest", .text(warning.latest.value)), ("latestPeriod", .text(warning.latest.period)),
      ("slope", .text(warning.slope)), ("gatePeriod", .text(warning.gatePeriod)),
      ("projected", .text(warning.projected)),
      ("keptAtGate", warning.willBeKept.map { .bool($0) } ?? .null),
      ("crosses", .text(warning.crossing?.end)), ("message", .string(line(warning))),
    ])
  }

  // MARK: For people

  /// The line under a criterion: it says what it is.
  func named(_ warning: EarlyWarning) -> String {
    figures.say("tendance", "trend") + figures.colon + line(warning)
  }

  /// Such as `+25 postes par trimestre (5 valeurs) ; 312 postes projetés au passage, minimum 300`.
  func line(_ warning: EarlyWarning) -> String {
    let unit = unit(of: warning)
    let sign = warning.slope > .zero ? "+" : ""
    var text = sign
    // A percentage that goes from 40 to 50 has gained ten points.
    let step = unit == "%" ? "points" : unit
    text += figures.measure(warning.slope, unit: step) + " " + pace(warning.latest.period.cadence)
    text += figures.say(
      " (\(warning.points) valeurs) ; ", " (\(warning.points) values); ")
    if let projected = warning.projected {
      let measure = figures.measure(projected, unit: unit)
      text += figures.say(
        "\(measure) projetés au passage, ", "\(measure) projected at the gate, ")
    }
    text += bound(warning.bound, unit)
    return text + outlook(warning)
  }

  private func unit(of warning: EarlyWarning) -> String {
    // A ratio is in percent; a criterion names its indicator up to the profile or the divisor.
    let name = warning.criterion.split(separator: ":", maxSplits: 1).last ?? ""
    if name.contains(":") { return "%" }
    let id = name.prefix { $0 != "/" }
    return plan.indicator(String(id))?.unit ?? ""
  }

  private func pace(_ cadence: Cadence) -> String {
    switch cadence {
    case .monthly: figures.say("par mois", "a month")
    case .quarterly: figures.say("par trimestre", "a quarter")
    case .halfYearly: figures.say("par semestre", "a half-year")
    case .yearly: figures.say("par an", "a year")
    }
  }

  private func bound(_ bound: EarlyWarning.Bound, _ unit: String) -> String {
    let value = figures.measure(Fraction(bound.value), unit: unit)
    return switch bound {
    case .min: figures.say("minimum ", "minimum ") + value
    case .max: figures.say("maximum ", "maximum ") + value
    case .forecast: figures.say("prévision ", "forecast ") + value
    }
  }

  private func outlook(_ warning: EarlyWarning) -> String {
    let isForecast = if case .forecast = warning.bound { true } else { false }
    guard let day = warning.crossing.map({ figures.day($0.end) }) else {
      if warning.isKept { return "" }
      return isForecast
        ? figures.say(" ; jamais atteinte à ce rythme", "; never reached at this pace")
        : figures.say(" ; jamais rempli à ce rythme", "; never met at this pace")
    }
    switch (isForecast, warning.isKept) {
    case (true, false):
      return figures.say(" ; atteinte le \(day) à ce rythme", "; reached on \(day) at this pace")
    case (true, true):
      return figures.say(" ; dessous à nouveau le \(day)", "; below it again on \(day)")
    case (false, false):
      return figures.say(" ; rempli le \(day) à ce rythme", "; met on \(day) at this pace")
    case (false, true):
      return figures.say(
        " ; n’est plus rempli le \(day) à ce rythme", "; no longer met on \(day) at this pace")
    }
  }
}
