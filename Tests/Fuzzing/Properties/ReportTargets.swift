import JalonCore
import JalonFormats
import JalonTesting

extension FuzzTarget {
  /// CSV report files (SPEC §6), and whatever else a depot may hold.
  static let csvReport = FuzzTarget("csv-report", longest: 4_096, ReportProperties.check)

  /// JSON report files.
  static let jsonReport = FuzzTarget("json-report", longest: 4_096, ReportProperties.check)
}

/// What holds of every report file.
enum ReportProperties {
  @Sendable
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    let report = read(bytes)
    try agree(report, read(bytes), "reading is deterministic")
    try checkShape(report, bytes)
    try checkTelling(report, bytes)
    try checkSpellings(report, bytes)
    if report.errors.isEmpty {
      try ReportRules.check(report, in: ReportedProject.plan)
      try ReportRewriting.check(report)
      try NaiveReport.check(report, bytes)
    }
    try ReceiptProperties.check(report, bytes)
  }

  /// Reads as the depot of the project does.
  static func read(
    _ bytes: [UInt8], told: String? = ReportedProject.id, on day: Day = ReportedProject.receivedOn
  ) -> ReportFacts {
    ReportFacts(
      ReportedProject.reader(told: told, knowledge: standing, receivedOn: day).read(bytes))
  }

  /// What stood before: a running total, and spending with little ups and downs.
  private static let standing: Knowledge = {
    var knowledge = Knowledge()
    for (indicator, values) in [("cumul", [10, 20, 30, 45]), ("depenses", [5, 6, 4, 5])] {
      knowledge.units[indicator] = values.enumerated().map { month, value in
        ReportedUnit(
          period: Period(cadence: .monthly, index: Int32(2021 * 12 + month)), submission: 1,
          observations: [Observation(value: Quantity(value))])
      }
    }
    return knowledge
  }()

  /// A file counts whole or not at all, and says why not.
  private static func checkShape(_ report: ReportFacts, _ bytes: [UInt8]) throws(BrokenProperty) {
    let lines = Spellings.lineCount(bytes)
    try Shown.check(report.errors, lines: lines, isError: true)
    try Shown.check(report.warnings, lines: lines, isError: false)
    guard report.errors.isEmpty else {
      let isNothing =
        report.rows == 0 && report.units.isEmpty && report.milestones.isEmpty
        && report.periods.isEmpty
      return try hold(isNothing, "nothing of a rejected file counts")
    }
    let rows = report.units.reduce(report.milestones.count) { $0 + $1.unit.observations.count }
    try hold(report.rows > 0 && report.rows == rows, "the rows that counted are counted")
    try hold(report.project == ReportedProject.id, "an accepted file has its project")
  }

  /// What tells the project, and the day, changes what it changes and nothing else.
  private static func checkTelling(
    _ report: ReportFacts, _ bytes: [UInt8]
  ) throws(BrokenProperty) {
    let untold = read(bytes, told: nil)
    if untold.errors.isEmpty, untold.project == ReportedProject.id {
      try agree(report, untold, "a file that names its project is the same in its depot")
    }
    try agree(
      read(bytes, told: "NOBODY").errors.isEmpty, false, "an unknown depot's file is refused")
    guard report.errors.isEmpty else { return }
    let later = read(bytes, on: ReportedProject.receivedOn.adding(days: 400))
    try agree(report, later, "what is accepted today is accepted later")
  }

  /// The same text saved otherwise is the same report.
  private static func checkSpellings(
    _ report: ReportFacts, _ bytes: [UInt8]
  ) throws(BrokenProperty) {
    guard let text = Spellings.plainText(bytes) else { return }
    try agree(report, read(Spellings.mark + bytes), "a mark in front changes nothing")
    for isBig in [false, true] {
      let other = read(Spellings.utf16(text, bigEndian: isBig))
      try agree(report, other, "UTF-16 says the same as UTF-8")
    }
    if let other = Spellings.windows1252(text) {
      try agree(report, read(other), "Windows-1252 says the same as UTF-8")
    }
    for end in [[0x0D, 0x0A], [0x0D]] as [[UInt8]] {
      guard let other = Spellings.ends(bytes, as: end) else { continue }
      try agree(
        report.withoutQuotes, read(other).withoutQuotes, "another line end changes nothing")
    }
  }
}
