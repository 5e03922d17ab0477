import JalonCore

// What a row about an indicator must be (SPEC §6). Cells are looked at from left to right of the
// usual header, and every fault of a row is said, so that one correction is enough.
extension ReportIntake {
  mutating func addIndicator(_ row: ReportRow, _ whole: @autoclosure () -> Cell) {
    if row.value.isEmpty, !row.indicator.isEmpty, !row.period.isEmpty {
      let place = Place(line: row.line, column: .value)
      note(.blank, place, text: row.value) { _ in ReportIntake.blankValue.with() }
      return
    }
    guard !row.indicator.isEmpty else {
      return refuseKind(row, whole(), ReportIntake.noIndicator)
    }
    dataRows += 1
    let indicator = indicator(row)
    let period = period(row)
    guard let indicator else {
      _ = evidence(row)
      return
    }
    guard let unit = period.flatMap({ unit(indicator, $0, row) }) else {
      // The period is wrong; the rest of the row is still looked at.
      var stored = StoredRow(line: Int32(clamping: row.line), profile: -1)
      _ = profile(row, indicator)
      _ = readFigures(row, indicator, into: &stored)
      return
    }
    guard let profile = profile(row, indicator) else {
      units[unit].isSpoiled = true
      var stored = StoredRow(line: Int32(clamping: row.line), profile: -1)
      _ = readFigures(row, indicator, into: &stored)
      return
    }
    var stored = StoredRow(line: Int32(clamping: row.line), profile: Int32(profile))
    if !readFigures(row, indicator, into: &stored) { units[unit].isSpoiled = true }
    store(stored, in: unit, row)
  }

  private mutating func indicator(_ row: ReportRow) -> Int? {
    if let known = indicatorMemo.meaning(of: row.indicator), known >= 0 { return known }
    if let position = indicatorNames.position(of: row.indicator) {
      indicatorMemo.remember(row.indicator, as: position)
      return position
    }
    let names = indicatorNames.names
    let place = Place(line: row.line, column: .indicator)
    note(.indicatorUnknown, place, text: row.indicator) { text in
      ReportIntake.suggestion(
        text, row.indicator, among: names, near: ReportIntake.unknownIndicatorNear,
        else: ReportIntake.unknownIndicator)
    }
    return nil
  }

  private mutating func period(_ row: ReportRow) -> Period? {
    let known = periodMemo.meaning(of: row.period)
    if let known, let period = known { return period }
    if let period = PeriodNotation.read(row.period) {
      periodMemo.remember(row.period, as: period)
      return period
    }
    let words = row.period.isEmpty ? ReportIntake.noPeriod : ReportIntake.badPeriod
    note(.period, Place(line: row.line, column: .period), text: row.period) { words.with($0) }
    return nil
  }

  /// The unit of an indicator and period that may be reported.
  private mutating func unit(_ indicator: Int, _ period: Period, _ row: ReportRow) -> Int? {
    if let latest, latest.indicator == indicator, latest.period == period { return latest.unit }
    guard tables[indicator].cadence == period.cadence else {
      refuseCadence(indicator, row)
      return nil
    }
    let standing = tables[indicator].standing(of: period.index)
    guard standing == .countable else {
      refuseStanding(standing, period, row)
      return nil
    }
    let unit = openUnit(indicator, period)
    latest = (indicator, period, unit)
    return unit
  }

  private mutating func openUnit(_ indicator: Int, _ period: Period) -> Int {
    let known = tables[indicator].unit(at: period.index)
    if known >= 0 { return known }
    let unit = units.count
    units.append(UnitState(indicator: indicator, period: period))
    tables[indicator].setUnit(unit, at: period.index)
    return unit
  }

  /// Takes note of the indicator and period of a row that is refused whole: what its unit lacks is
  /// probably in that row, so nothing is said of it.
  mutating func spoilUnit(of row: ReportRow) {
    guard hasPlan, let indicator = indicatorNames.position(of: row.indicator),
      let period = PeriodNotation.read(row.period), tables[indicator].cadence == period.cadence,
      tables[indicator].standing(of: period.index) == .countable
    else { return }
    units[openUnit(indicator, period)].isSpoiled = true
  }

