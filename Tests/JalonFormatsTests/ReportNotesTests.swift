import JalonCore
import JalonFormats
import Testing

/// What the manual says of report files is held against what the readers do with them.
@Suite("Report files as their manual tells them")
struct ReportNotesTests {
  private func depenses(_ cell: String) -> ReadReport {
    ReportsFixture.read(ReportsFixture.csv(";2021-03;depenses;;\(cell);;;;;"))
  }

  @Test("every notation of a period is read, and all of one line are the same cadence")
  func periods() {
    for line in ReportNotes.periods {
      let periods = line.compactMap { PeriodNotation.read($0) }
      #expect(periods.count == line.count)
      #expect(Set(periods.map(\.cadence)).count == 1)
    }
    #expect(ReportNotes.periods.count == Cadence.allCases.count)
  }

  @Test("every notation of a date is read in a milestone's row", arguments: ReportNotes.days)
  func days(_ day: String) {
    let report = ReportsFixture.read(ReportsFixture.csv(";;;;;;;M1;\(day);"))
    #expect(report.errors.isEmpty)
  }

  @Test("every notation of the number is the same number", arguments: ReportNotes.numbers)
  func numbers(_ cell: String) {
    #expect(depenses(cell).units.first?.unit.observations.first?.value == Quantity("1234.5"))
  }

  @Test("what is said to be refused is refused", arguments: ReportNotes.refusedNumbers)
  func refused(_ cell: String) {
    #expect(depenses(cell).errors.map(\.code) == [.value])
  }

  @Test("what does not apply is said so", arguments: ReportNotes.notApplicable)
  func notApplicable(_ cell: String) {
    let report = depenses(cell)
    #expect(report.errors.isEmpty)
    #expect(report.units.first?.unit.observations.first?.value == nil)
  }

  /// What is wrong with a header of every column, one of them called otherwise.
  private func complaints(_ index: Int, called name: String) -> [ProblemCode] {
    var names = ReportNotes.columns.map { $0.names[0] }
    names[index] = name
    let report = ReportsFixture.read(
      names.joined(separator: ";") + "\n" + String(repeating: ";", count: names.count - 1) + "\n")
    return (report.errors + report.warnings).map(\.code).filter { $0 != .empty }
  }

  @Test("every column is known by each of its names, and by no other")
  func columns() {
    for (index, column) in ReportNotes.columns.enumerated() {
      for name in column.names { #expect(complaints(index, called: name) == []) }
      #expect(complaints(index, called: "autre").contains(.columnUnknown))
    }
  }

  @Test("every level of evidence is read in both languages")
  func evidence() {
    #expect(ReportNotes.evidence.map(\.count) == [2, 2, 2])
    for word in ReportNotes.evidence.joined() {
      let report = ReportsFixture.read(ReportsFixture.csv(";2021-03;depenses;;1;;\(word);;;"))
      #expect(report.errors.isEmpty)
    }
  }
}
