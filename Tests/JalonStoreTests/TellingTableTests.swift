import JalonCore
import Testing

@testable import JalonStore

@Suite("Tellings and digests: which message told what, and which weeks had their digest")
struct TellingTableTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  @Test("A message gives what it tells, in order, and nothing of another")
  func ofMessage() throws {
    let connection = connection
    func record(_ message: Int64, _ alert: Int64, _ action: AlertAction) -> TellingRecord {
      TellingRecord(
        message: message, alert: alert, action: action, reason: AlertReason.lasted(days: 15).code)
    }
    let told = [record(1, 2, .escalate), record(1, 1, .resolve), record(2, 1, .repeat)]
    try connection.write { () throws(StoreError) in
      for id in ["a", "b"] { try connection.outbox.add(.sample(id), at: second(0)) }
      try connection.alerts.put(.sample(), at: second(0))
      try connection.alerts.put(.sample(.gateAtRisk), at: second(0))
      for record in told { try connection.tellings.add(record) }
    }
    #expect(try connection.tellings.of(message: 1) == [told[0], told[1]])
    #expect(try connection.tellings.of(message: 2) == [told[2]])
    #expect(try connection.tellings.of(message: 3).isEmpty)
    for refused in [told[0], record(3, 1, .fire), record(2, 3, .fire)] {
      #expect(throws: StoreError.self) {
        try connection.write { () throws(StoreError) in try connection.tellings.add(refused) }
      }
    }
  }

  @Test("A week has its digest once, told by its Monday")
  func digests() throws {
    #expect(try connection.digests.latest() == nil)
    #expect(try !connection.digests.has(day(0)))
    func add(_ monday: Day, _ instant: Instant) throws {
      try connection.write { () throws(StoreError) in
        try connection.digests.add(monday, at: instant)
      }
    }
    try add(day(7), second(2))
    try add(day(0), second(3))
    #expect(try connection.digests.has(day(0)))
    #expect(try !connection.digests.has(day(14)))
    #expect(try connection.digests.latest() == DigestRecord(monday: day(7), at: second(2)))
    for refused in [day(0), day(13), day(1)] {
      #expect(throws: StoreError.self) { try add(refused, second(9)) }
    }
  }
}
