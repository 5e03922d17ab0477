/// Months as French and English spell and shorten them, without accents.
enum MonthName {
  /// The month, 1–12, whose name is the first `count` letters of a text.
  static func month(_ text: FoldedText, count: Int) -> Int? {
    guard count >= 3 else { return nil }
    return names.first { text.holds($0.name, at: 0, count: count) }?.month
  }

  /// The month, 1–12, of a folded name.
  static func month(_ name: [UInt8]) -> Int? {
    names.first { entry in
      entry.name.utf8CodeUnitCount == name.count
        && name.indices.allSatisfy { name[$0] == entry.name.utf8Start[$0] }
    }?.month
  }

  private static let names: [(name: StaticString, month: Int)] = [
    ("jan", 1), ("janv", 1), ("janvier", 1), ("january", 1),
    ("feb", 2), ("fev", 2), ("fevr", 2), ("fevrier", 2), ("february", 2),
    ("mar", 3), ("mars", 3), ("march", 3),
    ("apr", 4), ("avr", 4), ("avril", 4), ("april", 4),
    ("mai", 5), ("may", 5),
    ("jun", 6), ("juin", 6), ("june", 6),
    ("jul", 7), ("juil", 7), ("juillet", 7), ("july", 7),
    ("aug", 8), ("aou", 8), ("aout", 8), ("august", 8),
    ("sep", 9), ("sept", 9), ("septembre", 9), ("september", 9),
    ("oct", 10), ("octobre", 10), ("october", 10),
    ("nov", 11), ("novembre", 11), ("november", 11),
    ("dec", 12), ("decembre", 12), ("december", 12),
  ]
}
