import JalonCore

extension ProjectRule {
  /// Forecasts are for periods of the indicator's cadence, and those of flows are running totals.
  static let forecasts = ProjectRule { context, findings in
    for checked in context.entries {
      findings.checkForecast(
        of: checked.entry, kind: checked.kind, cadence: checked.cadence,
        at: "\(checked.path).forecast")
    }
  }
}

extension Findings {
  /// What holds of a forecast wherever it is written; kind and cadence are `nil` where they could
  /// not be read.
  mutating func checkForecast(
    of entry: IndicatorEntry, kind: Kind?, cadence: Cadence?, at path: String
  ) {
    guard let forecast = entry.forecast else { return }
    if let cadence {
      let wrong = forecast.keys.filter { $0.cadence != cadence }.sorted()
      for period in wrong {
        error(self.path(of: period, in: path), .wrongCadence(period, cadence))
      }
      guard wrong.isEmpty else { return }
    }
    guard kind == .flow, isWhole(path), let points = Forecast(forecast)?.points else { return }
    // One warning a forecast: amounts typed for totals go wrong at nearly every point.
    for (index, point) in points.enumerated().dropFirst() {
      let before = points[index - 1]
      if point.planned < before.planned {
        return warning(self.path(of: point.period, in: path), .decreases(point, before))
      }
      if index > 1, point.planned == before.planned, before.planned == points[index - 2].planned {
        return warning(self.path(of: point.period, in: path), .staysFlat(point))
      }
    }
  }

  /// The path of a forecast's period as the file writes it.
  private func path(of period: Period, in path: String) -> String {
    let key = source.key(at: path) { PeriodNotation.read($0) == period }
    return path + JSONPath.step(key ?? period.description, after: path)
  }
}

extension Sentence {
  fileprivate static func wrongCadence(_ period: Period, _ cadence: Cadence) -> Sentence {
    let example = Period(cadence, containing: period.start)
    return Sentence(
      french:
        "\(period) n’est pas une période de cet indicateur, mesuré au rythme \(cadence.rawValue) ; écrivez par exemple \(example)",
      english:
        "\(period) is not a period of this indicator, measured \(cadence.rawValue); write \(example), for example"
    )
  }

  fileprivate static func decreases(_ point: Forecast.Point, _ before: Forecast.Point) -> Sentence {
    Sentence(
      french:
        "la prévision d’un flux est un total cumulé : elle ne peut baisser de \(before.planned) à \(point.planned) ; montants de période saisis pour des totaux ?",
      english:
        "the forecast of a flow is a running total: it cannot fall from \(before.planned) to \(point.planned); amounts of a period typed for totals?"
    )
  }

  fileprivate static func staysFlat(_ point: Forecast.Point) -> Sentence {
    Sentence(
      french:
        "la prévision d’un flux est un total cumulé : \(point.planned) trois fois de suite ; montants de période saisis pour des totaux ?",
      english:
        "the forecast of a flow is a running total: \(point.planned) three times in a row; amounts of a period typed for totals?"
    )
  }
}
