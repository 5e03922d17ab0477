import JalonCore

/// The CSV format: a header, then one row a fact (SPEC §6).
enum CSVReport {
  static func read(
    _ text: UnsafeMutableBufferPointer<UInt8>, into intake: inout ReportIntake
  ) {
    guard let (header, start) = CSVHeader.read(text) else { return intake.refuseEmpty() }
    intake.take(header)
    if header[.project] < 0, intake.project.told == nil, header.errors.isEmpty {
      return intake.refuseUntoldProject()
    }
    guard intake.errors.isEmpty else { return }
    var scanner = start
    (intake.text, intake.delimiter) = (Cell(text), header.delimiter)
    intake.reserve(text.count)
    while scanner.advance() {
      if scanner.fault != nil || scanner.fieldCount != header.width,
        !intake.accepts(shapeOf: scanner, header)
      {
        intake.spoilUnit(of: row(scanner, header))
        continue
      }
      if scanner.isBlank { continue }
      let row = row(scanner, header)
      guard intake.isOfProject(scanner.cell(header[.project]), line: row.line) else {
        intake.spoilUnit(of: row)
        continue
      }
      intake.add(row, whole: scanner.row)
    }
    intake.checkLastLine(scanner)
  }

  @inline(__always)
  private static func row(_ scanner: CSVScanner, _ header: CSVHeader) -> ReportRow {
    ReportRow(
      line: scanner.firstLine, indicator: scanner.cell(header[.indicator]),
      period: scanner.cell(header[.period]), profile: scanner.cell(header[.profile]),
      value: scanner.cell(header[.value]), weight: scanner.cell(header[.weight]),
      evidence: scanner.cell(header[.evidence]), milestone: scanner.cell(header[.milestone]),
      date: scanner.cell(header[.date]))
  }

}

extension CSVScanner {
  /// Whether no field of the row holds anything.
  @inline(__always)
  fileprivate var isBlank: Bool {
    for index in fields.indices where !cell(index).isEmpty { return false }
    return true
  }
}

extension ReportIntake {
  mutating func take(_ header: CSVHeader) {
    for column in ReportColumn.allCases where header[column] >= 0 {
      columns[column.rawValue] = (header[column] + 1, header.names[column.rawValue])
    }
    for problem in header.errors { errors.add(problem.code) { problem } }
    for problem in header.warnings { warnings.add(problem.code) { problem } }
  }

  /// Makes room for the rows of a file of that many bytes, within reason.
  mutating func reserve(_ byteCount: Int) {
    rows.reserveCapacity(min(byteCount / 32, 500_000) + 1)
  }

  /// Whether a row with odd quotes or an odd number of fields can be read all the same.
  ///
  /// Excel writes empty fields on the right of some rows and leaves them out of others, so both
  /// are read; but the last row of a file without a last line end was probably cut.
  fileprivate mutating func accepts(shapeOf scanner: CSVScanner, _ header: CSVHeader) -> Bool {
    let place = Place(line: scanner.firstLine)
    if let fault = scanner.fault {
      dataRows += 1
      let words = fault == .openQuote ? ReportIntake.openQuote : ReportIntake.afterQuote
      note(.syntax, place, text: scanner.row) { _ in words.with() }
      return false
    }
    let (count, width) = (scanner.fieldCount, header.width)
    if count > width, let index = extraField(scanner, width) {
      dataRows += 1
      let problem = { [self] in tooManyFields(scanner, at: index, header) }
      errors.add(.columnCount, problem)
      return false
    }
    if count < width, scanner.isUnfinished {
      if scanner.isBlank { return true }
      dataRows += 1
      note(.columnCount, place, text: scanner.row) { _ in
        ReportIntake.cutRow.with(String(count), String(width))
      }
      return false
    }
    return true
  }

  private func extraField(_ scanner: CSVScanner, _ width: Int) -> Int? {
    let last = min(scanner.fieldCount, CSVScanner.maximumFields)
    if let index = (width..<max(last, width)).first(where: { !scanner.cell($0).isEmpty }) {
      return index
    }
    return scanner.fieldCount > CSVScanner.maximumFields ? CSVScanner.maximumFields : nil
  }

  private func tooManyFields(
    _ scanner: CSVScanner, at index: Int, _ header: CSVHeader
  ) -> Problem {
    let (line, count, width) = (scanner.firstLine, scanner.fieldCount, header.width)
    let isComma = header.delimiter == NumberNotation.comma
    let words = isComma ? ReportIntake.extraComma : ReportIntake.extraField
    return Problem(
      .columnCount, line: line, column: index + 1, text: String(shown: scanner.row),
      message: words.with(String(line), String(count), String(width)))
  }

  fileprivate mutating func checkLastLine(_ scanner: CSVScanner) {
    guard scanner.isUnfinished else { return }
    note(.lastLine, Place(line: scanner.firstLine), text: scanner.row) { _ in
      ReportIntake.lastLine.with()
    }
  }

  mutating func refuseEmpty() {
    note(.empty, Place(), text: "", ReportIntake.emptyFile.with())
  }

  private static let openQuote = Wording(
    "un guillemet s'ouvre et ne se ferme pas avant la fin du fichier ; "
      + "corrigez ou retirez les guillemets",
    "a quote opens and does not close before the end of the file; mend or remove the quotes")
  private static let afterQuote = Wording(
    "du texte suit un guillemet fermant ; corrigez ou retirez les guillemets",
    "text follows a closing quote; mend or remove the quotes")
  private static let extraField = Wording(
    "ligne {0} : il y a {1} cases pour {2} colonnes ; supprimez ce qui dépasse à droite",
    "line {0}: there are {1} cells for {2} columns; remove what is too much on the right")
  private static let extraComma = Wording(
    "ligne {0} : il y a {1} cases pour {2} colonnes ; un nombre à virgule s'écrit ici "
      + "entre guillemets (\"12,5\") ou avec un point (12.5)",
    "line {0}: there are {1} cells for {2} columns; a number with a comma is written here "
      + "in quotes (\"12,5\") or with a point (12.5)")
  private static let cutRow = Wording(
    "la dernière ligne n'a que {0} cases sur {1} et ne finit pas : "
      + "le fichier a sans doute été coupé ; renvoyez-le entier",
    "the last line has only {0} cells of {1} and does not end: "
      + "the file was probably cut; send it again whole")
  private static let lastLine = Wording(
    "la dernière ligne ne finit pas par un retour à la ligne ; "
      + "vérifiez que le fichier est arrivé entier",
    "the last line has no line end; check that the file arrived whole")
  private static let emptyFile = Wording(
    "le fichier ne contient aucune donnée ; remplissez au moins une ligne sous l'en-tête",
    "the file holds no data; fill in at least one row below the header")
}
