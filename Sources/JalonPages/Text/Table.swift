/// A table in columns for a terminal of some width.
public struct Table {
  /// How a column is set.
  public enum Alignment: Sendable {
    case left
    case right
  }

  private let columns: [(title: String, alignment: Alignment)]
  private var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [(title: String, alignment: Alignment)]) { self.columns = columns }

  /// Adds a row; a cell for each column.
  public mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Whether it has no row.
  public var isEmpty: Bool { rows.isEmpty }

  /// The table as lines; the widest left-aligned columns give way where the terminal is narrow.
  public func text(width: Int) -> String {
    var widths = columns.indices.map { column in
      ([columns[column].title] + rows.map { $0[column] }).map(Table.width).max() ?? 0
    }
    let needed = widths.reduce(0, +) + 2 * (columns.count - 1)
    let flexible = columns.indices.filter { columns[$0].alignment == .left }
    // A cell at a time from whichever is widest then: no column vanishes while another sprawls.
    for _ in 0..<max(0, needed - width) {
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }),
        widths[widest] > Table.narrowest
      else { break }
      widths[widest] -= 1
    }
    let header = line(columns.map(\.title), widths)
    return ([header] + rows.map { line($0, widths) }).joined(separator: "\n") + "\n"
  }

  /// Below this a column says nothing any more.
  private static let narrowest = 8

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let cut = Table.cut(cell, to: widths[index])
      let padding = String(repeating: " ", count: widths[index] - Table.width(cut))
      line += (index > 0 ? "  " : "")
      line += columns[index].alignment == .right ? padding + cut : cut + padding
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Cells of a terminal, taking every character for one: what Jalon prints is Latin.
  static func width(_ text: String) -> Int { text.count }

  static func cut(_ text: String, to width: Int) -> String {
    guard Table.width(text) > width else { return text }
    return String(text.prefix(max(0, width - 1))) + "…"
  }
}

extension Table {
  /// A line broken between words at a width, its continuation indented below its text.
  static func wrap(_ line: String, to width: Int) -> String {
    guard Table.width(line) > width, width >= 20 else { return line }
    let indent = line.prefix { $0 == " " || $0 == "-" }.count
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var current = String(line.prefix(indent))
    for word in line.dropFirst(indent).split(separator: " ", omittingEmptySubsequences: false) {
      let isStart = Table.width(current) == indent
      if !isStart, Table.width(current) + 1 + word.count > width {
        lines.append(current)
        current = margin + word
      } else {
        current += (isStart ? "" : " ") + word
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }
}
