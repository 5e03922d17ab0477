public import JalonCore

/// Every way in which people and spreadsheets write a period (SPEC §1).
///
/// `2021-03` `2021-M03` `03/2021` `01/03/2021` `mars-21` `mars 2021` `févr.-21` `Mar-21`;
/// `2021-Q1` `2021-T1` `T1 2021` `2021T1`; `2021-H1` `2021-S1` `S1 2021`; `2021`. Case and accents do
/// not count, nor does white space around. Years of two digits are 20yy.
public enum PeriodNotation {
  /// Reads a period from UTF-8.
  public static func read(_ text: UnsafeBufferPointer<UInt8>) -> Period? {
    // The canonical month comes first: nearly every row of a file has it.
    if text.count == 7, text[4] == UInt8(ascii: "-"), let month = pair(text[5], text[6]),
      let century = pair(text[0], text[1]), let years = pair(text[2], text[3])
    {
      return Period(.monthly, year: century * 100 + years, ordinal: month)
    }
    guard let folded = FoldedText(text), folded.count >= 4 else { return nil }
    if let year = year(folded, 0) { return afterYear(year, folded) }
    if let first = pair(folded[0], folded[1]) { return slashed(first, folded) }
    return ordinalFirst(folded) ?? named(folded)
  }

  /// Reads a period.
  public static func read(_ text: String) -> Period? {
    var text = text
    return text.withUTF8 { read($0) }
  }

  /// `2021`, `2021-03`, `2021-M03`, `2021-T1`, `2021T1`.
  private static func afterYear(_ year: Int, _ text: FoldedText) -> Period? {
    if text.count == 4 { return Period(.yearly, year: year) }
    let start = text[4] == UInt8(ascii: "-") || text[4] == 0x20 ? 5 : 4
    if start == 5, text.count == 7, let month = pair(text[5], text[6]) {
      return text[4] == 0x20 ? nil : Period(.monthly, year: year, ordinal: month)
    }
    if text[start] == UInt8(ascii: "m"), text.count == start + 3,
      let month = pair(text[start + 1], text[start + 2])
    {
      return Period(.monthly, year: year, ordinal: month)
    }
    guard text.count == start + 2 else { return nil }
    return ordinal(text[start], text[start + 1], year: year)
  }

  /// `03/2021` and, where the day is a first of month, `01/03/2021`.
  private static func slashed(_ first: Int, _ text: FoldedText) -> Period? {
    let slash = UInt8(ascii: "/")
    guard text[2] == slash else { return nil }
    if text.count == 7, let year = year(text, 3) {
      return Period(.monthly, year: year, ordinal: first)
    }
    guard text.count == 10, first == 1, text[5] == slash, let month = pair(text[3], text[4]),
      let year = year(text, 6)
    else { return nil }
    return Period(.monthly, year: year, ordinal: month)
  }

  /// `T1 2021`, `S1-2021`.
  private static func ordinalFirst(_ text: FoldedText) -> Period? {
    guard text.count == 7, text[2] == 0x20 || text[2] == UInt8(ascii: "-"),
      let year = year(text, 3)
    else { return nil }
    return ordinal(text[0], text[1], year: year)
  }

  private static func ordinal(_ letter: UInt8, _ digit: UInt8, year: Int) -> Period? {
    guard (0x31...0x39).contains(digit) else { return nil }
    let number = Int(digit - 0x30)
    return switch letter {
    case UInt8(ascii: "q"), UInt8(ascii: "t"): Period(.quarterly, year: year, ordinal: number)
    case UInt8(ascii: "h"), UInt8(ascii: "s"): Period(.halfYearly, year: year, ordinal: number)
    default: nil
    }
  }

  /// `mars-21`, `mars 2021`, `févr.-21`.
  ///
  /// `mars 21` is left out: it may be a day.
  private static func named(_ text: FoldedText) -> Period? {
    var length = 0
    while (0x61...0x7A).contains(text[length]) { length += 1 }
    guard let month = MonthName.month(text, count: length) else { return nil }
    if text[length] == UInt8(ascii: ".") { length += 1 }
    let separator = text[length]
    guard separator == UInt8(ascii: "-") || separator == 0x20 else { return nil }
    if text.count == length + 5, let year = year(text, length + 1) {
      return Period(.monthly, year: year, ordinal: month)
    }
    guard separator != 0x20, text.count == length + 3,
      let years = pair(text[length + 1], text[length + 2])
    else { return nil }
    return Period(.monthly, year: 2000 + years, ordinal: month)
  }

  private static func year(_ text: FoldedText, _ start: Int) -> Int? {
    guard let century = pair(text[start], text[start + 1]),
      let years = pair(text[start + 2], text[start + 3])
    else { return nil }
    return century * 100 + years
  }
}

/// The number that two digits write.
@inline(__always)
func pair(_ first: UInt8, _ second: UInt8) -> Int? {
  let (tens, units) = (first &- 0x30, second &- 0x30)
  return tens < 10 && units < 10 ? Int(tens) * 10 + Int(units) : nil
}