  private mutating func refuseCadence(_ indicator: Int, _ row: ReportRow) {
    let id = indicators[indicator].id
    let words = ReportIntake.cadence(tables[indicator].cadence)
    note(.periodCadence, Place(line: row.line, column: .period), text: row.period) {
      words.with($0, id)
    }
  }

  private mutating func refuseStanding(
    _ standing: IndicatorTable.Standing, _ period: Period, _ row: ReportRow
  ) {
    let place = Place(line: row.line, column: .period)
    let received = receivedOn.description
    let start = project.found?.context.plan.start?.description ?? ""
    if standing == .future {
      note(.periodFuture, place, text: row.period) { text in
        ReportIntake.future.with(text, period.end.description, received)
      }
    } else {
      note(.periodBeforeStart, place, text: row.period) { text in
        ReportIntake.beforeStart.with(text, start)
      }
    }
  }

  /// The profile's number, -1 for the total, or `nil` when the indicator has no such profile.
  private mutating func profile(_ row: ReportRow, _ indicator: Int) -> Int? {
    if row.profile.isEmpty { return -1 }
    if let profile = tables[indicator].profile(
      row.profile, among: indicators[indicator].profiles)
    {
      return profile
    }
    let (id, names) = (indicators[indicator].id, indicators[indicator].profiles)
    note(.profileUnknown, Place(line: row.line, column: .profile), text: row.profile) { text in
      if names.isEmpty { return ReportIntake.noProfiles.with(text, id) }
      return ReportIntake.suggestion(
        text, row.profile, among: names, near: ReportIntake.unknownProfileNear,
        else: ReportIntake.unknownProfile)
    }
    return nil
  }

  /// Adds a row to its unit, unless the unit has it already.
  private mutating func store(_ stored: StoredRow, in unit: Int, _ row: ReportRow) {
    let isNew: Bool
    if stored.profile < 63 {
      let bit = UInt64(1) << UInt64(stored.profile + 1)
      isNew = units[unit].mask & bit == 0
      units[unit].mask |= bit
    } else {
      isNew = farProfiles.insert(Int64(unit) << 32 | Int64(stored.profile)).inserted
    }
    guard isNew else {
      units[unit].isSpoiled = true
      refuseDuplicate(stored, in: unit, row)
      return
    }
    let number = Int32(clamping: rows.count)
    rows.append(stored)
    if let text = text?.baseAddress, let value = row.value.baseAddress {
      valuePlaces.append(Int32(clamping: value - text))
    }
    if units[unit].last >= 0 {
      rows[Int(units[unit].last)].next = number
    } else {
      units[unit].first = number
    }
    units[unit].last = number
    units[unit].count += 1
    if !stored.isApplicable { units[unit].hasGaps = true }
  }

  private mutating func refuseDuplicate(_ stored: StoredRow, in unit: Int, _ row: ReportRow) {
    let (rows, first) = (rows, units[unit].first)
    note(.duplicateRow, Place(line: row.line), text: row.indicator) { _ in
      var number = first
      while number >= 0, rows[Int(number)].profile != stored.profile {
        number = rows[Int(number)].next
      }
      return ReportIntake.duplicate.with(number < 0 ? "?" : String(rows[Int(number)].line))
    }
  }

  /// An unknown name with what was probably meant, or with what there is.
  static func suggestion(
    _ text: String, _ cell: Cell, among names: [String], near: Wording, else other: Wording
  ) -> Sentence {
    let folded = Dictionary(names.map { (Folding.fold($0), $0) }) { first, _ in first }
    // Beside "M9" both M1 and M2 are near: of short names the list helps more.
    if cell.count > 3,
      let name = nearestName(to: Folding.fold(cell.prefix(64)), among: folded.keys.sorted())
    {
      return near.with(text, folded[name] ?? name)
    }
    let shown = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? "…" : "")
    return other.with(text, shown)
  }
}

