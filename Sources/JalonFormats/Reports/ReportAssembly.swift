import JalonCore

// The report, once every row was taken.
extension ReportIntake {
  /// Checks what rows make together and hands over the facts, or the problems.
  consuming func report() -> ReadReport {
    var report = ReadReport()
    report.project = project.found?.id ?? project.told
    if errors.isEmpty && dataRows == 0 { refuseEmpty() }
    checkUnits()
    if errors.isEmpty {
      report.units = assembledUnits()
      report.milestones = milestones
      report.rows = rows.count + milestones.count
      report.periods = periods()
      checkTrends(report.units)
    }
    report.errors = errors.inOrder()
    report.warnings = warnings.inOrder()
    return report
  }

  private func assembledUnits() -> [(indicator: String, unit: ReportedUnit)] {
    units.map { unit in
      var observations: [Observation] = []
      observations.reserveCapacity(unit.count)
      var number = unit.first
      while number >= 0 {
        let row = rows[Int(number)]
        observations.append(observation(row, of: unit.indicator))
        number = row.next
      }
      let whole = ReportedUnit(
        period: unit.period, submission: 0, observations: observations)
      return (indicators[unit.indicator].id, whole)
    }
  }

  private func periods() -> [Period] {
    var periods: [Period] = []
    for cadence in Cadence.allCases {
      let indexes = units.lazy.filter { $0.period.cadence == cadence }.map(\.period.index)
      guard let first = indexes.min(), let last = indexes.max() else { continue }
      var isThere = [Bool](repeating: false, count: Int(last - first) + 1)
      for index in indexes { isThere[Int(index - first)] = true }
      periods += (first...last).filter { isThere[Int($0 - first)] }
        .map { Period(cadence: cadence, index: $0) }
    }
    return periods.sorted()
  }

  private func observation(_ row: StoredRow, of indicator: Int) -> Observation {
    Observation(
      profile: row.profile < 0 ? nil : indicators[indicator].profiles[Int(row.profile)],
      value: row.isApplicable ? Quantity(micros: row.value) : nil,
      weight: row.weight == 0 ? nil : Quantity(micros: row.weight), evidence: row.evidence,
      line: row.line)
  }
}
