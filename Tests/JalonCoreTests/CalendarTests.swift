import Foundation
import JalonCore
import Testing

@Suite("Days, instants and periods follow the civil calendar")
struct CalendarTests {
  @Test("Every day from 1900 to 2200 is the one Foundation counts")
  func everyDay() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for number in stride(from: Int32(-25_567), to: 84_000, by: 3) {
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let expected = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
      let (year, month, day) = Day(number: number).components
      #expect(year == expected.year && month == expected.month && day == expected.day)
      #expect(Day(year: year, month: month, day: day)?.number == number)
      // Foundation counts from 1 for Sunday.
      #expect(expected.weekday == (Day(number: number).weekday + 1) % 7 + 1)
      #expect(Day(number: number).monday.weekday == 0)
    }
  }

  @Test(
    "A date that does not exist is refused",
    arguments: [
      "2021-02-29", "1900-02-29", "2021-13-01", "2021-00-10", "2021-04-31", "2021-1-01",
      "1899-12-31", "3000-01-01", "2021/01/01", "2021-01-01 ", "", "２021-01-01",
    ])
  func refusedDay(text: String) {
    #expect(Day(text) == nil)
  }

  @Test(
    "Months later is the same day, clamped",
    arguments: [
      ("2021-01-31", 1, "2021-02-28"), ("2020-01-31", 1, "2020-02-29"),
      ("2020-11-15", 12, "2021-11-15"), ("2021-12-31", 6, "2022-06-30"),
      ("2021-03-31", -1, "2021-02-28"), ("2021-05-17", 0, "2021-05-17"),
    ])
  func monthsLater(from: String, months: Int, to: String) {
    #expect(day(from).adding(months: months) == day(to))
  }

  @Test(
    "An instant is read with any offset and printed in UTC",
    arguments: [
      ("2021-07-20T06:00:00Z", "2021-07-20T06:00:00Z"),
      ("2021-07-20T08:00:00+02:00", "2021-07-20T06:00:00Z"),
      ("2021-01-01T00:30:00.5+01:00", "2020-12-31T23:30:00.500000Z"),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
      ("2021-07-20t06:00:00z", "2021-07-20T06:00:00Z"),
    ])
  func instant(text: String, printed: String) {
    #expect(Instant(text)?.description == printed)
  }

  @Test(
    "An instant that is not RFC 3339 is refused",
    arguments: [
      "2021-07-20", "2021-07-20T06:00:00", "2021-07-20T24:00:00Z", "2021-07-20T06:60:00Z",
      "2021-07-20T06:00:00.Z", "2021-07-20T06:00:00.1234567Z", "2021-07-20T06:00:00+0200",
      "2021-02-30T06:00:00Z", "1900-01-01T00:00:00+01:00", "2999-12-31T23:59:59-00:01",
    ])
  func refusedInstant(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test(
    "A period contains its first and last day and no other period does",
    arguments: Cadence.allCases)
  func periods(cadence: Cadence) {
    var period = Period(cadence, containing: day("2019-12-31"))
    for _ in 0..<40 {
      #expect(Period(cadence, containing: period.start) == period)
      #expect(Period(cadence, containing: period.end) == period)
      #expect(period.next.start == period.end.adding(days: 1))
      #expect(period.start.adding(months: cadence.months) == period.next.start)
      period = period.next
    }
  }

  @Test(
    "A period is printed in the contract's notation",
    arguments: [
      (Cadence.monthly, 3, "2021-03", "2021-03-31"), (.monthly, 2, "2021-02", "2021-02-28"),
      (.quarterly, 1, "2021-Q1", "2021-03-31"), (.halfYearly, 2, "2021-H2", "2021-12-31"),
      (.yearly, 1, "2021", "2021-12-31"),
    ])
  func printed(cadence: Cadence, ordinal: Int, text: String, end: String) {
    let period = Period(cadence, year: 2021, ordinal: ordinal)
    #expect(period?.description == text)
    #expect(period?.end == day(end))
  }

  @Test(
    "A year has only so many periods",
    arguments: [
      (Cadence.monthly, 13), (.quarterly, 5), (.halfYearly, 3), (.yearly, 2), (.monthly, 0),
    ])
  func refusedPeriod(cadence: Cadence, ordinal: Int) {
    #expect(Period(cadence, year: 2021, ordinal: ordinal) == nil)
  }

  @Test("Periods are in order of their last day, then the shorter first")
  func order() throws {
    let year = try #require(Period(.yearly, year: 2021))
    #expect(
      [year, quarter(4), month(12), quarter(1), month(4)].sorted()
        == [quarter(1), month(4), month(12), quarter(4), year])
  }
}

@Suite("A mistyped name suggests the nearest known one")
struct NearestTests {
  @Test(
    "when there is one near",
    arguments: [
      ("indicateur", "indicator"), ("fundng", "funding"), ("Funding", "funding"),
      ("milesotnes", "milestones"), ("phase", "phases"), ("zzz", nil), ("", nil),
      ("grant", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    let known = ["indicator", "funding", "milestones", "phases"]
    #expect(nearestName(to: name, among: known) == expected)
  }
}
