import JalonCore

/// Numbers, periods and days, read once more from the words of SPEC §1 and §6, as plainly as can be.
enum NaiveNotations {
  /// A number as a team may write it: millionths, `nil` for what has to be refused.
  static func number(_ cell: String, unit: String) -> Int64? {
    var text = NaiveText.trim(cell)
    guard text.utf8.count <= 200 else { return nil }
    if !unit.isEmpty, NaiveText.fold(text).hasSuffix(unit), text.hasSuffix(unit) {
      text = NaiveText.trim(text.dropLast(unit.count))
      guard let last = text.unicodeScalars.last, isDigit(last) else { return nil }
    }
    let isNegative = text.hasPrefix("-")
    if isNegative { text.removeFirst() }
    let scalars = Array(text.unicodeScalars)
    let halves = scalars.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard (1...2).contains(halves.count), let whole = digits(whole: Array(halves[0])) else {
      return nil
    }
    let fraction = halves.count == 2 ? Array(halves[1]) : []
    guard halves.count == 1 || (1...6).contains(fraction.count), fraction.allSatisfy(isDigit)
    else { return nil }
    return micros(isNegative, whole + fraction, shift: 6 - fraction.count)
  }

  /// Digits without their separators; `nil` where these do not make groups of three.
  private static func digits(whole: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    let spaces: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}"]
    for separators in [[], spaces, ["'", "\u{2019}"]] as [Set<Unicode.Scalar>] {
      let groups = whole.split(omittingEmptySubsequences: false) { separators.contains($0) }
      guard groups.joined().allSatisfy(isDigit), !groups[0].isEmpty else { continue }
      if groups.count == 1 { return whole }
      let isGrouped =
        groups[0].count <= 3 && groups[0].first != "0"
        && groups.dropFirst().allSatisfy { $0.count == 3 }
      return isGrouped ? Array(groups.joined()) : nil
    }
    return nil
  }

  /// A number as JSON files and Jalon's own files have it.
  static func strictNumber(_ text: String) -> Int64? {
    var rest = Array(text.unicodeScalars)[...]
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    let halves = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count),
      halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) })
    else { return nil }
    let fraction = halves.count == 2 ? Array(halves[1]) : []
    guard fraction.count <= 6 else { return nil }
    return micros(isNegative, Array(halves[0]) + fraction, shift: 6 - fraction.count)
  }

  /// A number without the zeros that stand behind its sixth decimal.
  static func withoutIdleZeros(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    guard let point = scalars.firstIndex(of: ".") else { return text }
    while scalars.count > point + 7, scalars.last == "0" { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A number with an exponent, of at most two digits, written out; `nil` where there is none.
  static func withoutExponent(_ text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    guard let mark = scalars.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return nil }
    var exponent = scalars[(mark + 1)...]
    let isNegative = exponent.first == "-"
    if isNegative || exponent.first == "+" { exponent.removeFirst() }
    var digits = Array(scalars[..<mark])
    let sign = digits.first == "-" ? [digits.removeFirst()] : []
    let point = digits.firstIndex(of: ".") ?? digits.count
    let (whole, fraction) = (Array(digits[..<point]), Array(digits[point...].dropFirst()))
    guard (1...2).contains(exponent.count), exponent.allSatisfy(isDigit), !whole.isEmpty,
      (whole + fraction).allSatisfy(isDigit), point == digits.count || !fraction.isEmpty
    else { return nil }
    let power = exponent.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
    let zeros = [Unicode.Scalar](repeating: "0", count: power)
    let (before, after) = isNegative ? (zeros + whole, fraction) : (whole, fraction + zeros)
    let moved = isNegative ? before.count - power : before.count + power
    var written = before + after
    written.insert(".", at: moved)
    return String(String.UnicodeScalarView(sign + written + ["0"]))
  }

  private static func micros(
    _ isNegative: Bool, _ digits: [Unicode.Scalar], shift: Int
  ) -> Int64? {
    let significant = digits.drop { $0 == "0" } + [Unicode.Scalar](repeating: "0", count: shift)
    // 9 000 000 000 000 has 13 digits, and six more behind the point.
    guard significant.count <= 19 else { return nil }
    let number = significant.reduce(Int128(0)) { $0 * 10 + Int128($1.value - 0x30) }
    guard number <= 9_000_000_000_000 * 1_000_000 else { return nil }
    return Int64(isNegative ? -number : number)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }
}

