import JalonCore

/// The parts of a number written by a person: sign, groups of digits, marks, unit.
struct NumberShape {
  private let cell: Cell
  private let unit: String
  private var isNegative = false
  /// Digits before the mark, group by group.
  private var groups: [[UInt8]] = [[]]
  private var separators: Set<UInt8> = []
  private var marks: [UInt8] = []
  /// Digits after the last mark.
  private var fraction: [UInt8] = []

  init(_ cell: Cell, unit: String) {
    self.cell = cell
    self.unit = unit
  }

  /// The number, of however many decimals up to six.
  mutating func read() throws(NumberFault) -> WrittenNumber {
    try refuseWords()
    var body = try withoutUnit()
    if body.first == UInt8(ascii: "+") {
      let rest = Cell(rebasing: body.dropFirst())
      let isPlain = NumberNotation.plain(rest) != nil
      throw isPlain
        ? NumberFault(.plus, String(shown: rest), for: cell) : NumberFault(.noNumber, for: cell)
    }
    if body.first == NumberNotation.minus {
      isNegative = true
      body = Cell(rebasing: body.dropFirst())
    }
    try split(body)
    try checkMarks()
    try checkGroups()
    return try number()
  }

  /// The fault of a number with more decimals than its indicator takes.
  func tooFine(_ number: WrittenNumber, allowed: Int) -> NumberFault {
    if groups.count == 1, fraction.count == 3, allowed < 3, groups[0].first != 0x30 {
      return NumberFault(.thousands, sign + digits(groups[0] + fraction), for: cell)
    }
    if allowed == 0, fraction.allSatisfy({ $0 == 0x30 }) {
      return NumberFault(.whole, sign + digits(Array(groups.joined())), for: cell)
    }
    return NumberFault(.tooFine, String(allowed), for: cell)
  }

  private var sign: String { isNegative ? "-" : "" }

  private func digits(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension NumberShape {
  private func refuseWords() throws(NumberFault) {
    let word = Folding.fold(cell)
    if ["nc", "n.c.", "-", "–", "—", "?", "nd", "n.d."].contains(word) {
      throw NumberFault(.unknown, for: cell)
    }
  }

  /// The cell without the indicator's own unit behind it.
  private func withoutUnit() throws(NumberFault) -> Cell {
    guard let last = cell.lastIndex(where: NumberNotation.isDigit) else {
      throw NumberFault(.noNumber, for: cell)
    }
    let wanted = Folding.fold(unit)
    if !wanted.isEmpty, let stripped = strip(wanted, from: cell) { return stripped }
    let rest = Cell(rebasing: cell[(last + 1)...])
    if rest.count == 1, rest[0] == NumberNotation.comma || rest[0] == NumberNotation.point {
      return cell
    }
    guard rest.isEmpty else {
      // "k€" behind a number in euros would be a thousand times too little.
      throw unit.isEmpty || rest.trimmed.first.map(isPunctuation) ?? false
        ? NumberFault(.noNumber, for: cell)
        : NumberFault(.unit, String(shown: unit), for: cell)
    }
    return cell
  }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x2F).contains(byte) && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "$")
  }

  /// What stands before a folded unit at the cell's end; `nil` when it does not stand there.
  private func strip(_ wanted: String, from cell: Cell) -> Cell? {
    for start in cell.indices.dropFirst() where cell[start] & 0xC0 != 0x80 {
      let tail = Cell(rebasing: cell[start...])
      guard Folding.fold(tail) == wanted else { continue }
      let before = Cell(rebasing: cell[..<start])
      let number = before.trimmed
      guard let end = number.last, NumberNotation.isDigit(end) else { return nil }
      // "51000 €" of a unit "1000 €" is not 5: a unit that begins with a digit stands apart.
      let isApart = number.count < before.count
      return isApart || !NumberNotation.isDigit(tail[0]) ? number : nil
    }
    return nil
  }

  private mutating func split(_ body: Cell) throws(NumberFault) {
    var index = 0
    while index < body.count {
      let byte = body[index]
      // A tab or a line end in a cell parts two things, not thousands.
      let blank = byte < 0x20 ? 0 : body.blank(at: index, in: 0..<body.count)
      if NumberNotation.isDigit(byte) {
        if marks.isEmpty { groups[groups.count - 1].append(byte) } else { fraction.append(byte) }
        index += 1
      } else if byte == NumberNotation.comma || byte == NumberNotation.point {
        marks.append(byte)
        // What stood before a second mark was a group after all.
        if marks.count > 1 { groups.append(fraction) }
        fraction = []
        index += 1
      } else if let length = apostrophe(body, at: index) ?? (blank > 0 ? blank : nil) {
        guard marks.isEmpty else { throw NumberFault(.groupsUnsure, for: cell) }
        separators.insert(blank > 0 ? 0x20 : 0x27)
        groups.append([])
        index += length
      } else if byte | 0x20 == UInt8(ascii: "e"), index > 0 {
        throw NumberFault(.exponent, for: cell)
      } else {
        throw NumberFault(.noNumber, for: cell)
      }
    }
  }

  private func apostrophe(_ body: Cell, at index: Int) -> Int? {
    if body[index] == 0x27 { return 1 }
    let curly: [UInt8] = [0xE2, 0x80, 0x99]
    return body[index...].starts(with: curly) ? 3 : nil
  }

  private func checkMarks() throws(NumberFault) {
    let whole = sign + digits(Array(groups.joined()))
    if marks.count > 1 {
      let kinds = Set(marks)
      guard kinds.count > 1 else {
        throw NumberFault(.repeatedMark, whole + digits(fraction), for: cell)
      }
      // The last mark is the decimal one, unless it came before too.
      let last = marks[marks.count - 1]
      guard marks.dropLast().allSatisfy({ $0 != last }), !fraction.isEmpty else {
        throw NumberFault(.groupsUnsure, for: cell)
      }
      throw NumberFault(.mixedMarks, whole + digits([last]) + digits(fraction), for: cell)
    }
    let lacksWhole = groups.allSatisfy(\.isEmpty)
    if marks.count == 1, lacksWhole || fraction.isEmpty {
      let decimals = fraction.isEmpty ? "" : digits([marks[0]] + fraction)
      throw NumberFault(.mark, (lacksWhole ? sign + "0" : whole) + decimals, for: cell)
    }
    if lacksWhole { throw NumberFault(.noNumber, for: cell) }
  }

  private func checkGroups() throws(NumberFault) {
    guard groups.count > 1 else { return }
    guard separators.count == 1, groups[0].first != 0x30, !groups[0].isEmpty else {
      throw NumberFault(.groupsUnsure, for: cell)
    }
    if groups[0].count > 3 || groups.dropFirst().contains(where: { $0.count != 3 }) {
      let end = marks.isEmpty ? "" : digits([marks[0]] + fraction)
      throw NumberFault(.groups, sign + digits(Array(groups.joined())) + end, for: cell)
    }
  }

  private func number() throws(NumberFault) -> WrittenNumber {
    guard fraction.count <= 6 else { throw tooFine(.init(micros: 0, decimals: 7), allowed: 6) }
    let padding = [UInt8](repeating: 0x30, count: 6 - fraction.count)
    let maximum = Int128(Quantity.maximum.micros)
    var total: Int128 = 0
    for digit in Array(groups.joined()) + fraction + padding {
      total = total * 10 + Int128(digit - 0x30)
      guard total <= maximum else { throw NumberFault(.tooLarge, for: cell) }
    }
    let micros = Int64(total)
    return WrittenNumber(micros: isNegative ? -micros : micros, decimals: fraction.count)
  }
}
