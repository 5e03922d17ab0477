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
      let indicator = tables[unit.indicator].indicator
      var observations: [Observation] = []
      observations.reserveCapacity(unit.count)
      var number = unit.first
      while number >= 0 {
        let row = rows[Int(number)]
        observations.append(Observation(row, of: indicator))
        number = row.next
      }
      let whole = ReportedUnit(
        period: unit.period, submission: 0, observations: observations)
      return (indicator.id, whole)
    }
  }

  private func periods() -> [Period] {
    var seen: Set<Period> = []
    for unit in units { seen.insert(unit.period) }
    return seen.sorted()
  }
}

extension Observation {
  fileprivate init(_ row: StoredRow, of indicator: Indicator) {
    self.init(
      profile: row.profile < 0 ? nil : indicator.profiles[Int(row.profile)],
      value: row.isApplicable ? Quantity(micros: row.value) : nil,
      weight: row.weight == 0 ? nil : Quantity(micros: row.weight), evidence: row.evidence,
      line: row.line)
  }
}
