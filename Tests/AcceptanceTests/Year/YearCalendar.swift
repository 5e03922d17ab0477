import JalonCore

/// When the program runs in the simulated year: 365 days, from a Monday on.
struct YearCalendar {
  /// Every day of the year.
  let days: [Day]
  /// A week, from Monday to Sunday, in which cron is broken and nothing is evaluated.
  let broken: ClosedRange<Day>
  /// The daemon runs for a moment on the noon of this day, and notices.
  let noticed: Day
  /// The follow-up team of a programme asks on the evening of the first day that nobody be told until
  /// the last one that a report is due soon.
  let quiet: ClosedRange<Day>
  let quietProgramme = "PC"

  init() throws {
    func day(_ text: String) throws -> Day { try YearMoment(Substring(text)).day }
    let first = try day("01-04")
    days = (0..<365).map { first.adding(days: $0) }
    broken = try day("08-23")...day("08-29")
    noticed = try day("08-27")
    quiet = try day("09-30")...day("10-12")
  }

  /// Whether gates are evaluated on the morning of a day.
  func isEvaluated(_ day: Day) -> Bool { !broken.contains(day) }

  /// The Mondays on which the follow-up teams get their digest.
  var digests: [Day] {
    stride(from: 0, to: days.count, by: 7).map { days[$0] }.filter(isEvaluated)
  }
}
