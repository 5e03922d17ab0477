import Testing

@testable import JalonFormats

@Suite("Spreadsheets rewrite some names when they open a table")
struct CheckSpreadsheetIDsTests {
  @Test(
    "what a spreadsheet rewrites",
    arguments: [
      "1-2", "007", "1E5", "1e5", "mars-21", "Mar-21", "12-mai", "1/2", "22.5", "1:30", "2021-03",
      "sept2", "TRUE", "vrai", "=A1", "-x", "@x", "123456789012", "1-2-3", "févr.-21", "2.50",
    ])
  func rewritten(_ id: String) {
    #expect(SpreadsheetHabit.rewrites(id))
  }

  @Test(
    "what a spreadsheet leaves alone",
    arguments: [
      "SNAP3-017", "P1", "M1", "postes", "mars", "E5", "1A", "12", "2021", "2021-Q1", "2021-M03",
      "a-1", "T1", "siege", "1-2-3-4", "ITN3-004", "agents-vises", "0",
    ])
  func leftAlone(_ id: String) {
    #expect(!SpreadsheetHabit.rewrites(id))
  }
}
