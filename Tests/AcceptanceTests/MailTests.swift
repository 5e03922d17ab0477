import Foundation
import MailServers
import Testing

@Suite("Mail: what waits, what failed, and trying again", .serialized)
struct MailTests {
  private static let team = "equipe@example.fr"
  private static let followUp = "suivi@example.fr"

  /// What `mail --json` says.
  private struct Outbox: Decodable {
    struct Counts: Decodable, Equatable {
      let waiting: Int
      let sent: Int
      let failed: Int
    }

    struct Line: Decodable {
      let id: Int
      let to: String
      let attempts: Int
      let reply: String?
    }

    let counts: Counts
    let waiting: [Line]
    let failed: [Line]
  }

  private func outbox(_ installation: Installation) async throws -> Outbox {
    try await installation.run("mail", "--json").json(Outbox.self)
  }

  /// An installation in which one message waits, about a file that was refused.
  private func withMessage() async throws -> Installation {
    let installation = try await Installation.adopted(["A"])
    let receipt = try await installation.ingest(
      SmallPortfolio.header + "2021-Q1;agent;;40;;;\n", to: "A")
    #expect(receipt.status == "rejected")
    return installation
  }

  private func send(_ installation: Installation, to port: Int) async throws -> Outcome {
    try installation.configure(
      """
      {"locale": "en", "mail": {"transport": "smtp",
        "smtp": {"url": "smtp://127.0.0.1:\(port)", "startTLS": "never"}}}
      """)
    return try await installation.run("courier", "--once")
  }

  @Test("an address that a server refuses is shown, told to others, and tried again when asked")
  func undeliverable() async throws {
    let installation = try await withMessage()
    let sink = try SinkServer(["-f", "RCPT"])
    #expect(try await send(installation, to: sink.port).status == 1)
    let failed = try await outbox(installation)
    #expect(failed.counts == .init(waiting: 0, sent: 0, failed: 1))
    #expect(failed.failed.first?.to == Self.team)
    let reply = try #require(failed.failed.first?.reply)
    #expect(reply.contains("500"), "\(reply)")
    let words = try await installation.run("mail").output
    #expect(words.contains("1 message undelivered") && words.contains(Self.team))

    #expect(try await installation.run("evaluate").status == 0)
    #expect(
      try installation.told().contains("\(Self.followUp) fire mail-undeliverable"))

    #expect(try await installation.run("mail", "--retry", "1").status == 0)
    #expect(try await outbox(installation).waiting.contains { $0.id == 1 })
    #expect(try await installation.run("mail", "--retry", "1").status == 64)
    #expect(try await installation.run("mail", "--retry", "99").status == 64)
    try installation.configure(#"{"locale": "en"}"#)
    #expect(try await installation.run("courier", "--once").status == 0)
    let delivered = try installation.delivered()
    #expect(delivered.count { $0.header("To") == Self.team } > 0)
    #expect(try await outbox(installation).counts.failed == 0)
  }

  @Test("a server that is not there loses nothing")
  func noServer() async throws {
    let installation = try await withMessage()
    // The port of a server that has just gone.
    let port = try SinkServer().port
    #expect(try await send(installation, to: port).status == 75)
    let waiting = try await outbox(installation)
    #expect(waiting.counts == .init(waiting: 1, sent: 0, failed: 0))
    try installation.configure(#"{"locale": "en"}"#)
    #expect(try await installation.run("courier", "--once").status == 0)
    #expect(try installation.delivered().isEmpty, "five minutes later, not now")
    let later = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 400))
    try await installation.succeeds(at: later, "courier", "--once")
    #expect(try installation.delivered().count == 1)
  }

  @Test("a message is shown as a person reads it, and as it is sent")
  func show() async throws {
    let installation = try await withMessage()
    let text = try await installation.run("mail", "--show", "1").output
    #expect(text.contains(Self.team) && text.contains("\"agent\""), "\(text)")
    let raw = try await installation.run("mail", "--show", "1", "--raw").output
    #expect(raw.contains("\r\nAuto-Submitted: auto-generated\r\n"))
    #expect(try await installation.run("courier", "--once").status == 0)
    #expect(try installation.delivered().map(\.text) == [raw])
    let sent = try await installation.run("mail", "--to", Self.team).output
    #expect(sent.contains("A: ") && sent.contains("sent"), "\(sent)")
    #expect(try await installation.run("mail", "--show", "2").status == 64)
    #expect(try await installation.run("mail", "--show", "one").status == 64)
    #expect(try await installation.run("mail", "--show", "1", "--retry", "1").status == 64)
  }

  @Test("a test message goes out at once, and is kept nowhere")
  func test() async throws {
    let installation = try await Installation.adopted(["A"])
    #expect(try await installation.run("mail", "--test", Self.followUp).status == 0)
    #expect(try installation.delivered().map { $0.header("To") } == [Self.followUp])
    #expect(try await outbox(installation).counts == .init(waiting: 0, sent: 0, failed: 0))
    for address in ["nobody", "a@example.fr\nBcc: b@example.fr"] {
      #expect(try await installation.run("mail", "--test", address).status == 64)
    }
    let sink = try SinkServer(["-f", "RCPT"])
    #expect(try await send(installation, to: sink.port).status == 0, "nothing waits")
    #expect(try await installation.run("mail", "--test", Self.followUp).status == 1)
  }
}
