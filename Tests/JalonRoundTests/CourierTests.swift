import JalonCore
import JalonRound
import Testing

@Suite("The courier: one bad message does not hold up the others, a dead server holds up all")
struct CourierTests {
  /// An outbox in memory, and a server with a script for some recipients.
  final class Post {
    var waiting: [QueuedMessage] = []
    var notes: [String] = []
    var tried: [String] = []
    var script: [String: DeliveryOutcome] = [:]
    var noticesOfServer = 0

    init(_ recipients: [String]) {
      waiting = recipients.enumerated().map {
        QueuedMessage(
          number: Int64($0.offset + 1), messageID: "<\($0.offset)>", recipient: $0.element,
          attempts: 0, waitingSince: Instant(microseconds: 0))
      }
    }

    var courier: Courier {
      Courier(
        Courier.Ports(
          due: { _, limit in Array(self.waiting.prefix(limit)) },
          content: { _ in [] },
          deliver: { message, _ in
            self.tried.append(message.recipient)
            return self.script[message.recipient] ?? .sent("250 ok")
          },
          note: { message, outcome, _ in
            self.waiting.removeAll { $0.number == message.number }
            if case .sent = outcome { self.notes.append("sent \(message.recipient)") }
            if case .refused = outcome { self.notes.append("refused \(message.recipient)") }
            if case .postponed = outcome { self.notes.append("postponed \(message.recipient)") }
            if case .interrupted = outcome { self.notes.append("broken \(message.recipient)") }
          },
          noteUnavailable: { _, _, _ in
            self.noticesOfServer += 1
            self.waiting = []
          },
          now: { Instant(microseconds: 1) }))
    }

    func round(stopAfter: Int = .max) throws -> Courier.Summary {
      try courier.round(shouldStop: { self.tried.count >= stopAfter }, tell: { _, _ in })
    }
  }

  @Test("a refusal, a delay, a broken session: each is noted, and the next is sent")
  func badRecipients() throws {
    let post = Post(["a", "b", "c", "d", "e"])
    post.script = [
      "a": .refused(code: 550, ""), "b": .postponed(code: 451, ""),
      "d": .interrupted(code: nil, ""),
    ]
    let summary = try post.round()
    #expect(post.notes == ["refused a", "postponed b", "sent c", "broken d", "sent e"])
    #expect((summary.sent, summary.refused, summary.postponed) == (2, 1, 2))
    #expect(summary.unavailable == nil)
  }

  @Test("a server that cannot be reached is asked once, whatever waits")
  func deadServer() throws {
    let post = Post(["a", "b", "c"])
    post.script = ["a": .unavailable(code: nil, "connection refused")]
    #expect(try post.round().unavailable == "connection refused")
    #expect(post.tried == ["a"] && post.noticesOfServer == 1)
  }

  @Test("three sessions broken off in a row are the server's doing; two between good ones are not")
  func brokenServer() throws {
    let broken = DeliveryOutcome.interrupted(code: nil, "dropped")
    let post = Post(["a", "b", "c", "d"])
    post.script = ["a": broken, "b": broken, "c": broken]
    #expect(try post.round().unavailable == "dropped")
    #expect(post.tried == ["a", "b", "c"] && post.notes == ["broken a", "broken b"])
    let other = Post(["a", "b", "x", "c", "d"])
    other.script = ["a": broken, "b": broken, "c": broken, "d": broken]
    #expect(try other.round().unavailable == nil)
    #expect(other.notes == ["broken a", "broken b", "sent x", "broken c", "broken d"])
  }

  @Test("asked to stop, it stops between two messages")
  func stopping() throws {
    let post = Post(["a", "b", "c"])
    #expect(try post.round(stopAfter: 2).sent == 2)
    #expect(post.tried == ["a", "b"])
  }
}
