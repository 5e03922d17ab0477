/// The first row of a table of laureates: which column is where.
struct LaureateHeader {
  /// The field of each column.
  private(set) var indexes: [LaureateColumn: Int] = [:]
  /// The columns' names as the table writes them.
  private var names: [LaureateColumn: String] = [:]
  /// Columns that stand twice.
  private(set) var twice: [LaureateColumn] = []
  /// Columns that are not known.
  private(set) var unknown: [(index: Int, name: String)] = []
  let width: Int
  let line: Int
  /// Placed after the header.
  let scanner: CSVScanner

  /// Reads the first row with something in it, with the delimiter that makes the most sense of it.
  static func read(_ text: UnsafeMutableBufferPointer<UInt8>) -> LaureateHeader? {
    // Looking undoes doubled quotes for good: every candidate but the last reads a copy.
    var best = (delimiter: CSVHeader.delimiters[0], known: -1)
    for delimiter in CSVHeader.delimiters {
      var copy = Array(text.prefix(100_000))
      copy.withUnsafeMutableBufferPointer { copy in
        guard let header = LaureateHeader(copy, delimiter: delimiter) else { return }
        if header.indexes.count > best.known { best = (delimiter, header.indexes.count) }
      }
    }
    return LaureateHeader(text, delimiter: best.delimiter)
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
    guard let column = LaureateColumn(named: cell) else {
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
  func place(of column: LaureateColumn) -> String {
    LaureateHeader.column(indexes[column] ?? 0, names[column] ?? "")
  }

  static func column(_ index: Int, _ name: String) -> String {
    // The letter is what the spreadsheet shows above the column.
    let letter =
      index < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index))) : "\(index + 1)"
    return name.isEmpty ? letter : "\(letter) (\(name))"
  }
}
