import JalonCore
import Testing

@testable import JalonStore

@Suite("Delivery: what an attempt leaves, and which addresses mail does not reach")
struct OutboxDeliveryTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  private func add(
    _ id: String, to recipient: String = "a@example.fr", at instant: Instant = second(0)
  ) throws {
    try connection.write { () throws(StoreError) in
      _ = try connection.outbox.add(.sample(id, to: recipient), at: instant)
    }
  }

  private func noted(_ body: (OutboxTable) throws(StoreError) -> Bool) throws -> Bool {
    try connection.write { () throws(StoreError) in try body(connection.outbox) }
  }

  private func postponeDue(at instant: Instant) throws -> Int {
    try connection.write { () throws(StoreError) in
      try connection.outbox.postponeDue(at: instant, code: 421, reply: "closing")
    }
  }

  private func message(_ number: Int64) throws -> MessageRecord {
    try #require(try connection.outbox.message(number))
  }

  @Test("Sent is final, whatever comes after")
  func sent() throws {
    try add("a")
    #expect(
      try noted { outbox throws(StoreError) in try outbox.sent(1, at: second(5), reply: "ok") })
    let record = try message(1)
    #expect(record.state == .sent && record.attempts == 1 && record.reply == "ok")
    #expect(record.triedAt == second(5) && record.finishedAt == second(5))
    #expect(record.code == nil)
    #expect(
      try !noted { outbox throws(StoreError) in
        let results = [
          try outbox.sent(1, at: second(6), reply: "again"),
          try outbox.refused(1, at: second(6), code: 550, reply: "no"),
          try outbox.expire(1, at: second(6), reply: "late"),
          try outbox.postpone(1, at: second(6), next: second(7), code: 451, reply: "later"),
          try outbox.retry(1, at: second(6)), try outbox.sent(2, at: second(6), reply: nil),
        ]
        return results.contains(true)
      })
    #expect(try message(1) == record)
    #expect(try connection.outbox.due(at: second(9), limit: 9).isEmpty)
  }

  @Test("Refused keeps the server's code and words, and is not tried again")
  func refused() throws {
    try add("a")
    #expect(
      try noted { outbox throws(StoreError) in
        try outbox.refused(1, at: second(5), code: 550, reply: "no such user")
      })
    let record = try message(1)
    #expect(record.state == .refused && record.attempts == 1 && record.finishedAt == second(5))
    #expect(record.code == 550 && record.reply == "no such user")
    #expect(try connection.outbox.due(at: second(9), limit: 9).isEmpty)
    #expect(try connection.outbox.content(1) != nil)
    #expect(
      try !noted { outbox throws(StoreError) in
        try outbox.expire(1, at: second(6), reply: "late")
      })
  }

  @Test("Where another attempt got through after all, that is what counts")
  func sentAfterAll() throws {
    try add("a")
    _ = try noted { outbox throws(StoreError) in
      try outbox.refused(1, at: second(5), code: 550, reply: "no")
    }
    #expect(
      try noted { outbox throws(StoreError) in try outbox.sent(1, at: second(6), reply: "ok") })
    #expect(try message(1).state == .sent)
  }

  @Test("Postponed, a message waits until then, and tells why")
  func postpone() throws {
    try add("a")
    #expect(
      try noted { outbox throws(StoreError) in
        try outbox.postpone(1, at: second(5), next: second(305), code: 451, reply: "later")
      })
    let record = try message(1)
    #expect(record.state == .waiting && record.attempts == 1 && record.nextAt == second(305))
    #expect(record.triedAt == second(5) && record.code == 451 && record.reply == "later")
    #expect(try connection.outbox.due(at: second(304), limit: 9).isEmpty)
    #expect(try connection.outbox.due(at: second(305), limit: 9) == [record])
  }

  @Test("A server that is away: each message backs off by its own attempts, as the schedule says")
  func serverAway() throws {
    try add("a")
    var now = second(0)
    for attempt in 1...30 {
      #expect(try postponeDue(at: now) == 1)
      let record = try message(1)
      #expect(record.attempts == attempt && record.triedAt == now)
      #expect(record.nextAt == DeliverySchedule.next(afterAttempts: attempt, at: now))
      #expect(record.code == 421 && record.reply == "closing")
      now = record.nextAt
    }
    try add("b", at: now)
    #expect(try postponeDue(at: now) == 2)
    #expect(try message(1).nextAt.microseconds - now.microseconds == 3_600_000_000)
    #expect(try message(2).nextAt.microseconds - now.microseconds == 300_000_000)
    #expect(try postponeDue(at: now) == 0)
  }

  @Test("Only what is due and waits is postponed; what has waited five days is given up")
  func postponeSome() throws {
    let end: Int64 = 432_000
    try add("over", at: second(-1))
    try add("just not over", at: second(0))
    try add("not due", at: second(end + 1))
    try add("sent", at: second(0))
    _ = try noted { outbox throws(StoreError) in try outbox.sent(4, at: second(1), reply: nil) }
    #expect(try postponeDue(at: second(end)) == 2)
    #expect(
      try (1...4).map { try message($0).state } == [.expired, .waiting, .waiting, .sent])
    #expect(try (1...4).map { try message($0).attempts } == [1, 1, 0, 1])
    #expect(try message(1).finishedAt == second(end))
    #expect(try message(1).reply == "closing")
    #expect(try message(2).finishedAt == nil)
  }

  @Test("Put back, a message is due at once with five days and short waits before it")
  func retry() throws {
    try add("a")
    for now in [0, 300, 900] { _ = try postponeDue(at: second(Int64(now))) }
    #expect(
      try noted { outbox throws(StoreError) in
        try outbox.expire(1, at: second(432_001), reply: "too late")
      })
    let back = second(500_000)
    #expect(try noted { outbox throws(StoreError) in try outbox.retry(1, at: back) })
    let record = try message(1)
    #expect(record.state == .waiting && record.finishedAt == nil && record.reply == "too late")
    #expect(record.queuedAt == second(0) && record.waitingSince == back)
    #expect(try connection.outbox.due(at: back, limit: 9) == [record])
    #expect(try postponeDue(at: back) == 1)
    #expect(try message(1).state == .waiting)
    #expect(try message(1).nextAt == second(500_300))
    #expect(try !noted { outbox throws(StoreError) in try outbox.retry(1, at: back) })
  }

  @Test("Mail does not reach an address whose last message did not get through")
  func undeliverable() throws {
    let addresses = ["d", "a", "b", "c", "b", "a", "c", "e", "e"]
    for (index, address) in addresses.enumerated() { try add("\(index)", to: address) }
    try connection.write { () throws(StoreError) in
      let outbox = connection.outbox
      try outbox.expire(1, at: second(1), reply: nil)
      // Reached once, then refused; the other way round; refused twice at once.
      try outbox.sent(2, at: second(1), reply: nil)
      try outbox.refused(6, at: second(2), code: 550, reply: nil)
      try outbox.refused(3, at: second(1), code: 550, reply: nil)
      try outbox.sent(5, at: second(2), reply: nil)
      try outbox.refused(7, at: second(3), code: 550, reply: nil)
      try outbox.refused(4, at: second(3), code: 550, reply: nil)
      // One waits: nothing is known of the address but what the other says.
      try outbox.refused(8, at: second(3), code: 550, reply: nil)
    }
    let found = try connection.outbox.undeliverable()
    #expect(found.map(\.recipient) == ["a", "c", "d", "e"])
    #expect(found.map(\.number) == [6, 7, 1, 8])
    _ = try noted { outbox throws(StoreError) in try outbox.retry(8, at: second(9)) }
    #expect(try connection.outbox.undeliverable().map(\.recipient) == ["a", "c", "d"])
  }
}
