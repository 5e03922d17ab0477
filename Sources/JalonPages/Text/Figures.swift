public import JalonCore

/// Numbers and dates as people of a language write them.
public struct Figures: Sendable {
  /// The reader's language.
  public let language: Language

  /// Figures for readers of a language.
  public init(_ language: Language) { self.language = language }

  /// A quantity with thousands apart: `1 350 000,5` or `1,350,000.5`.
  ///
  /// At most two fractional digits, rounded half-even, unless `exact`.
  public func number(_ value: Fraction, exact: Bool = false) -> String {
    var micros = value.roundedMicros
    if !exact, let hundredths = Fraction(numerator: micros * 100, denominator: 1_000_000) {
      micros = hundredths.roundedMicros * 10_000
    }
    let parts = Quantity.text(micros: micros).split(separator: ".")
    let negative = parts[0].hasPrefix("-")
    let digits = Array(negative ? parts[0].dropFirst() : parts[0])
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 {
        grouped += language == .french ? "\u{202F}" : ","
      }
      grouped.append(digit)
    }
    let mark = language == .french ? "," : "."
    return (negative ? "-" : "") + grouped + (parts.count > 1 ? mark + parts[1] : "")
  }

  /// A quantity in its unit: `66,67 %`, `1 350 000 €`, `€1,350,000`.
  public func measure(_ value: Fraction, unit: String) -> String {
    var text = number(value)
    if unit.isEmpty { return text }
    if unit == "€" {
      // Half a euro is fifty cents.
      let mark: Character = language == .french ? "," : "."
      let cents = text.firstIndex(of: mark).map { text.distance(from: $0, to: text.endIndex) - 1 }
      if cents == 1 { text += "0" }
      guard language == .english else { return text + "\u{A0}" + unit }
      return text.hasPrefix("-") ? "-" + unit + text.dropFirst() : unit + text
    }
    if language == .english && unit == "%" { return text + unit }
    return text + "\u{A0}" + unit
  }

  /// Euros: `1 350 000 €` or `€1,350,000`.
  public func euros(_ amount: Quantity) -> String { measure(Fraction(amount), unit: "€") }

  /// A civil date: `30/06/2021` in French, `2021-06-30` in English.
  public func day(_ day: Day) -> String {
    guard language == .french else { return day.description }
    let parts = day.description.split(separator: "-")
    return parts.reversed().joined(separator: "/")
  }

  /// A moment for people, to the minute: `13/04/2021 08:00 UTC` in French, `2021-04-13 08:00 UTC` in
  /// English.
  ///
  /// Where somebody may have to ask about that very moment, print the instant itself.
  public func moment(_ instant: Instant) -> String {
    let text = instant.description
    let day = Day(text.prefix(10)).map { self.day($0) } ?? String(text.prefix(10))
    return "\(day) \(text.dropFirst(11).prefix(5)) UTC"
  }

  /// Picks the text of the reader's language; French is typed with ordinary spaces.
  public func say(_ french: String, _ english: String) -> String {
    language == .french ? french.typesetInFrench : english
  }

  /// What stands between a name and what is said of it.
  public var colon: String { say(" : ", ": ") }

  /// A whole number with thousands apart.
  func whole(_ number: Int) -> String { self.number(Fraction(micros: Int128(number) * 1_000_000)) }

  /// A number of bytes, whole: `20 000 000 octets`, `20,000,000 bytes`.
  public func bytes(_ number: Int) -> String {
    count(number, ("octet", "octets"), ("byte", "bytes"))
  }

  /// `1 ligne`, `2 lignes`; French takes the singular below two.
  public func count(_ number: Int, _ french: (String, String), _ english: (String, String))
    -> String
  {
    let noun =
      switch language {
      case .french: number < 2 ? french.0 : french.1
      case .english: number == 1 ? english.0 : english.1
      }
    return whole(number) + " " + noun
  }
}
