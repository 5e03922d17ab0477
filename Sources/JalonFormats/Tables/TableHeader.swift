/// A column that a table which people write by hand may have.
protocol TableColumn: Hashable, CaseIterable {
  /// Its names in a header, as ``Folding`` leaves them; French first.
  var names: [String] { get }
}

extension TableColumn {
  /// The column of a header's cell, whatever its case and accents, without a remark in brackets.
  init?(named cell: Cell) {
    let folded = Folding.fold(cell.prefix(60))
    let bare = folded.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
    guard let column = Self.allCases.first(where: { $0.names.contains(bare) }) else {
      return nil
    }
    self = column
  }
}

/// The first row of a table that people write by hand: which column is where.
struct TableHeader<Column: TableColumn> {
  /// The field of each column.
  private(set) var indexes: [Column: Int] = [:]
  /// The columns' names as the table writes them.
  private var names: [Column: String] = [:]
  /// Columns that stand twice.
  private(set) var twice: [Column] = []
  /// Columns that are not known.
  private(set) var unknown: [(index: Int, name: String)] = []
  let width: Int
  let line: Int
  /// Placed after the header.
  let scanner: CSVScanner

  /// Reads the first row with something in it, with the delimiter that makes the most sense of it.
  static func read(_ text: UnsafeMutableBufferPointer<UInt8>) -> TableHeader? {
    // Looking undoes doubled quotes for good: every candidate but the last reads a copy.
    var best = (delimiter: CSVHeader.delimiters[0], known: -1)
    for delimiter in CSVHeader.delimiters {
      var copy = Array(text.prefix(100_000))
      copy.withUnsafeMutableBufferPointer { copy in
        guard let header = TableHeader(copy, delimiter: delimiter) else { return }
        if header.indexes.count > best.known { best = (delimiter, header.indexes.count) }
      }
    }
    return TableHeader(text, delimiter: best.delimiter)
  }

  private init?(_ text: UnsafeMutableBufferPointer<UInt8>, delimiter: UInt8) {
    var scanner = CSVScanner(text, delimiter: delimiter)
    var isFound = false
    while !isFound, scanner.advance() {
      isFound = scanner.fields.indices.contains { index in
        scanner.cell(index).contains { !CSVHeader.delimiters.contains($0) }
      }
    }
    guard isFound, scanner.fault == nil else { return nil }
    (self.scanner, line, width) = (scanner, scanner.firstLine, scanner.fieldCount)
    for index in scanner.fields.indices where !scanner.cell(index).isEmpty {
      place(scanner.cell(index), at: index)
    }
  }

  private mutating func place(_ cell: Cell, at index: Int) {
    guard let column = Column(named: cell) else {
      unknown.append((index, String(shown: cell)))
      return
    }
    guard indexes[column] == nil else {
      twice.append(column)
      return
    }
    indexes[column] = index
    names[column] = String(shown: cell)
  }

  /// A column as problems name it: `colonne 5 (subvention)`.
  func place(of column: Column) -> String {
    TableHeader.column(indexes[column] ?? 0, names[column] ?? "")
  }

  static func column(_ index: Int, _ name: String) -> String {
    // The letter is what the spreadsheet shows above the column.
    let letter =
      index < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index))) : "\(index + 1)"
    return name.isEmpty ? letter : "\(letter) (\(name))"
  }
}
