/// Words and rows of a file, read the plain way: characters, tables, nothing shared with Formats.
enum NaiveText {
  /// Case and accents ignored, each blank a plain space, none at the ends.
  static func fold(_ text: some StringProtocol) -> String {
    // A mark on no letter says nothing; the others make one character with theirs.
    trim(text.lowercased().map { plain($0) }.joined())
  }

  static func trim(_ text: some StringProtocol) -> String {
    var rest = Array(text.unicodeScalars)[...]
    while let first = rest.first, blanks.contains(first) { rest.removeFirst() }
    while let last = rest.last, blanks.contains(last) { rest.removeLast() }
    var trimmed = ""
    trimmed.unicodeScalars.append(contentsOf: rest)
    return trimmed
  }

  private static let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{A0}", "\u{202F}"]

  private static func plain(_ character: Character) -> String {
    if let ascii = character.asciiValue, ascii != 0x09 { return String(character) }
    if let letter = accented[character] { return letter }
    let scalars = character.unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }
    return scalars.map { blanks.contains($0) ? " " : $0 == "\u{2019}" ? "'" : String($0) }.joined()
  }

  /// Letters with an accent: a character is equal to itself however it is spelt.
  private static let accented: [Character: String] = {
    var letters = ["œ": "oe", "æ": "ae", "ß": "ss", "ø": "o"] as [Character: String]
    for letter in "aceinouy" {
      for mark in ["\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{308}", "\u{30A}", "\u{327}"] {
        letters[Character(String(letter) + mark)] = String(letter)
      }
    }
    return letters
  }()

  /// The cells of each row, with the line that it begins on.
  static func rows(_ text: String, _ delimiter: Character) -> [(line: Int, cells: [String])] {
    // "\r\n" would be one character, and a mark would cling to a delimiter.
    var rest = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").unicodeScalars[...]
    let delimiter = delimiter.unicodeScalars.first ?? ";"
    var rows: [(line: Int, cells: [String])] = []
    var line = 1
    while !rest.isEmpty {
      let first = line
      var cells: [String] = []
      repeat { cells.append(cell(&rest, delimiter, &line)) } while rest.popFirst(delimiter)
      rows.append((first, cells))
      if rest.popFirst("\n") { line += 1 }
    }
    return rows
  }

  private static func cell(
    _ rest: inout Substring.UnicodeScalarView, _ delimiter: Unicode.Scalar, _ line: inout Int
  ) -> String {
    var cell = ""
    var isQuoted = rest.popFirst("\"")
    while let next = rest.first, isQuoted || (next != delimiter && next != "\n") {
      rest.removeFirst()
      if isQuoted && next == "\n" { line += 1 }
      if isQuoted && next == "\"" && !rest.popFirst("\"") {
        isQuoted = false
      } else {
        cell.unicodeScalars.append(next)
      }
    }
    return trim(cell)
  }
}

extension Substring.UnicodeScalarView {
  /// Takes the first scalar if it is this one.
  fileprivate mutating func popFirst(_ scalar: Unicode.Scalar) -> Bool {
    guard first == scalar else { return false }
    removeFirst()
    return true
  }
}
