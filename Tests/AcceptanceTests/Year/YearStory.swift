import JalonCore

/// How one sort of team spends the year, written by hand: what it sends, and what is so because of
/// that, with its first and last moment, reasoned from the contract and not from the program.
///
/// Every project has the plan of ``YearPortfolio/project(_:stopping:)``. A line is one of:
/// - `sends DAY [Qn AGENTS EUROS]… [MILESTONE=DAY]…`: a good file, in the evening of that day;
/// - `sends DAY bad`: one with an error;
/// - `AUDIENCE KIND SUBJECT FROM [until END [superseded]]`: a fact; FROM is the first run that sees
///   it, END the first one that does not any more, mornings unless an `e` follows;
/// - `silent DAY until DAY`: asked for in the evening of the one, the other is its last day;
/// - `stops DAY`: adopted on the evening before;
/// - `unfunded`: the second phase brings no money.
///
/// `{d}` is the day of the month on which the team files its reports.
struct YearStory {
  struct Filing {
    let day: Day
    /// Nothing: a file with an error.
    let rows: [String]?
  }

  struct Fact {
    let kind: String
    let subject: String
    let audience: Audience
    let from: YearMoment
    let end: YearMoment?
    let isSuperseded: Bool
  }

  let name: String
  private(set) var filings: [Filing] = []
  private(set) var facts: [Fact] = []
  private(set) var silence: ClosedRange<Day>?
  private(set) var stop: Day?
  private(set) var isUnfunded = false

  init(_ name: String, filingOn day: Int, _ text: String) throws {
    self.name = name
    let digits = (day < 10 ? "0" : "") + String(day)
    for line in text.replacing("{d}", with: digits).split(separator: "\n") {
      try read(line.split(separator: " "))
    }
  }

  private mutating func read(_ words: [Substring]) throws {
    if words == ["unfunded"] { isUnfunded = true; return }
    guard words.count > 1 else { throw TooLate(description: "\(name): \(words)") }
    switch words[0] {
    case "sends":
      filings.append(
        Filing(
          day: try YearMoment(words[1]).day,
          rows: words[2] == "bad" ? nil : Self.rows(words.dropFirst(2))))
    case "silent": silence = try YearMoment(words[1]).day...YearMoment(words[3]).day
    case "stops": stop = try YearMoment(words[1]).day
    default:
      guard let audience = Audience(rawValue: String(words[0])), words.count > 3 else {
        throw TooLate(description: "\(name): \(words)")
      }
      facts.append(
        Fact(
          kind: String(words[1]), subject: String(words[2]), audience: audience,
          from: try YearMoment(words[3]), end: words.count > 5 ? try YearMoment(words[5]) : nil,
          isSuperseded: words.last == "superseded"))
    }
  }

  /// A file's rows: period, indicator, value, milestone, date.
  private static func rows(_ words: ArraySlice<Substring>) -> [String] {
    var rows: [String] = []
    var words = words
    while let word = words.popFirst() {
      let parts = word.split(separator: "=")
      if parts.count == 2 {
        rows.append(";;;\(parts[0]);\(parts[1])")
      } else if let agents = words.popFirst(), let euros = words.popFirst() {
        rows.append("2021-\(word);agents;\(agents);;")
        rows.append("2021-\(word);depenses;\(euros);;")
      }
    }
    return rows
  }
}