extension ReportIntake {
  private static let blankValue = Wording(
    "il n'y a pas de valeur ; la ligne n'a pas été lue",
    "there is no value; the row was not read")
  private static let noIndicator = Wording(
    "cette ligne ne dit pas de quel indicateur il s'agit ; complétez-la ou supprimez-la",
    "this row does not say which indicator it is about; complete or remove it")
  private static let unknownIndicatorNear = Wording(
    "l'indicateur « {0} » n'existe pas dans ce projet ; vouliez-vous « {1} » ?",
    "this project has no indicator \"{0}\"; did you mean \"{1}\"?")
  private static let unknownIndicator = Wording(
    "l'indicateur « {0} » n'existe pas dans ce projet, qui suit : {1}",
    "this project has no indicator \"{0}\"; it has: {1}")
  private static let noPeriod = Wording(
    "la période manque ; écrivez par exemple 2021-03 ou 2021-T1",
    "the period is missing; write for example 2021-03 or 2021-Q1")
  private static let badPeriod = Wording(
    "« {0} » n'est pas une période ; écrivez par exemple 2021-03, 2021-T1, 2021-S1 ou 2021",
    "\"{0}\" is not a period; write for example 2021-03, 2021-Q1, 2021-H1 or 2021")
  private static let future = Wording(
    "la période « {0} » finit le {1}, après le jour de réception ({2}) ; "
      + "envoyez-la une fois finie, ou corrigez-la",
    "the period \"{0}\" ends on {1}, after the day of receipt ({2}); "
      + "send it once it is over, or correct it")
  private static let beforeStart = Wording(
    "la période « {0} » finit avant le début du projet ({1}) ; corrigez-la ou retirez la ligne",
    "the period \"{0}\" ends before the project starts ({1}); correct it or remove the row")
  private static let noProfiles = Wording(
    "l'indicateur « {1} » n'a pas de profils ; videz la case « {0} »",
    "the indicator \"{1}\" has no profiles; empty the cell \"{0}\"")
  private static let unknownProfileNear = Wording(
    "le profil « {0} » n'existe pas pour cet indicateur ; vouliez-vous « {1} » ?",
    "this indicator has no profile \"{0}\"; did you mean \"{1}\"?")
  private static let unknownProfile = Wording(
    "le profil « {0} » n'existe pas pour cet indicateur, qui admet : {1}",
    "this indicator has no profile \"{0}\"; it has: {1}")
  private static let duplicate = Wording(
    "même indicateur, même période et même profil que la ligne {0} ; gardez une seule des deux",
    "same indicator, period and profile as line {0}; keep only one of the two")

  private static func cadence(_ cadence: Cadence) -> Wording {
    switch cadence {
    case .monthly:
      Wording(
        "« {0} » n'est pas un mois, or « {1} » se suit par mois ; écrivez par exemple 2021-03",
        "\"{0}\" is not a month, and \"{1}\" is measured monthly; write for example 2021-03")
    case .quarterly:
      Wording(
        "« {0} » n'est pas un trimestre, or « {1} » se suit par trimestre ; "
          + "écrivez par exemple 2021-T1",
        "\"{0}\" is not a quarter, and \"{1}\" is measured quarterly; write for example 2021-Q1")
    case .halfYearly:
      Wording(
        "« {0} » n'est pas un semestre, or « {1} » se suit par semestre ; "
          + "écrivez par exemple 2021-S1",
        "\"{0}\" is not a half-year, and \"{1}\" is measured half-yearly; "
          + "write for example 2021-H1")
    case .yearly:
      Wording(
        "« {0} » n'est pas une année, or « {1} » se suit par an ; écrivez par exemple 2021",
        "\"{0}\" is not a year, and \"{1}\" is measured yearly; write for example 2021")
    }
  }
}
