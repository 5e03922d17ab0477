import Foundation
import JalonCore
import Testing

@Suite("A year of fifty projects")
struct YearTests {
  @Test("everybody is told what they should know, once, on its day, and nothing else")
  func year() async throws {
    let (portfolio, calendar) = (try YearPortfolio(), try YearCalendar())
    #expect(portfolio.members.count == 50)
    let run = try YearRun(portfolio, calendar)
    try await run.live()
    let letters = try run.letters()
    let expected = YearExpectation(portfolio, calendar)
    let missing = expected.letters.surplus(over: letters)
    let extra = letters.surplus(over: expected.letters)
    #expect(missing.isEmpty, "\(missing.prefix(20).map(\.description).joined(separator: "\n"))")
    #expect(extra.isEmpty, "\(extra.prefix(20).map(\.description).joined(separator: "\n"))")
    #expect(try run.standing() == expected.standing)
    try expectDelivered(letters, run)
    try expectTable(YearTable(portfolio, letters).text)
  }

  /// Every message is in the Maildir, once, on its day, for its reader.
  private func expectDelivered(_ letters: [YearLetter], _ run: YearRun) throws {
    let delivered = try run.installation.delivered()
    #expect(delivered.count == letters.count)
    #expect(Set(delivered.compactMap { $0.header("Message-ID") }).count == letters.count)
    #expect(delivered.allSatisfy { $0.header("Auto-Submitted") == "auto-generated" })
    let hours = delivered.map { message in
      let hour = message.date.map { Int($0.timeIntervalSince1970) / 3_600 } ?? 0
      return "\(hour) \(message.header("To") ?? "")"
    }
    let queued = letters.map { letter in
      let hour = Int(letter.moment.day.number) * 24 + letter.moment.hour.rawValue
      return "\(hour) \(letter.recipient)"
    }
    #expect(hours.sorted() == queued.sorted())
  }

  /// `JALON_RECORD=1` writes the table anew: read what changed before committing it.
  private func expectTable(_ text: String) throws {
    let file = Place.expected.appendingPathComponent("year.txt")
    if ProcessInfo.processInfo.environment["JALON_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }
}
