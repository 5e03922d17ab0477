/// The names that a file may use for something: as they stand, or but for case and accents.
struct KnownNames {
  let names: [String]
  /// Made when first needed: most files spell few names, and spell them right.
  private var exact: [String: Int]?
  private var folded: [String: Int]?

  init(_ names: [String]) { self.names = names }

  /// The position of the name that a cell spells.
  mutating func position(of cell: Cell) -> Int? {
    exactly(cell) ?? loosely(cell) ?? withoutMark(cell)
  }

  /// Templates put an apostrophe before what a spreadsheet would take for a formula: `'-25 ans`.
  private mutating func withoutMark(_ cell: Cell) -> Int? {
    guard cell.count > 1, cell[0] == UInt8(ascii: "'"), "=+-@".utf8.contains(cell[1]) else {
      return nil
    }
    let rest = Cell(rebasing: cell[1...])
    return exactly(rest) ?? loosely(rest)
  }

  private mutating func exactly(_ cell: Cell) -> Int? {
    if names.count <= 32 {
      return names.firstIndex { $0.utf8.count == cell.count && $0.utf8.elementsEqual(cell) }
    }
    let index =
      exact
      ?? Dictionary(
        names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    exact = index
    return index[String(decoding: cell, as: UTF8.self)]
  }

  private mutating func loosely(_ cell: Cell) -> Int? {
    var index = folded ?? [:]
    if folded == nil {
      for (position, name) in names.enumerated() {
        let key = Folding.fold(name)
        // Two names that differ by case alone have to be told apart.
        index[key] = index[key] == nil ? position : -1
      }
      folded = index
    }
    guard let position = index[Folding.fold(cell)], position >= 0 else { return nil }
    return position
  }
}
