import JalonCore

// A row's value, weight and evidence.
extension ReportIntake {
  /// Reads the figures of a row; `false` when one of them is wrong.
  @inline(__always)
  mutating func readFigures(
    _ row: ReportRow, _ indicator: Int, into stored: inout StoredRow
  ) -> Bool {
    var isSound = value(row, indicator, into: &stored)
    if !row.weight.isEmpty, !weight(row, indicator, into: &stored) { isSound = false }
    if let evidence = evidence(row) { stored.evidence = evidence } else { isSound = false }
    return isSound
  }

  @inline(__always)
  private mutating func value(
    _ row: ReportRow, _ indicator: Int, into stored: inout StoredRow
  ) -> Bool {
    if !isJSON, let number = NumberNotation.plain(row.value),
      number.decimals <= tables[indicator].decimals,
      tables[indicator].allows(number.micros)
    {
      (stored.value, stored.decimals) = (number.micros, Int8(number.decimals))
      return true
    }
    return valueSlowly(row, indicator, into: &stored)
  }

  private mutating func valueSlowly(
    _ row: ReportRow, _ indicator: Int, into stored: inout StoredRow
  ) -> Bool {
    let place = Place(line: row.line, column: .value)
    guard !row.value.isEmpty else {
      note(.value, place, text: row.value) { _ in ReportIntake.noValue.with() }
      return false
    }
    if ReportIntake.notApplicable.contains(Folding.word(row.value)) {
      stored.isApplicable = false
      return true
    }
    let table = tables[indicator]
    do throws(NumberFault) {
      let number =
        isJSON
        ? try NumberNotation.readStrict(row.value, decimals: table.decimals)
        : try NumberNotation.read(
          row.value, unit: indicators[indicator].unit, decimals: table.decimals)
      (stored.value, stored.decimals) = (number.micros, Int8(number.decimals))
    } catch {
      note(.value, place, text: row.value) { _ in error.message }
      return false
    }
    guard !table.allows(stored.value) else { return true }
    let rule = indicators[indicator]
    note(.valueRange, place, text: row.value) { text in
      ReportIntake.outOfRange(text, rule)
    }
    return false
  }

  private mutating func weight(
    _ row: ReportRow, _ indicator: Int, into stored: inout StoredRow
  ) -> Bool {
    let place = Place(line: row.line, column: .weight)
    guard tables[indicator].usesWeight else {
      let id = indicators[indicator].id
      note(.weight, place, text: row.weight) { _ in ReportIntake.weightUnused.with(id) }
      return false
    }
    do throws(NumberFault) {
      let number =
        isJSON
        ? try NumberNotation.readStrict(row.weight) : try NumberNotation.read(row.weight)
      stored.weight = number.micros
    } catch {
      note(.weight, place, text: row.weight) { _ in error.message }
      return false
    }
    if stored.weight > 0, stored.weight <= Quantity.maximumWeight.micros { return true }
    note(.weight, place, text: row.weight) { ReportIntake.weightRange.with($0) }
    return false
  }

  /// The evidence of a row; `nil` when its word is unknown.
  @inline(__always)
  mutating func evidence(_ row: ReportRow) -> Evidence? {
    if row.evidence.isEmpty { return .estimated }
    if let known = evidenceMemo.meaning(of: row.evidence), let evidence = known { return evidence }
    return evidenceSlowly(row)
  }

  private mutating func evidenceSlowly(_ row: ReportRow) -> Evidence? {
    let word = Folding.word(row.evidence)
    if let evidence = ReportIntake.evidenceWords.first(where: { $0.word == word })?.evidence {
      evidenceMemo.remember(row.evidence, as: evidence)
      return evidence
    }
    let near = nearestName(to: word, among: ReportIntake.evidenceWords.map(\.word))
    let meant = ReportIntake.evidenceWords.first { $0.word == near }?.shown
    note(.evidence, Place(line: row.line, column: .evidence), text: row.evidence) { text in
      meant.map { ReportIntake.badEvidenceNear.with(text, $0) }
        ?? ReportIntake.badEvidence.with(text)
    }
    return nil
  }
}

extension ReportIntake {
  static let notApplicable: Set<String> = ["sans objet", "s.o.", "n/a"]

  private static let evidenceWords: [(word: String, shown: String, evidence: Evidence)] = [
    ("theorique", "théorique", .estimated), ("estimated", "estimated", .estimated),
    ("constate", "constaté", .observed), ("observed", "observed", .observed),
    ("audite", "audité", .audited), ("audited", "audited", .audited),
  ]

  /// The levels from the weakest, each in French and English as people write it.
  static var evidenceNames: [[String]] {
    [Evidence.estimated, .observed, .audited].map { level in
      evidenceWords.filter { $0.evidence == level }.map(\.shown)
    }
  }

  private static func outOfRange(_ text: String, _ indicator: Indicator) -> Sentence {
    let least = indicator.range.min?.description
    let most = indicator.range.max?.description
    return switch (least, most) {
    case (let least?, let most?): outside.with(text, indicator.id, least, most)
    case (let least?, nil): below.with(text, indicator.id, least)
    case (nil, let most?): above.with(text, indicator.id, most)
    case (nil, nil): above.with(text, indicator.id, "9000000000000")
    }
  }

  private static let noValue = Wording(
    "la valeur manque ; écrivez-la ou supprimez la ligne",
    "the value is missing; write it or remove the row")
  private static let outside = Wording(
    "« {0} » est hors des limites de l'indicateur « {1} », qui va de {2} à {3} ; corrigez la valeur",
    "\"{0}\" is outside the limits of the indicator \"{1}\", {2} to {3}; correct the value")
  private static let below = Wording(
    "« {0} » est trop petit : l'indicateur « {1} » ne descend pas sous {2} ; corrigez la valeur",
    "\"{0}\" is too small: the indicator \"{1}\" is never below {2}; correct the value")
  private static let above = Wording(
    "« {0} » est trop grand : l'indicateur « {1} » ne dépasse pas {2} ; corrigez la valeur",
    "\"{0}\" is too great: the indicator \"{1}\" is never above {2}; correct the value")
  private static let weightUnused = Wording(
    "l'indicateur « {0} » n'emploie pas de poids ; videz cette case",
    "the indicator \"{0}\" takes no weight; empty this cell")
  private static let weightRange = Wording(
    "un poids est un nombre au-dessus de 0, au plus 1 000 000 000 ; corrigez « {0} »",
    "a weight is a number above 0 and at most 1,000,000,000; correct \"{0}\"")
  private static let badEvidence = Wording(
    "« {0} » n'est pas un niveau de preuve ; écrivez théorique, constaté ou audité",
    "\"{0}\" is not a level of evidence; write estimated, observed or audited")
  private static let badEvidenceNear = Wording(
    "« {0} » n'est pas un niveau de preuve ; vouliez-vous « {1} » ?",
    "\"{0}\" is not a level of evidence; did you mean \"{1}\"?")
}
