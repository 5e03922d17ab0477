public import JalonCore

/// The two ways in which a date is written: `2021-06-30` and `30/06/2021`.
public enum DayNotation {
  /// Reads a date from UTF-8; white space around it does not count.
  public static func read(_ text: UnsafeBufferPointer<UInt8>) -> Day? {
    guard let folded = FoldedText(text), folded.count == 10 else { return nil }
    let (yearFirst, slash) = (folded[4] == UInt8(ascii: "-"), UInt8(ascii: "/"))
    if yearFirst, folded[7] == UInt8(ascii: "-") {
      return day(folded, year: 0, month: 5, day: 8)
    }
    guard folded[2] == slash, folded[5] == slash else { return nil }
    return day(folded, year: 6, month: 3, day: 0)
  }

  /// Reads a date.
  public static func read(_ text: String) -> Day? {
    var text = text
    return text.withUTF8 { read($0) }
  }

  /// Reads a date from a spreadsheet's cell.
  ///
  /// `30/06/21` too, which is what French LibreOffice makes of 30/06/2021 when it saves CSV. Years of
  /// two digits are 20yy, as in periods.
  public static func readCell(_ text: UnsafeBufferPointer<UInt8>) -> Day? {
    if let day = read(text) { return day }
    let slash = UInt8(ascii: "/")
    guard let folded = FoldedText(text), folded.count == 8, folded[2] == slash,
      folded[5] == slash, let day = pair(folded[0], folded[1]),
      let month = pair(folded[3], folded[4]), let years = pair(folded[6], folded[7])
    else { return nil }
    return Day(year: 2000 + years, month: month, day: day)
  }

  private static func day(_ text: FoldedText, year: Int, month: Int, day: Int) -> Day? {
    guard let century = pair(text[year], text[year + 1]),
      let years = pair(text[year + 2], text[year + 3]),
      let month = pair(text[month], text[month + 1]), let day = pair(text[day], text[day + 1])
    else { return nil }
    return Day(year: century * 100 + years, month: month, day: day)
  }
}
