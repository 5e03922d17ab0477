import JalonCore

/// The columns that a report may have.
enum ReportColumn: Int, CaseIterable {
  case project, period, indicator, profile, value, weight, evidence, milestone, date, comment

  /// Its names in a header, French first.
  var names: [String] {
    switch self {
    case .project: ["projet", "project"]
    case .period: ["periode", "period"]
    case .indicator: ["indicateur", "indicator"]
    case .profile: ["profil", "profile"]
    case .value: ["valeur", "value"]
    case .weight: ["poids", "weight"]
    case .evidence: ["preuve", "evidence"]
    case .milestone: ["jalon", "milestone"]
    case .date: ["date"]
    case .comment: ["commentaire", "comment"]
    }
  }

  /// The column of a name, whatever its case and accents.
  init?(named cell: Cell) {
    guard let column = ReportColumn.byName[Folding.word(cell)] else { return nil }
    self = column
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: ReportColumn.allCases.flatMap { column in
      column.names.map { ($0, column) }
    })
}

/// The first row of a CSV file: which column is where.
struct CSVHeader {
  /// Delimiters in order of preference.
  static let delimiters = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")]

  let delimiter: UInt8
  let line: Int
  /// The field's index of each column; -1 where the file has none.
  private(set) var indexes = [Int](repeating: -1, count: ReportColumn.allCases.count)
  /// The columns' names as the file writes them.
  private(set) var names = [String](repeating: "", count: ReportColumn.allCases.count)
  let width: Int
  private(set) var errors: [Problem] = []
  private(set) var warnings: [Problem] = []

  subscript(_ column: ReportColumn) -> Int { indexes[column.rawValue] }

  /// Reads the first row with something in it, with the delimiter that makes the most sense of it.
  ///
  /// - Returns: the header, and a scanner placed after it; `nil` when the file has no such row.
  static func read(
    _ text: UnsafeMutableBufferPointer<UInt8>
  ) -> (header: CSVHeader, scanner: CSVScanner)? {
    guard let start = firstRow(text) else { return nil }
    // Looking must not undo doubled quotes for good: candidates read a copy of the row.
    let limit = min(text.count, start.position + 100_000)
    var best = (delimiter: delimiters[0], known: -1, fields: 0)
    for delimiter in delimiters {
      var copy = Array(text[start.position..<min(limit, start.end)])
      copy.withUnsafeMutableBufferPointer { copy in
        var scanner = CSVScanner(copy, delimiter: delimiter)
        guard scanner.advance() else { return }
        let known = scanner.fields.indices.count { ReportColumn(named: scanner.cell($0)) != nil }
        if (known, scanner.fieldCount) > (best.known, best.fields) {
          best = (delimiter, known, scanner.fieldCount)
        }
      }
    }
    var scanner = CSVScanner(
      text, delimiter: best.delimiter, position: start.position, line: start.line)
    guard scanner.advance() else { return nil }
    return (CSVHeader(scanner, delimiter: best.delimiter), scanner)
  }

  private static func firstRow(
    _ text: UnsafeMutableBufferPointer<UInt8>
  ) -> (position: Int, end: Int, line: Int)? {
    var (position, line) = (0, 1)
    while position < text.count {
      let rest = text[position...]
      let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
      let hasText = text[position..<end].contains { $0 > 0x20 && !delimiters.contains($0) }
      if hasText { return (position, end, line) }
      let isPair = end + 1 < text.count && text[end] == 0x0D && text[end + 1] == 0x0A
      position = end + (isPair ? 2 : 1)
      line += 1
    }
    return nil
  }

  private init(_ scanner: CSVScanner, delimiter: UInt8) {
    self.delimiter = delimiter
    line = scanner.firstLine
    width = scanner.fieldCount
    if scanner.fault != nil {
      errors.append(problem(.syntax, nil, scanner.row, CSVHeader.brokenQuotes.with()))
      return
    }
    for index in scanner.fields.indices { place(scanner.cell(index), at: index) }
    requireColumns(scanner.row)
  }

  private mutating func place(_ cell: Cell, at index: Int) {
    // Excel leaves empty columns on the right.
    if cell.isEmpty { return }
    let name = String(shown: cell)
    guard let column = ReportColumn(named: cell) else {
      let known = ReportColumn.allCases.flatMap(\.names)
      let near = nearestName(to: Folding.fold(cell), among: known)
      let words =
        near.map { CSVHeader.unknownNear.with(name, $0) } ?? TableWording.unknown.with(name)
      warnings.append(problem(.columnUnknown, index, cell, words))
      return
    }
    guard indexes[column.rawValue] < 0 else {
      errors.append(problem(.header, index, cell, TableWording.doubled.with(name)))
      return
    }
    indexes[column.rawValue] = index
    names[column.rawValue] = name
  }

  private mutating func requireColumns(_ row: Cell) {
    let kinds: [[ReportColumn]] = [[.indicator, .period, .value], [.milestone, .date]]
    let begun = kinds.filter { kind in kind.contains { self[$0] >= 0 } }
    // Where no column is known, that is the one thing to say.
    if begun.isEmpty { warnings = [] }
    for kind in begun.isEmpty ? [kinds[0]] : begun {
      let missing = kind.filter { self[$0] < 0 }.map(\.names)
      if missing.isEmpty { continue }
      let words = begun.isEmpty ? CSVHeader.noHeader : CSVHeader.missing
      let sentence = Sentence(
        french: words.with(missing.compactMap(\.first).joined(separator: ", ")).french,
        english: words.with(missing.compactMap(\.last).joined(separator: ", ")).english)
      errors.append(problem(.header, nil, row, sentence))
    }
  }

  private func problem(
    _ code: ProblemCode, _ index: Int?, _ cell: Cell, _ message: Sentence
  ) -> Problem {
    Problem(
      code, line: line, column: index.map { $0 + 1 }, text: String(shown: cell),
      message: message.after(CSVHeader.opening.with(String(line))))
  }

  private static let opening = Wording("ligne {0} (en-tête) : ", "line {0} (header): ")
  private static let brokenQuotes = Wording(
    "un guillemet s'ouvre et ne se ferme pas ; corrigez ou retirez les guillemets",
    "a quote opens and does not close; mend or remove the quotes")
  private static let unknownNear = Wording(
    "la colonne « {0} » n'est pas connue et n'a pas été lue ; vouliez-vous « {1} » ?",
    "the column \"{0}\" is not known and was not read; did you mean \"{1}\"?")
  private static let missing = Wording(
    "il manque : {0} ; ajoutez ces noms de colonne à la première ligne",
    "missing: {0}; add these column names to the first line")
  private static let noHeader = Wording(
    "la première ligne doit nommer les colonnes, par exemple « projet;periode;indicateur;valeur » ; "
      + "il manque : {0}",
    "the first line must name the columns, such as \"project;period;indicator;value\"; "
      + "missing: {0}")
}
