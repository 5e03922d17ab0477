import JalonMail
import MailServers
import Testing

@Suite("SMTP client: what is sent arrives, byte for byte, over one connection")
struct SMTPClientTests {
  private func client(_ port: Int, timeout: Int = 20) throws -> SMTPClient {
    SMTPClient(
      try SMTPSettings(
        url: "smtp://127.0.0.1:\(port)", startTLS: .never, timeoutSeconds: timeout))
  }

  @Test("a message arrives with its envelope, and the server's words come back")
  func arrives() throws {
    let server = try MailServer()
    let delivery = try client(server.port).send(envelope(), message())
    #expect(delivery == .sent(reply: "250 2.0.0 Ok: queued as 0001"))
    let arrived = try #require(try server.messages.first)
    #expect(arrived.sender == "jalon@example.fr")
    #expect(arrived.recipients == ["equipe@example.fr"])
    #expect(arrived.bytes == message())
  }

  @Test(
    "dots and great messages arrive byte for byte",
    arguments: [
      ("a lone dot", message(["avant", ".", "apres"])),
      ("dots everywhere", message([".", "..", ".a", "...", "a."])),
      ("a dot first", Array(".\r\n.Subject: x\r\n\r\n.\r\n".utf8)),
      ("a dot last", Array("Subject: x\r\n\r\na\r\n.\r\n".utf8)),
      ("one megabyte of dots", message(Array(repeating: ".", count: 350_000))),
      // Lines of 1 to 80 characters: every place of a line end in libcurl's buffers.
      (
        "one megabyte of lines",
        message((0..<25_000).map { "." + String(repeating: "x", count: $0 % 80) })
      ),
      ("nothing but headers", Array("Subject: x\r\n\r\n".utf8)),
    ])
  func byteForByte(name: String, bytes: [UInt8]) throws {
    let server = try MailServer()
    let client = try client(server.port)
    #expect(client.send(try envelope(), bytes).kind == "sent")
    #expect(client.send(try envelope(), message()).kind == "sent")
    #expect(try server.messages.map(\.bytes) == [bytes, message()], "\(name)")
  }

  @Test("many messages use one connection")
  func oneConnection() throws {
    let server = try MailServer()
    let client = try client(server.port)
    for number in 0..<50 {
      let recipient = try envelope(to: "projet-\(number)@example.fr")
      #expect(client.send(recipient, message()).kind == "sent")
    }
    #expect(server.connections == 1)
    client.disconnect()
    #expect(try client.send(envelope(), message()).kind == "sent")
    #expect(server.connections == 2)
    #expect(
      try server.messages.flatMap(\.recipients).prefix(2) == [
        "projet-0@example.fr", "projet-1@example.fr",
      ])
  }

  @Test(
    "a server that ends a connection after some messages gets a new one, and every message once")
  func staleConnection() throws {
    let server = try MailServer(["--messages-per-connection", "3"])
    let client = try client(server.port)
    for number in 0..<10 {
      let recipient = try envelope(to: "projet-\(number)@example.fr")
      #expect(client.send(recipient, message()).kind == "sent")
    }
    #expect(server.connections == 4)
    let recipients = try server.messages.flatMap(\.recipients)
    #expect(recipients == (0..<10).map { "projet-\($0)@example.fr" })
  }

  @Test("a bad recipient does not hold up the next one")
  func badRecipient() throws {
    let server = try SinkServer(["-f", "RCPT"])
    let good = try MailServer()
    let bad = try client(server.port).send(envelope(), message())
    #expect(
      bad
        == .refused(
          Reply(step: .recipient, code: 500, text: "RCPT: 500 5.3.0 Error: command failed")))
    #expect(try client(good.port).send(envelope(), message()).kind == "sent")
  }

  @Test("a server's words become one harmless line of bounded length")
  func words() throws {
    let reply =
      "550-5.1.1 \u{1B}[31mred\u{07}\r\n550-\u{202E}two\r\n550 "
      + String(
        repeating: "é", count: 400)
    let server = try SinkServer(["-f", "RCPT", "-B", reply])
    let delivery = try client(server.port).send(envelope(), message())
    #expect(delivery.kind == "refused")
    #expect(delivery.text.hasPrefix("RCPT: 550 5.1.1 [31mred two ééé"))
    #expect((400...Reply.longestText).contains(delivery.text.utf8.count))
    #expect(delivery.text.unicodeScalars.allSatisfy { $0 == "é" || (" "..."~").contains($0) })
  }

  @Test("nobody listens: unavailable, and what to look at")
  func nobodyListens() throws {
    let port = try SinkServer.freePort()
    let reply = try #require(try client(port).send(envelope(), message()).whyUnavailable)
    #expect(reply.step == .connect)
    #expect(reply.code == nil)
    #expect(reply.text.hasPrefix("CONNECT: Failed to connect to 127.0.0.1 port \(port)"))
    #expect(reply.text.hasSuffix("is the server running, and does url name its port?"))
  }

  @Test("a host that does not exist: unavailable, and what to look at")
  func noSuchHost() throws {
    let settings = try SMTPSettings(url: "smtp://jalon.invalid", timeoutSeconds: 20)
    let reply = try SMTPClient(settings).send(envelope(), message()).whyUnavailable
    #expect(
      reply?.text
        == "CONNECT: Could not resolve host: jalon.invalid; is the host in url spelt right?")
  }

  @Test("a server that scans a message for long before it takes it gets it once")
  func longScan() throws {
    let server = try SinkServer(["-W", ".:3"])
    #expect(try client(server.port, timeout: 2).send(envelope(), message()).kind == "sent")
    #expect(try server.copies(endingWith: "end of sample") == 1)
  }

  @Test(
    "a server that does not answer QUIT holds nothing up", .timeLimit(.minutes(1)),
    arguments: [
      ([], "sent"), (["-f", "RCPT"], "refused"), (["-f", "."], "refused"),
    ])
  func slowQuit(options: [String], outcome: String) throws {
    let server = try SinkServer(options + ["-W", "QUIT:600"])
    let client = try client(server.port, timeout: 100)
    #expect(client.send(try envelope(), message()).kind == outcome)
    client.disconnect()
  }
}
