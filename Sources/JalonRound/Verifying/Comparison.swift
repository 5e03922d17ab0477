import JalonCore

/// A row held against what the ledger tells of it, column by column; the first difference counts.
struct Comparison {
  /// A column that differs.
  struct Difference {
    let column: String
    let told: String
    let found: String
  }

  private(set) var difference: Difference?

  var isEqual: Bool { difference == nil }

  /// Compares texts byte for byte: `==` takes two spellings of "é" for one.
  mutating func expect(_ column: String, _ told: String?, _ found: String?) {
    guard difference == nil else { return }
    let isSame =
      switch (told, found) {
      case (nil, nil): true
      case (let told?, let found?): told.utf8.elementsEqual(found.utf8)
      default: false
      }
    if !isSame { difference = Difference(column: column, told: told ?? "∅", found: found ?? "∅") }
  }

  mutating func expect(_ column: String, _ told: Int64?, _ found: Int64?) {
    guard difference == nil, told != found else { return }
    difference = Difference(
      column: column, told: told.map(String.init) ?? "∅", found: found.map(String.init) ?? "∅")
  }

  mutating func expect(_ column: String, _ told: Bool, _ found: Int64) {
    expect(column, told ? 1 : 0, found)
  }

  mutating func expect(_ column: String, _ told: Digest, _ found: Digest?) {
    guard difference == nil, told != found else { return }
    difference = Difference(
      column: column, told: told.hexadecimal, found: found?.hexadecimal ?? "∅")
  }
}

/// Rows of a table in order, read some at a time, of which entries take the one they tell.
struct RowQueue<Row> {
  private var rows: [Row] = []
  private var start = 0
  private var last: Int64 = .min
  private var hasEnded = false
  /// The number that the next row should have.
  private(set) var expectedKey: Int64 = 1
  private let bound: Int64
  /// How many rows are read at once; half of them is how far a row is looked for at least.
  private let stride: Int
  private let key: (Row) -> Int64
  private let fetch: (Int64, Int) throws -> [Row]

  /// Rows up to a number.
  init(
    upTo bound: Int64, stride: Int, key: @escaping (Row) -> Int64,
    fetch: @escaping (Int64, Int) throws -> [Row]
  ) {
    self.bound = bound
    self.stride = stride
    self.key = key
    self.fetch = fetch
  }

  /// Takes the next row where it is the one told by its identity, else the first that is told
  /// exactly, with the rows before it, which nothing tells.
  mutating func take(
    identity: (Row) -> Bool, exactly: (Row) -> Bool
  ) throws -> (untold: [Row], row: Row?) {
    try fill()
    guard start < rows.count else { return ([], nil) }
    if identity(rows[start]) { return ([], advance(by: 1).last) }
    guard let found = rows[start...].firstIndex(where: exactly) else {
      expectedKey &+= 1
      return ([], nil)
    }
    expectedKey = key(rows[found])
    let taken = advance(by: found - start + 1)
    return (taken.dropLast(), taken.last)
  }

  /// The next rows that are left, some at a time; none at the end.
  mutating func rest() throws -> [Row] {
    try fill()
    return advance(by: rows.count - start)
  }

  /// Goes on after a row with another number than expected.
  mutating func resume(after row: Row) { expectedKey = key(row) &+ 1 }

  private mutating func advance(by count: Int) -> [Row] {
    defer { start += count }
    return Array(rows[start..<start + count])
  }

  private mutating func fill() throws {
    guard !hasEnded, rows.count - start < stride / 2 else { return }
    let fetched = try fetch(last, stride)
    hasEnded = fetched.count < stride || key(fetched[fetched.count - 1]) > bound
    if let row = fetched.last { last = key(row) }
    rows = Array(rows[start...]) + fetched.filter { key($0) <= bound }
    start = 0
  }
}
