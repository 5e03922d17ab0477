import JalonMail
import MailServers
import Testing

@Suite("SMTP security: certificates are checked, passwords are kept")
struct SMTPSecurityTests {
  let certificates: Certificates
  let password = "hunter2-très-secret"

  init() throws { certificates = try Certificates.shared.get() }

  /// How a connection becomes encrypted.
  enum Encryption: String, CaseIterable, Sendable {
    case startTLS = "--starttls"
    case fromTheStart = "--tls"

    var scheme: String { self == .startTLS ? "smtp" : "smtps" }
  }

  private func server(
    _ encryption: Encryption, _ kind: Certificates.Kind = .good, _ options: [String] = []
  ) throws -> MailServer {
    try MailServer([encryption.rawValue] + certificates.options(kind) + options)
  }

  private func send(
    to server: MailServer, _ encryption: Encryption, host: String = "localhost",
    password: String? = nil, trusting authority: String? = nil
  ) throws -> Delivery {
    let settings = try SMTPSettings(
      url: "\(encryption.scheme)://\(host):\(server.port)", user: password.map { _ in "jalon" },
      password: password, caFile: authority, timeoutSeconds: 20)
    return SMTPClient(settings).send(try envelope(), message())
  }

  @Test("an encrypted message arrives", arguments: Encryption.allCases, ["localhost", "127.0.0.1"])
  func encrypted(_ encryption: Encryption, host: String) throws {
    let server = try server(encryption)
    let delivery = try send(
      to: server, encryption, host: host, trusting: certificates.authority)
    #expect(delivery.kind == "sent", "\(delivery)")
    #expect(try server.messages.map(\.bytes) == [message()])
  }

  @Test(
    "a certificate at fault stops everything, and the log says which fault",
    arguments: Encryption.allCases,
    [
      (Certificates.Kind.expired, "certificate has expired", "has to be renewed"),
      (.foreign, "unable to get local issuer certificate", "name in caFile the authority"),
      (.otherName, "subject name", "write in url the name that stands"),
    ])
  func certificateAtFault(
    _ encryption: Encryption, fault: (kind: Certificates.Kind, words: String, hint: String)
  ) throws {
    let server = try server(encryption, fault.kind)
    let delivery = try send(to: server, encryption, trusting: certificates.authority)
    let reply = try #require(delivery.whyUnavailable)
    #expect(reply.step == (encryption == .startTLS ? .startTLS : .connect))
    #expect(reply.text.contains(fault.words))
    #expect(reply.text.contains(fault.hint))
    #expect(try server.messages.isEmpty)
  }

  @Test("without caFile the system's certificates decide")
  func systemAuthorities() throws {
    let server = try server(.startTLS)
    let delivery = try send(to: server, .startTLS)
    #expect(delivery.whyUnavailable?.text.contains("name in caFile the authority") == true)
    #expect(try server.messages.isEmpty)
  }

  @Test("a caFile that cannot be read is said to be so")
  func missingAuthority() throws {
    let server = try server(.startTLS)
    let delivery = try send(to: server, .startTLS, trusting: "/nonexistent/ca.pem")
    #expect(delivery.whyUnavailable?.text.contains("caFile has to be a readable file") == true)
  }

  @Test("no STARTTLS offered, though required: nothing is sent")
  func noStartTLS() throws {
    let server = try MailServer()
    let reply = try #require(try send(to: server, .startTLS).whyUnavailable)
    #expect(
      reply.text == """
        EHLO: STARTTLS not supported.; the server offers no STARTTLS; use smtps://, or startTLS \
        never only for a relay on this machine
        """)
    #expect(try server.messages.isEmpty)
  }

  @Test("TLS from the start at a port that does not speak it")
  func notTLS() throws {
    let server = try MailServer()
    let reply = try #require(try send(to: server, .fromTheStart).whyUnavailable)
    #expect(reply.step == .connect)
    #expect(reply.text.contains("wants a port that speaks TLS"))
  }

  @Test("the right password signs in", arguments: Encryption.allCases)
  func rightPassword(_ encryption: Encryption) throws {
    let server = try server(encryption, .good, ["--require-auth", "jalon:\(password)"])
    let delivery = try send(
      to: server, encryption, password: password, trusting: certificates.authority)
    #expect(delivery.kind == "sent", "\(delivery)")
    #expect(try server.messages.count == 1)
  }

  @Test(
    "a wrong password is the session's trouble, and never in a text",
    arguments: [[], ["--say-password-back"]])
  func wrongPassword(_ options: [String]) throws {
    let server = try server(.startTLS, .good, ["--require-auth", "jalon:other"] + options)
    let delivery = try send(
      to: server, .startTLS, password: "hunter2-secret", trusting: certificates.authority)
    let reply = try #require(delivery.whyUnavailable)
    #expect(reply.step == .authentication)
    #expect(reply.code == 535)
    #expect(reply.text.hasPrefix("AUTH: 535 5.7.8 Authentication credentials invalid"))
    #expect(reply.text.hasSuffix("; check user and passwordFile"))
    #expect(!reply.text.contains("hunter"))
    #expect(try server.messages.isEmpty)
  }

  @Test("a server that wants a password gets none: the session's trouble, not the message's")
  func missingPassword() throws {
    let server = try server(.startTLS, .good, ["--require-auth", "jalon:\(password)"])
    let delivery = try send(to: server, .startTLS, trusting: certificates.authority)
    let reply = try #require(delivery.whyUnavailable)
    #expect(reply.code == 530)
    #expect(reply.text.hasSuffix("; the server wants user and passwordFile, or TLS"))
  }
}
