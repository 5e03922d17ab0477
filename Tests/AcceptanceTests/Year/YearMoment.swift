import JalonCore

/// A moment of the simulated year at which the program runs.
struct YearMoment: Hashable, Comparable {
  /// When of the day: before anybody is at work, at lunch, after everybody has left.
  enum Hour: Int {
    case morning = 5
    case noon = 11
    case evening = 18
  }

  let day: Day
  let hour: Hour

  init(_ day: Day, _ hour: Hour) {
    self.day = day
    self.hour = hour
  }

  /// `04-16`, the morning of that day of 2021, or `04-16e`, its evening.
  init(_ text: Substring) throws {
    guard let day = Day("2021-" + text.prefix(5)), text.dropFirst(5).allSatisfy({ $0 == "e" })
    else { throw TooLate(description: "no moment: \(text)") }
    self.init(day, text.hasSuffix("e") ? .evening : .morning)
  }

  static func < (one: YearMoment, other: YearMoment) -> Bool {
    (one.day, one.hour.rawValue) < (other.day, other.hour.rawValue)
  }

  /// In UTC, as the program's clock is set: well inside the hour.
  var instant: String { "\(day)T" + (hour.rawValue < 10 ? "0" : "") + "\(hour.rawValue):30:00Z" }

  var month: String { String(day.description.prefix(7)) }
}
