import JalonCore

// Values that can be right and often are not (SPEC §6): a running total that falls, and a leap
// far beyond what the series did before. Both are warnings; both look at what was known and at
// this file together.
extension ReportIntake {
  /// Looks at every indicator that an accepted file touches; units in the order of ``units``.
  mutating func checkTrends(_ fileUnits: [(indicator: String, unit: ReportedUnit)]) {
    guard let known = project.found?.context.knowledge.units else { return }
    for number in tables.indices {
      let standing = known[indicators[number].id] ?? []
      var next = 0
      var trend = Trend()
      for unit in tables[number].unitsInOrder {
        let reported = fileUnits[unit].unit
        while next < standing.count, standing[next].period < reported.period {
          follow(&trend, standing[next], indicator: number)
          next += 1
        }
        if next < standing.count, standing[next].period == reported.period { next += 1 }
        follow(&trend, reported, indicator: number, inFile: unit)
      }
      // What comes after the file's last period may be below it.
      if trend.isNew, next < standing.count {
        follow(&trend, standing[next], indicator: number)
      }
    }
  }

  /// Takes the next period of a series; `number` is the unit's number if it is in this file.
  private mutating func follow(
    _ trend: inout Trend, _ unit: ReportedUnit, indicator: Int, inFile number: Int? = nil
  ) {
    guard let value = value(of: unit, indicator) else { return }
    let point = Trend.Point(value: value, period: unit.period, unit: number)
    defer { trend.advance(to: point) }
    guard let before = trend.latest else { return }
    if indicators[indicator].kind == .cumulative, value < before.value,
      let told = number.map({ (unit: $0, value: value) })
        ?? before.unit.map({ (unit: $0, value: before.value) })
    {
      warn(.cumulativeDecrease, of: told.unit, told.value, point, before, indicator)
    }
    if let number, trend.isOutlier(value) {
      warn(.outlier, of: number, value, point, before, indicator)
    }
  }

  private func value(of unit: ReportedUnit, _ indicator: Int) -> Fraction? {
    // Almost every unit is one row, the total.
    if unit.observations.count == 1, unit.observations[0].profile == nil {
      return unit.observations[0].value.map(Fraction.init)
    }
    // What does not fit 128 bits is the judgement's to tell.
    let series = try? Series(of: indicators[indicator], units: [unit])
    return series?.entries.first?.value
  }

  /// Warns at a unit of this file, whose value it is.
  private mutating func warn(
    _ code: ProblemCode, of unit: Int, _ value: Fraction, _ point: Trend.Point,
    _ before: Trend.Point, _ indicator: Int
  ) {
    let id = indicators[indicator].id
    let words = code == .outlier ? TrendWords.outlier : TrendWords.decrease
    let told = told(unit)
    note(
      code, Place(line: told.line, column: .value), text: told.text ?? value.description,
      words.with(
        id, point.value.description, point.period.description, before.value.description,
        before.period.description))
  }
}

/// A series followed from period to period.
private struct Trend {
  struct Point {
    var value: Fraction
    var period: Period
    /// The unit's number, if it is in this file.
    var unit: Int?
  }

  private(set) var latest: Point?
  private var largest = Fraction.zero
  private var differences = 0

  var isNew: Bool { latest?.unit != nil }

  /// Whether a value differs from the latest by over ten times the largest difference before,
  /// three or more of them known.
  func isOutlier(_ value: Fraction) -> Bool {
    guard differences >= 3, let difference = difference(to: value) else { return false }
    if let micros = difference.wholeMicros, let limit = largest.wholeMicros {
      return micros / 10 > limit || (micros / 10 == limit && micros % 10 > 0)
    }
    return (try? largest.multiplied(by: Quantity(10))).map { $0 < difference } ?? false
  }

  mutating func advance(to point: Point) {
    if let difference = difference(to: point.value) {
      largest = max(largest, difference)
      differences += 1
    }
    latest = point
  }

  private func difference(to value: Fraction) -> Fraction? {
    guard let latest else { return nil }
    if let micros = value.wholeMicros, let before = latest.value.wholeMicros {
      let distance = micros - before
      return Fraction(micros: distance < 0 ? -distance : distance)
    }
    return (try? value.adding(latest.value.negated))?.magnitude
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
