import JalonCore
import Testing

@testable import JalonStore

@Suite("Silences: running until their last day, or until somebody ends them")
struct SilenceTableTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  private func add(_ silence: Silence) throws -> Silence {
    var silence = silence
    silence.number = try connection.write { () throws(StoreError) in
      try connection.silences.add(silence)
    }
    return silence
  }

  private func end(_ number: Int64, on day: Day) throws -> Bool {
    try connection.write { () throws(StoreError) in
      try connection.silences.end(number, .sample, on: day)
    }
  }

  @Test("A silence comes back as it was asked for, by its number and among all, latest first")
  func roundTrip() throws {
    let first = try add(.sample())
    let second = try add(
      .sample(project: nil, programme: "SNAP3", kind: .reportOverdue, until: day(30)))
    #expect([first.number, second.number] == [1, 2])
    #expect(try connection.silences.silence(2) == SilenceRecord(silence: second))
    #expect(try connection.silences.silence(3) == nil)
    #expect(try connection.silences.all(limit: 9).map(\.silence) == [second, first])
    #expect(try connection.silences.all(limit: 1).map(\.silence) == [second])
  }

  @Test("It runs to the end of its last day", arguments: [(6, true), (7, true), (8, false)])
  func lastDay(on number: Int32, runs: Bool) throws {
    let silence = try add(.sample(until: day(7)))
    #expect(try connection.silences.running(on: day(number)) == (runs ? [silence] : []))
    #expect(
      try connection.silences.silence(1)?.isRunning(on: day(number)) == runs)
  }

  @Test("Ended early it runs no more, and tells who ended it, when and why")
  func early() throws {
    let ended = try add(.sample())
    let other = try add(.sample(project: "P-2"))
    #expect(try end(ended.number, on: day(2)))
    #expect(try connection.silences.running(on: day(2)) == [other])
    let record = try connection.silences.silence(ended.number)
    #expect(record == SilenceRecord(silence: ended, end: .sample))
    #expect(record?.isRunning(on: day(2)) == false)
  }

  @Test("One that is over, ended already or unknown is not ended")
  func notEnded() throws {
    let silence = try add(.sample(until: day(7)))
    #expect(try !end(silence.number, on: day(8)))
    #expect(try !end(9, on: day(1)))
    #expect(try connection.silences.silence(1)?.end == nil)
    #expect(try end(silence.number, on: day(7)))
    #expect(try !end(silence.number, on: day(7)))
  }
}
