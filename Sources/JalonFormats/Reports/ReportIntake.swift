import JalonCore

/// One row of a report, whatever the format: its cells, trimmed, empty where it has none.
struct ReportRow {
  /// The row's first physical line.
  var line = 0
  var indicator = Cell(start: nil, count: 0)
  var period = Cell(start: nil, count: 0)
  var profile = Cell(start: nil, count: 0)
  var value = Cell(start: nil, count: 0)
  var weight = Cell(start: nil, count: 0)
  var evidence = Cell(start: nil, count: 0)
  var milestone = Cell(start: nil, count: 0)
  var date = Cell(start: nil, count: 0)
  /// Whether the row withdraws its milestone in the format's own way.
  var isWithdrawal = false

  /// Whether anything is said about an indicator.
  @inline(__always)
  var speaksOfIndicator: Bool {
    indicator.count | period.count | profile.count | value.count | weight.count | evidence.count
      != 0
  }

  /// Whether anything is said about a milestone.
  @inline(__always)
  var speaksOfMilestone: Bool { milestone.count | date.count != 0 }
}

/// Where a problem lies.
struct Place {
  var line: Int?
  var column: ReportColumn?
}

/// Turns rows, whatever the format, into facts or problems.
struct ReportIntake {
  var project: ReportProject
  let receivedOn: Day
  /// Whether numbers must be in JSON's own notation.
  var isJSON = false
  /// The number and the name of each column, as the file has them.
  var columns: [(number: Int?, name: String)] =
    ReportColumn.allCases.map { (nil, $0.names[0]) }
  var errors = ProblemList()
  var warnings = ProblemList()
  /// Rows that say something, right or wrong.
  var dataRows = 0

  /// Whether the found project's names are ready.
  var hasPlan = false
  /// The plan's indicators, and what each row of them is checked against.
  var indicators: [Indicator] = []
  var tables: [IndicatorTable] = []
  var indicatorNames = KnownNames([])
  var indicatorMemo = NameMemo<Int>()
  var periodMemo = NameMemo<Period?>()
  var evidenceMemo = NameMemo<Evidence?>()
  /// Made ready for the first milestone row: most files have none.
  var milestoneNames: KnownNames?
  /// The line of each milestone's row.
  var milestoneLines: [Int: Int] = [:]

  /// The text that cells are parts of, where there is one: CSV; and what stands between them.
  var text: Cell?
  var delimiter: UInt8 = 0
  var rows: [StoredRow] = []
  /// Where each row's value stands in ``text``.
  var valuePlaces: [Int32] = []
  var units: [UnitState] = []
  /// The unit of the row before: files come grouped.
  var latest: (indicator: Int, period: Period, unit: Int)?
  /// Rows of profiles beyond those that a unit's mask can hold.
  var farProfiles: Set<Int64> = []
  var milestones: [MilestoneReach] = []

  init(project: ReportProject, receivedOn: Day) {
    self.project = project
    self.receivedOn = receivedOn
  }

  /// Makes the found project's names ready.
  mutating func preparePlan() {
    guard let plan = project.found?.context.plan else { return }
    hasPlan = true
    indicators = plan.indicators
    tables = plan.indicators.map { IndicatorTable($0, from: plan.start, to: receivedOn) }
    indicatorNames = KnownNames(plan.indicators.map(\.id))
  }

  /// Takes one row that is not empty.
  mutating func add(_ row: ReportRow, whole: @autoclosure () -> Cell) {
    switch (row.speaksOfIndicator, row.speaksOfMilestone) {
    case (true, false): addIndicator(row, whole())
    case (false, true): addMilestone(row, whole())
    case (true, true):
      refuseKind(row, whole(), ReportIntake.bothKinds)
      spoilUnit(of: row)
    case (false, false): refuseKind(row, whole(), ReportIntake.neitherKind)
    }
  }

  mutating func refuseKind(_ row: ReportRow, _ whole: Cell, _ words: Wording) {
    dataRows += 1
    note(.rowKind, Place(line: row.line), text: whole) { _ in words.with() }
  }
}

extension ReportIntake {
  /// Notes an error or a warning; its sentence is only made up if somebody will read it.
  mutating func note(
    _ code: ProblemCode, _ place: Place, text: Cell, _ message: (String) -> Sentence
  ) {
    let columns = columns
    let isJSON = isJSON
    func problem() -> Problem {
      let shown = String(shown: text)
      return Problem(
        code, line: place.line, column: place.column.flatMap { columns[$0.rawValue].number },
        text: shown,
        message: message(shown).after(
          ReportIntake.opening(place, columns, isJSON: isJSON)))
    }
    if code.isWarning { warnings.add(code, problem) } else { errors.add(code, problem) }
  }

  /// Notes an error or a warning about a text that is not in the file's bytes any more.
  mutating func note(
    _ code: ProblemCode, _ place: Place, text: String, _ message: @autoclosure () -> Sentence
  ) {
    let columns = columns
    let isJSON = isJSON
    func problem() -> Problem {
      Problem(
        code, line: place.line, column: place.column.flatMap { columns[$0.rawValue].number },
        text: text,
        message: message().after(ReportIntake.opening(place, columns, isJSON: isJSON)))
    }
    if code.isWarning {
      warnings.addAfterwards(code, problem)
    } else {
      errors.addAfterwards(code, problem)
    }
  }

  /// The place said in words, before the sentence.
  private static func opening(
    _ place: Place, _ columns: [(number: Int?, name: String)], isJSON: Bool
  ) -> Sentence {
    guard let line = place.line else { return Sentence(french: "", english: "") }
    guard let column = place.column else { return atLine.with(String(line)) }
    let words = isJSON ? atKey : atColumn
    return words.with(String(line), columns[column.rawValue].name)
  }

  private static let atLine = Wording("ligne {0} : ", "line {0}: ")
  private static let atColumn = Wording(
    "ligne {0}, colonne « {1} » : ", "line {0}, column \"{1}\": ")
  private static let atKey = Wording("ligne {0}, clé « {1} » : ", "line {0}, key \"{1}\": ")

  private static let bothKinds = Wording(
    "cette ligne parle à la fois d'un indicateur et d'un jalon ; faites-en deux lignes",
    "this row speaks both of an indicator and of a milestone; make two rows of it")
  private static let neitherKind = Wording(
    "cette ligne ne parle ni d'un indicateur ni d'un jalon ; complétez-la ou supprimez-la",
    "this row speaks neither of an indicator nor of a milestone; complete or remove it")
}
