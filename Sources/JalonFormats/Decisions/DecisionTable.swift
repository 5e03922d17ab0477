import JalonCore

/// An officer's file as CSV: a header, one row an act.
enum DecisionTable {
  private typealias Header = TableHeader<DecisionField>

  static func read(_ text: UnsafeMutableBufferPointer<UInt8>, into file: inout DecisionFile) {
    guard let header = Header.read(text) else { return }
    for (index, name) in header.unknown {
      file.complain(
        .columnUnknown, line: header.line, column: index + 1, TableWording.unknown.with(name))
    }
    for column in header.twice {
      file.complain(.header, line: header.line, TableWording.doubled.with(column.shown))
    }
    if header.indexes[.act] == nil || header.indexes[.reason] == nil {
      file.complain(.header, line: header.line, incomplete.with())
    }
    guard file.errors.isEmpty else { return }
    var scanner = header.scanner
    while scanner.advance() {
      guard let row = row(scanner, header, into: &file) else { continue }
      guard file.take(row) else { return }
    }
  }

  /// The row under the scanner; `nil` for an empty one, or for one without a shape.
  private static func row(
    _ scanner: CSVScanner, _ header: Header, into file: inout DecisionFile
  ) -> DecisionRow? {
    let line = scanner.firstLine
    guard scanner.fault == nil else {
      file.complain(.syntax, line: line, TableWording.brokenQuotes.with())
      return nil
    }
    if scanner.fields.indices.allSatisfy({ scanner.cell($0).trimmed.isEmpty }) { return nil }
    if let extra = scanner.fields.indices.dropFirst(header.width).first(where: {
      !scanner.cell($0).isEmpty
    }) {
      let (count, width) = (String(scanner.fieldCount), String(header.width))
      file.complain(
        .columnCount, line: line, column: extra + 1, TableWording.tooWide.with(count, width))
      return nil
    }
    var row = DecisionRow(line: line)
    for (field, index) in header.indexes {
      let text = String(oneLine: scanner.cell(index))
      if !text.isEmpty { row.cells[field] = RequestedAct.Cell(column: index + 1, text: text) }
    }
    return row
  }

  private static let incomplete = Wording(
    "la première ligne doit nommer les colonnes, dont « acte » et « motif » ; par exemple "
      + "« acte;projet;phase;critère;indicateur;période;motif »",
    "the first line must name the columns, among them \"act\" and \"reason\"; such as "
      + "\"act;project;phase;criterion;indicator;period;reason\"")
}
