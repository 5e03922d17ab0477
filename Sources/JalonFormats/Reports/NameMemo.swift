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
  private var slots: [Int32] = []
  /// The entry found last: neighbouring rows mostly spell the same.
  private var latest = 0

  /// What a spelling means, if it was met before.
  @inline(__always)
  mutating func meaning(of cell: Cell) -> Meaning? {
    if latest < entries.count, spells(latest, cell) { return entries[latest].meaning }
    return search(cell)
  }

  private mutating func search(_ cell: Cell) -> Meaning? {
    guard !slots.isEmpty else { return nil }
    let hash = NameMemo.hash(cell)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if entries[index].hash == hash, spells(index, cell) {
        latest = index
        return entries[index].meaning
      }
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
      slots = [Int32](repeating: 0, count: max(16, slots.count * 2))
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

  @inline(__always)
  private func spells(_ index: Int, _ cell: Cell) -> Bool {
    let (start, count) = (entries[index].start, entries[index].count)
    guard count == cell.count else { return false }
    return arena.withUnsafeBufferPointer { arena in
      Cell(rebasing: arena[start..<start + count]).isSame(as: cell)
    }
  }

  /// FNV-1a.
  private static func hash(_ cell: Cell) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in cell { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash ^ (hash >> 15)
  }
}
