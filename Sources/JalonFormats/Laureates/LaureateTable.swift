public import JalonCore

/// A table of laureates as a follow-up team exports it: CSV, a header, one row a project.
public struct LaureateTable: Sendable {
  /// The laureates, in the order of the table; to be used only when there is no error.
  public private(set) var laureates: [Laureate] = []
  /// Everything that is wrong, in the order of the table; `path` names the column.
  public private(set) var errors: [PortfolioProblem] = []
  /// What was not read.
  public private(set) var warnings: [PortfolioProblem] = []

  /// Bytes a table may have.
  public static let maximumBytes = 4_000_000
  /// Rows it may have.
  static let maximumRows = 10_000
  /// Errors reported: a person mends these first.
  static let maximumErrors = 500

  private let file: String
  private var lines: [String: Int] = [:]

  /// Reads the bytes of a table; `file` is what problems call it.
  public init(_ bytes: [UInt8], file: String) {
    self.file = file
    if let message = ReportReader.spreadsheet(bytes) {
      complain(nil, "", message)
      return
    }
    do throws(TextDecoding.Failure) {
      var text = try TextDecoding.utf8(bytes)
      text.withUnsafeMutableBufferPointer { read($0) }
    } catch {
      complain(error.line, "", error.message)
    }
  }

  mutating func complain(_ line: Int?, _ path: String, _ message: Sentence) {
    guard errors.count < LaureateTable.maximumErrors else { return }
    errors.append(.shown(file: file, line: line, path: path, message: message))
  }

  private mutating func read(_ text: UnsafeMutableBufferPointer<UInt8>) {
    guard let header = TableHeader<LaureateColumn>.read(text) else {
      return complain(nil, "", LaureateTable.empty.with())
    }
    for (index, name) in header.unknown {
      let message = TableWording.unknown.with(name)
      warnings.append(
        .shown(
          file: file, line: header.line, path: TableHeader<LaureateColumn>.column(index, name),
          message: message
        ))
    }
    for column in header.twice {
      complain(header.line, "", TableWording.doubled.with(column.names[0]))
    }
    guard header.indexes[.id] != nil else {
      return complain(header.line, "", LaureateTable.noID.with())
    }
    var scanner = header.scanner
    while scanner.advance() {
      guard laureates.count < LaureateTable.maximumRows else {
        let most = String(LaureateTable.maximumRows)
        return complain(scanner.firstLine, "", LaureateTable.tooMany.with(most))
      }
      readRow(scanner, header)
    }
    if laureates.isEmpty && errors.isEmpty { complain(nil, "", LaureateTable.empty.with()) }
  }

  private mutating func readRow(_ scanner: CSVScanner, _ header: TableHeader<LaureateColumn>) {
    let line = scanner.firstLine
    guard scanner.fault == nil else {
      return complain(line, "", TableWording.brokenQuotes.with())
    }
    if scanner.fields.indices.allSatisfy({ scanner.cell($0).isEmpty }) { return }
    if let extra = scanner.fields.indices.dropFirst(header.width).first(where: {
      !scanner.cell($0).isEmpty
    }) {
      let path = TableHeader<LaureateColumn>.column(extra, "")
      let (count, width) = (String(scanner.fieldCount), String(header.width))
      return complain(line, path, TableWording.tooWide.with(count, width))
    }
    var row = LaureateRow(scanner, header)
    let laureate = row.laureate
    for (path, message) in row.faults { complain(line, path, message) }
    guard let laureate else { return }
    if let first = lines.updateValue(line, forKey: laureate.id) {
      let message = LaureateTable.repeated.with(laureate.id, String(first))
      complain(line, header.place(of: .id), message)
    }
    laureates.append(laureate)
  }
}

extension LaureateTable {
  private static let empty = Wording(
    "la table ne contient aucun lauréat ; il faut une ligne d'en-tête, puis une ligne par projet",
    "the table holds no laureate; a header is needed, then a row for each project")
  private static let noID = Wording(
    "la première ligne doit nommer les colonnes, dont « id » ; par exemple "
      + "« id;titre;porteur;contact;coût total;subvention;date d'attribution »",
    "the first line must name the columns, one of them \"id\"; such as "
      + "\"id;title;lead;contact;total cost;grant;award date\"")
  private static let repeated = Wording(
    "« {0} » figure déjà ligne {1} ; il faut un identifiant par projet",
    "\"{0}\" stands on line {1} already; each project needs its own id")
  private static let tooMany = Wording(
    "la table a plus de {0} lignes ; découpez-la", "the table has more than {0} rows; split it")
}
