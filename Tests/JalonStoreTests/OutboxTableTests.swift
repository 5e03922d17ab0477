import JalonCore
import Testing

@testable import JalonStore

@Suite("The outbox: what is queued, what is due, what failed")
struct OutboxTableTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  @discardableResult
  private func add(_ message: NewMessage, at instant: Instant = second(0)) throws -> Int64 {
    try connection.write { () throws(StoreError) in
      try connection.outbox.add(message, at: instant)
    }
  }

  private func write(_ body: (OutboxTable) throws(StoreError) -> Void) throws {
    try connection.write { () throws(StoreError) in try body(connection.outbox) }
  }

  @Test("A message is kept to the byte, and due at once")
  func roundTrip() throws {
    let content: [UInt8] = [0, 13, 10, 255] + Array("é".utf8)
    let number = try add(.sample("a", content: content), at: second(5))
    #expect(try connection.outbox.content(number) == content)
    let record = try #require(try connection.outbox.message(number))
    #expect(record.messageID == "<a@example.fr>")
    #expect(record.kind == .alert && record.recipient == "suivi@example.fr")
    #expect(record.project == "P-1" && record.subject == "[Jalon] P-1 : suspendre")
    #expect(record.sha256 == SHA256.hash(content) && record.bytes == 6)
    #expect(record.queuedAt == second(5) && record.waitingSince == second(5))
    #expect(record.state == .waiting && record.attempts == 0 && record.triedAt == nil)
    #expect(record.finishedAt == nil && record.code == nil && record.reply == nil)
    #expect(try connection.outbox.due(at: second(5), limit: 9) == [record])
    #expect(try connection.outbox.due(at: second(4), limit: 9).isEmpty)
    #expect(try connection.outbox.message(number + 1) == nil)
    #expect(try connection.outbox.content(number + 1) == nil)
  }

  @Test("A Message-ID is given once, and nobody is nobody's recipient")
  func refused() throws {
    try add(.sample("a"))
    for message: NewMessage in [.sample("a", to: "other@example.fr"), .sample("b", to: "")] {
      #expect(throws: StoreError.self) { try add(message) }
    }
    #expect(try connection.outbox.counts() == [.waiting: 1])
  }

  @Test("What has been due the longest comes first, no more than asked for")
  func order() throws {
    for (number, instant) in [30, 10, 20, 10, 40].enumerated() {
      try add(.sample("\(number)"), at: second(Int64(instant)))
    }
    let due = try connection.outbox.due(at: second(30), limit: 9)
    #expect(due.map(\.number) == [2, 4, 3, 1])
    #expect(try connection.outbox.due(at: second(30), limit: 3).map(\.number) == [2, 4, 3])
    #expect(try connection.outbox.waiting(limit: 9).map(\.number) == [2, 4, 3, 1, 5])
    #expect(try connection.outbox.waiting(limit: 2).map(\.number) == [2, 4])
  }

  @Test("The next is due when the first of those that wait is; never, where none waits")
  func nextDue() throws {
    #expect(try connection.outbox.nextDue(at: second(0)) == nil)
    try add(.sample("a"), at: second(20))
    try add(.sample("b"), at: second(10))
    #expect(try connection.outbox.nextDue(at: second(0)) == second(10))
    try write { outbox throws(StoreError) in
      try outbox.postpone(2, at: second(10), next: second(310), code: 451, reply: "later")
    }
    #expect(try connection.outbox.nextDue(at: second(10)) == second(20))
    try write { outbox throws(StoreError) in
      try outbox.sent(1, at: second(20), reply: "250 ok")
    }
    #expect(try connection.outbox.nextDue(at: second(20)) == second(310))
    try write { outbox throws(StoreError) in
      try outbox.sent(2, at: second(310), reply: "250 ok")
    }
    #expect(try connection.outbox.nextDue(at: second(310)) == nil)
  }

  @Test("A clock that was set back strands nothing: it is due, after the others")
  func clockSetBack() throws {
    try add(.sample("stranded"), at: second(1_000_000))
    try add(.sample("due"), at: second(0))
    try add(.sample("later"), at: second(3_600))
    let due = try connection.outbox.due(at: second(0), limit: 9)
    #expect(due.map(\.number) == [2, 1])
    #expect(try connection.outbox.due(at: second(0), limit: 1).map(\.number) == [2])
    try write { outbox throws(StoreError) in try outbox.sent(2, at: second(0), reply: nil) }
    #expect(try connection.outbox.nextDue(at: second(0)) == second(0))
    try write { outbox throws(StoreError) in
      #expect(try outbox.postponeDue(at: second(0), reply: "no route") == 1)
    }
    #expect(try connection.outbox.nextDue(at: second(0)) == second(300))
  }

  @Test("What failed is listed latest first, and every state is counted")
  func failed() throws {
    for number in 1...5 { try add(.sample("\(number)")) }
    try write { outbox throws(StoreError) in
      try outbox.refused(2, at: second(9), code: 550, reply: "no such user")
      try outbox.expire(4, at: second(12), reply: "no route")
      try outbox.refused(3, at: second(9), code: 554, reply: "no")
      try outbox.sent(5, at: second(20), reply: nil)
    }
    #expect(try connection.outbox.failed(limit: 9).map(\.number) == [4, 3, 2])
    #expect(try connection.outbox.failed(limit: 1).map(\.number) == [4])
    let counts: [MessageState: Int] = [.waiting: 1, .sent: 1, .refused: 2, .expired: 1]
    #expect(try connection.outbox.counts() == counts)
  }

  @Test("The bytes of messages sent long ago go, oldest first; all the others stay")
  func dropContents() throws {
    for number in 1...6 { try add(.sample("\(number)")) }
    try write { outbox throws(StoreError) in
      try outbox.refused(1, at: second(1), code: 550, reply: nil)
      try outbox.sent(2, at: second(2), reply: nil)
      try outbox.expire(3, at: second(3), reply: nil)
      try outbox.sent(4, at: second(4), reply: nil)
      try outbox.sent(5, at: second(9), reply: nil)
    }
    func kept() throws -> [Int64] {
      try (1...6).filter { try connection.outbox.content($0) != nil }
    }
    try write { outbox throws(StoreError) in
      #expect(try outbox.dropContents(finishedBefore: second(9), limit: 1) == 1)
    }
    #expect(try kept() == [1, 3, 4, 5, 6])
    try write { outbox throws(StoreError) in
      #expect(try outbox.dropContents(finishedBefore: second(9), limit: 10) == 1)
      #expect(try outbox.dropContents(finishedBefore: second(9), limit: 10) == 0)
    }
    #expect(try kept() == [1, 3, 5, 6])
    #expect(try connection.outbox.message(2)?.bytes == 21)
  }
}
