import JalonCore

// What the rows of one indicator and period must make together (SPEC §4): the total, every
// profile, or both, and then the total must be what the profiles make.
extension ReportIntake {
  mutating func checkUnits() {
    for (number, unit) in units.enumerated() where !unit.isSpoiled && unit.count > 0 {
      let isTotalAlone = unit.count == 1 && unit.mask == 1
      if tables[unit.indicator].profileCount == 0 || isTotalAlone { continue }
      let indicator = indicators[unit.indicator]
      if let missing = missingProfile(unit, indicator) {
        refuseMissing(missing, unit, indicator)
      } else if !unit.hasGaps, unit.mask & 1 == 1, indicator.across != .none {
        checkTotal(number, indicator)
      }
    }
  }

  /// The row of a unit's total, else its first; and the total's value as the file writes it.
  ///
  /// What the file writes is looked up only when there is something to say of it.
  func told(_ unit: Int) -> (line: Int, text: String?) {
    var number = Int(units[unit].first)
    while number >= 0, rows[number].profile >= 0 { number = Int(rows[number].next) }
    guard number >= 0 else { return (Int(rows[Int(units[unit].first)].line), nil) }
    return (Int(rows[number].line), writtenValue(number))
  }

  /// A row's value as the file writes it; `nil` where its bytes are gone.
  private func writtenValue(_ row: Int) -> String? {
    guard let text, row < valuePlaces.count else { return nil }
    let start = Int(valuePlaces[row])
    let quote = UInt8(ascii: "\"")
    let isQuoted = text[..<start].last { $0 != 0x20 } == quote
    let ends = isQuoted ? [quote] : [0x0A, 0x0D, delimiter]
    // Longer than any number can be written.
    let value = text[start...].prefix(64).prefix { !ends.contains($0) }
    return String(shown: Cell(rebasing: value).trimmed)
  }

  /// The rows of a unit, in file order.
  func rows(of unit: UnitState) -> [StoredRow] {
    var result: [StoredRow] = []
    result.reserveCapacity(unit.count)
    var number = unit.first
    while number >= 0 {
      result.append(rows[Int(number)])
      number = rows[Int(number)].next
    }
    return result
  }

  /// What a unit lacks: "" for the total, or profiles' names.
  private func missingProfile(_ unit: UnitState, _ indicator: Indicator) -> [String]? {
    let hasTotal = unit.mask & 1 == 1
    if indicator.across == .none { return hasTotal ? nil : [] }
    if unit.count - (hasTotal ? 1 : 0) == indicator.profiles.count { return nil }
    let given = Set(rows(of: unit).map { Int($0.profile) })
    return indicator.profiles.indices.filter { !given.contains($0) }.map {
      indicator.profiles[$0]
    }
  }

  private mutating func refuseMissing(
    _ missing: [String], _ unit: UnitState, _ indicator: Indicator
  ) {
    let place = Place(line: Int(rows[Int(unit.first)].line), column: .profile)
    let period = unit.period.description
    let shown = missing.prefix(12).joined(separator: ", ") + (missing.count > 12 ? "…" : "")
    note(
      .profileMissing, place, text: missing.isEmpty ? "" : String(shown: shown),
      missing.isEmpty
        ? UnitWords.noTotal.with(indicator.id, period)
        : UnitWords.missing.with(indicator.id, period, shown))
  }

  private mutating func checkTotal(_ number: Int, _ indicator: Indicator) {
    let unit = units[number]
    let all = rows(of: unit)
    guard let total = all.first(where: { $0.profile < 0 }) else { return }
    let profiles = all.filter { $0.profile >= 0 }
    let expected: Fraction?
    switch indicator.across {
    case .sum:
      let sum = profiles.reduce(Int128(0)) { $0 + Int128($1.value) }
      if sum == Int128(total.value) { return }
      expected = Fraction(micros: sum)
    case .mean:
      guard let mean = UnitRules.mean(profiles), !mean.isMatched(by: total) else { return }
      expected = mean.value
    case .none: return
    }
    let text = told(number).text ?? Quantity(micros: total.value).description
    let due = expected?.description ?? "?"
    let words = indicator.across == .sum ? UnitWords.notSum : UnitWords.notMean
    note(
      .totalMismatch, Place(line: Int(total.line), column: .value), text: text,
      words.with(text, indicator.id, unit.period.description, due))
  }
}

/// The weighted mean of profiles, kept as two sums.
private struct UnitRules {
  let weighted: Int128
  let weight: Int128

  var value: Fraction? { Fraction(numerator: weighted, denominator: weight) }

  /// The mean of rows; `nil` beyond 128 bits, which takes thousands of extreme profiles.
  static func mean(_ rows: [StoredRow]) -> UnitRules? {
    var (weighted, weight) = (Int128(0), Int128(0))
    for row in rows {
      let rowWeight = row.weight == 0 ? Int128(1_000_000) : Int128(row.weight)
      let (sum, overflow) = weighted.addingReportingOverflow(Int128(row.value) * rowWeight)
      if overflow { return nil }
      weighted = sum
      weight += rowWeight
    }
    return UnitRules(weighted: weighted, weight: weight)
  }

  /// Whether a total is the mean, to half a unit of the last decimal written.
  func isMatched(by total: StoredRow) -> Bool {
    let (product, tooGreat) = Int128(total.value).multipliedReportingOverflow(by: weight)
    let (distance, tooFar) = product.subtractingReportingOverflow(weighted)
    let (twice, overflow) = distance.magnitude.multipliedReportingOverflow(by: 2)
    if tooGreat || tooFar || overflow { return false }
    let unit = NumberNotation.scales[Int(total.decimals)]
    let (allowed, isVast) = weight.magnitude.multipliedReportingOverflow(by: UInt128(unit))
    return isVast || twice <= allowed
  }
}

private enum UnitWords {
  static let noTotal = Wording(
    "il manque le total de « {0} » pour {1} ; ajoutez une ligne sans profil",
    "the total of \"{0}\" for {1} is missing; add a row without profile")
  static let missing = Wording(
    "« {0} » pour {1} : donnez soit le total seul, soit tous les profils ; il manque : {2}",
    "\"{0}\" for {1}: give either the total alone or every profile; missing: {2}")
  static let notSum = Wording(
    "le total {0} de « {1} » pour {2} n'est pas la somme des profils, qui est {3} ; "
      + "corrigez l'un ou les autres",
    "the total {0} of \"{1}\" for {2} is not the sum of its profiles, {3}; "
      + "correct the one or the others")
  static let notMean = Wording(
    "le total {0} de « {1} » pour {2} n'est pas la moyenne pondérée des profils, qui est {3} ; "
      + "corrigez l'un ou les autres",
    "the total {0} of \"{1}\" for {2} is not the weighted mean of its profiles, {3}; "
      + "correct the one or the others")
}