extension NaiveNotations {
  /// A period in any of its notations: its year is cut out, and the rest looked up.
  static func period(_ text: String) -> Period? {
    let folded = NaiveText.fold(single(text))
    var (form, year, isCut) = ("", 0, false)
    for run in runs(folded) {
      let number = Int(run)
      if !isCut, let number, run.utf8.count == 4 {
        (form, year, isCut) = (form + "Y", number, true)
      } else {
        form += run
      }
    }
    let end = folded.suffix(2)
    if !isCut, end.unicodeScalars.allSatisfy(isDigit), let number = Int(end),
      folded.utf8.count > 2
    {
      (form, year) = (folded.dropLast(2) + "y", 2000 + number)
    }
    guard let (cadence, ordinal) = forms[form] else { return nil }
    return Period(cadence, year: year, ordinal: ordinal)
  }

  /// Digits and what stands between them, in order.
  private static func runs(_ text: String) -> [String] {
    var runs: [String] = []
    for scalar in text.unicodeScalars {
      if let last = runs.last?.unicodeScalars.last, isDigit(last) == isDigit(scalar) {
        runs[runs.count - 1].unicodeScalars.append(scalar)
      } else {
        runs.append(String(scalar))
      }
    }
    return runs
  }

  /// With one plain space for each run of blanks, the thin space among them.
  private static func single(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isBlank = " \t\u{A0}\u{202F}\u{2009}".unicodeScalars.contains(scalar)
      if isBlank, result.unicodeScalars.last == " " { continue }
      result.unicodeScalars.append(isBlank ? " " : scalar)
    }
    return result
  }

  /// Every notation, with `Y` for a year of four digits and `y` for one of two.
  private static let forms: [String: (Cadence, Int)] = {
    var forms: [String: (Cadence, Int)] = ["Y": (.yearly, 1)]
    for month in 1...12 {
      let digits = (month < 10 ? "0" : "") + String(month)
      for form in ["Y-\(digits)", "Y-m\(digits)", "Ym\(digits)", "Y m\(digits)", "\(digits)/Y"] {
        forms[form] = (.monthly, month)
      }
      forms["01/\(digits)/Y"] = (.monthly, month)
      for name in months[month - 1].split(separator: " ") {
        for form in ["\(name)-y", "\(name)-Y", "\(name) Y"] {
          forms[form] = (.monthly, month)
          forms[form.replacing(name, with: name + ".")] = (.monthly, month)
        }
      }
    }
    for (letters, cadence, count) in [("qt", Cadence.quarterly, 4), ("hs", .halfYearly, 2)] {
      for (letter, number) in letters.flatMap({ letter in (1...count).map { (letter, $0) } }) {
        let part = "\(letter)\(number)"
        for form in ["Y\(part)", "Y-\(part)", "Y \(part)", "\(part)-Y", "\(part) Y"] {
          forms[form] = (cadence, number)
        }
      }
    }
    return forms
  }()

  private static let months = [
    "jan janv janvier january", "feb fev fevr fevrier february", "mar mars march",
    "apr avr avril april", "mai may", "jun juin june", "jul juil juillet july",
    "aug aou aout august", "sep sept septembre september", "oct octobre october",
    "nov novembre november", "dec decembre december",
  ]

  /// A day: `2021-06-30`, `30/06/2021` and, in a spreadsheet's cell, `30/06/21`.
  static func day(_ text: String, inCell: Bool) -> Day? {
    let folded = NaiveText.fold(single(text))
    let runs = runs(folded)
    guard runs.count == 5, runs[1] == runs[3] else { return nil }
    let lengths = [runs[0], runs[2], runs[4]].map(\.utf8.count)
    let numbers = [runs[0], runs[2], runs[4]].compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    switch (runs[1], lengths) {
    case ("-", [4, 2, 2]): return Day(year: numbers[0], month: numbers[1], day: numbers[2])
    case ("/", [2, 2, 4]): return Day(year: numbers[2], month: numbers[1], day: numbers[0])
    case ("/", [2, 2, 2]) where inCell:
      return Day(year: 2000 + numbers[2], month: numbers[1], day: numbers[0])
    default: return nil
    }
  }
}
