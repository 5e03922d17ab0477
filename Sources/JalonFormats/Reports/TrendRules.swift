import JalonCore

// Values that can be right and often are not (SPEC §6): a running total that falls, and a leap
// far beyond what the series did before. Both are warnings; both look at what was known and at
// this file together.
extension ReportIntake {
  /// Looks at every indicator that an accepted file touches.
  mutating func checkTrends(_ fileUnits: [(indicator: String, unit: ReportedUnit)]) {
    guard let context = project.found?.context else { return }
    let touched = Dictionary(grouping: fileUnits.indices) { fileUnits[$0].indicator }
    for table in tables {
      guard let numbers = touched[table.indicator.id] else { continue }
      var lines: [Period: Int] = [:]
      var merged: [ReportedUnit] = []
      for number in numbers {
        let unit = fileUnits[number].unit
        lines[unit.period] = unit.observations.first.map { Int($0.line) }
        merged.append(unit)
      }
      let known = context.knowledge.units[table.indicator.id] ?? []
      merged += known.filter { lines[$0.period] == nil }
      merged.sort { $0.period < $1.period }
      // What does not fit 128 bits is the judgement's to tell.
      guard let series = try? Series(of: table.indicator, units: merged) else { continue }
      checkTrend(series.entries, table.indicator, lines)
    }
  }

  private mutating func checkTrend(
    _ entries: [Series.Entry], _ indicator: Indicator, _ lines: [Period: Int]
  ) {
    var before: (period: Period, value: Fraction)?
    var (largest, differences) = (Fraction.zero, 0)
    for entry in entries {
      guard let value = entry.value else { continue }
      defer { before = (entry.period, value) }
      guard let before else { continue }
      if indicator.kind == .cumulative, value < before.value,
        let line = lines[entry.period] ?? lines[before.period]
      {
        note(
          .cumulativeDecrease, Place(line: line, column: .value), text: value.description,
          TrendWords.decrease.with(
            indicator.id, value.description, entry.period.description, before.value.description,
            before.period.description))
      }
      guard let difference = try? value.adding(before.value.negated).magnitude,
        let bound = try? largest.multiplied(by: Quantity(10))
      else { return }
      if differences >= 3, bound < difference, let line = lines[entry.period] {
        note(
          .outlier, Place(line: line, column: .value), text: value.description,
          TrendWords.outlier.with(
            indicator.id, value.description, entry.period.description, before.value.description,
            before.period.description))
      }
      largest = max(largest, difference)
      differences += 1
    }
  }
}

private enum TrendWords {
  static let decrease = Wording(
    "« {0} » est un cumul, mais {1} pour {2} est au-dessous de {3} pour {4} ; "
      + "vérifiez que c'est bien le total depuis le début",
    "\"{0}\" is a running total, but {1} for {2} is below {3} for {4}; "
      + "check that it is the total since the start")
  static let outlier = Wording(
    "« {0} » passe de {3} ({4}) à {1} ({2}), bien plus que d'habitude ; vérifiez la valeur",
    "\"{0}\" goes from {3} ({4}) to {1} ({2}), far more than usual; check the value")
}
