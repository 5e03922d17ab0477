/// What the spellings met so far in a file turned out to mean.
///
/// A file of 100,000 rows spells a dozen names, so each spelling is understood once, slowly, and
/// found again by its bytes. A file of a million different spellings stops being remembered.
struct NameMemo<Meaning> {
  private static var limit: Int { 4_096 }

  private struct Entry {
    var start: Int
    var count: Int
    var hash: UInt32
    var meaning: Meaning
  }

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  /// Open addressing; 0 is free, else an entry's number plus one.
  private var slots = [Int32](repeating: 0, count: 16)

  /// What a spelling means, if it was met before.
  func meaning(of cell: Cell) -> Meaning? {
    let hash = NameMemo.hash(cell)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if entries[index].hash == hash, spells(index, cell) { return entries[index].meaning }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Remembers what a spelling, not met before, means.
  mutating func remember(_ cell: Cell, as meaning: Meaning) {
    guard entries.count < NameMemo.limit, cell.count <= 256 else { return }
    let entry = Entry(
      start: arena.count, count: cell.count, hash: NameMemo.hash(cell), meaning: meaning)
    arena.append(contentsOf: cell)
    entries.append(entry)
    if entries.count * 2 > slots.count {
      slots = [Int32](repeating: 0, count: slots.count * 2)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(entries[index].hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(index + 1)
  }

  private func spells(_ index: Int, _ cell: Cell) -> Bool {
    let entry = entries[index]
    guard entry.count == cell.count else { return false }
    return arena.withUnsafeBufferPointer { arena in
      Cell(rebasing: arena[entry.start..<entry.start + entry.count]).isSame(as: cell)
    }
  }

  /// FNV-1a.
  private static func hash(_ cell: Cell) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in cell { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash ^ (hash >> 15)
  }
}

/// The names that a file may use for something: as they stand, or but for case and accents.
struct KnownNames {
  private let exact: [String: Int]
  private let folded: [String: Int]
  let names: [String]

  init(_ names: [String]) {
    self.names = names
    exact = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var folded: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      let key = Folding.fold(name)
      // Two names that differ by case alone have to be told apart.
      folded[key] = folded[key] == nil ? index : -1
    }
    self.folded = folded.filter { $0.value >= 0 }
  }

  /// The position of the name that a cell spells.
  func position(of cell: Cell) -> Int? {
    exact[String(decoding: cell, as: UTF8.self)] ?? folded[Folding.fold(cell)]
  }
}
