import Foundation
import MailServers
import Testing

@Suite("Courier: every message arrives, or is shown to wait, with the reason")
struct CourierTests {
  @Test(
    "one bad recipient holds up nobody",
    arguments: [
      ("--refuse", status: 1, state: "refused", reply: "RCPT: 550 5.1.1 No such user"),
      ("--defer", status: 75, state: "waiting", reply: "RCPT: 451 4.2.0 Mailbox busy"),
      ("--drop", status: 75, state: "waiting", reply: "the server closed the connection"),
    ])
  func badRecipient(_ way: String, status: Int32, state: String, reply: String) async throws {
    let post = try await Post(teams: 20)
    let bad = Post.team(7)
    let server = try MailServer([way, bad])
    try post.configure(port: server.port)

    let outcome = try await post.run("courier", "--once")

    #expect(outcome.status == status, "\(outcome.complaint)")
    let arrived = try server.messages
    #expect(arrived.flatMap(\.recipients).sorted() == post.recipients.filter { $0 != bad })
    #expect(arrived.allSatisfy { $0.sender == Post.sender })
    let outbox = try await post.outbox()
    #expect(outbox.counts.sent == 20)
    let left = outbox.waiting + outbox.failed
    #expect(left.map(\.to) == [bad])
    #expect(left.map(\.state) == [state])
    #expect(left.first?.reply?.contains(reply) == true)
    // One that broke off is tried once more on a new one, which might just have been stale.
    #expect(server.connections <= 3)
  }

  @Test("what is given up after five days is shown and told, and sent unchanged when put back")
  func givenUp() async throws {
    let post = try await Post(teams: 2)
    let bad = Post.team(1)
    let server = try MailServer(["--defer", bad])
    try post.configure(port: server.port)
    #expect(try await post.run("courier", "--once").status == 75)

    #expect(try await post.run("courier", "--once", daysAhead: 4).status == 75)
    #expect(try await post.outbox().counts == .init(waiting: 1, sent: 2))
    _ = try await post.run("courier", "--once", daysAhead: 6)

    let failed = try #require(try await post.outbox().failed.first)
    #expect((failed.to, failed.state, failed.attempts) == (bad, "expired", 3))
    #expect(try await post.run("evaluate", daysAhead: 6).status == 0)
    #expect(try told(post) == "\(Post.followUp)|\(bad)|fire")

    let bytes = try await post.shown(failed.id)
    let healthy = try MailServer()
    try post.configure(port: healthy.port)
    #expect(try await post.run("mail", "--retry", "\(failed.id)", daysAhead: 6).status == 0)
    #expect(try await post.run("courier", "--once", daysAhead: 6).status == 0)
    #expect(try healthy.messages.filter { $0.recipients == [bad] }.map(\.bytes) == [bytes])

    #expect(try await post.run("evaluate", daysAhead: 7).status == 0)
    #expect(try told(post) == "\(Post.followUp)|\(bad)|fire\n\(Post.followUp)|\(bad)|resolve")
  }

  /// To whom which address was told to be out of reach, and as what.
  private func told(_ post: Post) throws -> String {
    try post.installation.query(
      """
      SELECT recipient, a.subject, action FROM telling AS t
      JOIN message AS m ON m.number = t.message JOIN alert AS a ON a.number = t.alert
      WHERE a.kind = 'mail-undeliverable' ORDER BY t.key
      """)
  }

  @Test("what a killed courier noted as sent is not sent again, unless it is of another notebook")
  func killedCourier() async throws {
    let post = try await Post(teams: 2)
    let server = try MailServer()
    try post.configure(port: server.port)
    let rows = try post.installation.query(
      "SELECT number || ' 1 ' || message_id FROM message ORDER BY number"
    )
    .split(separator: "\n")
    // The first is noted whole, the second with another's Message-ID, the third not to the end.
    let book = "\(rows[0]) 250 Ok\n2 1 <other@example.fr> 250 Ok\n\(rows[2]) 250"
    try Data(book.utf8).write(
      to: post.installation.folder.appendingPathComponent("state/courier.sent"))

    #expect(try await post.run("courier", "--once").status == 0)

    let arrived = try server.messages.flatMap(\.recipients).sorted()
    #expect(arrived == Array(post.recipients.dropFirst()))
    #expect(try await post.outbox().counts == .init(sent: 3))
  }

  @Test("what needs no retry is said to need none")
  func needlessRetry() async throws {
    let post = try await Post(teams: 1)
    let outcome = try await post.run("mail", "--retry", "1")
    #expect(outcome.status == 64)
    #expect(outcome.complaint.contains("neither refused nor given up"))
    #expect(try await post.run("mail", "--retry", "99").status == 64)
  }
}
