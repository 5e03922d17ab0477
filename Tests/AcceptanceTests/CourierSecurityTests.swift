import Foundation
import MailServers
import Testing

@Suite("Courier: encrypted and signed in, or not at all; the password is nowhere")
struct CourierSecurityTests {
  static let password = "hunter2-très-secret"
  let certificates: Certificates

  init() throws { certificates = try Certificates.shared.get() }

  /// How the server is spoken to, and where the password stands.
  enum Way: CaseIterable, Sendable {
    case startTLS
    case fromTheStart
    case fromTheServiceManager
  }

  @Test("messages arrive, encrypted and signed in", arguments: Way.allCases)
  func arrives(_ way: Way) async throws {
    let post = try await Post(teams: 2)
    let server = try server(way == .fromTheStart ? "--tls" : "--starttls")
    let credential = try post.installation.write("\(Self.password)\n", to: "smtp-password")
    let file = way == .fromTheServiceManager ? nil : credential.path
    try configure(post, server, isTLS: way == .fromTheStart, passwordFile: file)
    let environment = ["CREDENTIALS_DIRECTORY": credential.deletingLastPathComponent().path]

    let outcome = try await post.run(
      "courier", "--once", environment: way == .fromTheServiceManager ? environment : [:])

    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(try server.messages.flatMap(\.recipients).sorted() == post.recipients)
    #expect(server.connections == 1)
    try await expectNoPassword(post, outcome)
  }

  /// What keeps every message from leaving.
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    var certificate = Certificates.Kind.good
    var options = ["--starttls"]
    var password = CourierSecurityTests.password
    let words: String

    var testDescription: String { name }
  }

  private static let faults = [
    Fault(
      name: "a wrong password", options: ["--starttls", "--say-password-back"],
      password: "hunter2-faux", words: "; check user and passwordFile"),
    Fault(
      name: "an expired certificate", certificate: .expired,
      words: "; the server's certificate has to be renewed"),
    Fault(
      name: "a certificate of an unknown authority", certificate: .foreign,
      words: "; name in caFile the authority that signed the server's certificate"),
    Fault(
      name: "another host's certificate", certificate: .otherName,
      words: "; write in url the name that stands in the server's certificate"),
    Fault(name: "no STARTTLS", options: [], words: "; the server offers no STARTTLS"),
  ]

  @Test("a fault of all is said once, and everything waits", arguments: faults)
  func everythingWaits(_ fault: Fault) async throws {
    let post = try await Post(teams: 2)
    let server = try server(fault.options, fault.certificate)
    let file = try post.installation.write(fault.password, to: "password")
    try configure(post, server, passwordFile: file.path)

    let outcome = try await post.run("courier", "--once")

    #expect(outcome.status == 75)
    let lines = outcome.complaint.split(separator: "\n")
    #expect(lines.count == 1, "\(outcome.complaint)")
    #expect(outcome.complaint.contains("no mail gets through: "))
    #expect(outcome.complaint.contains(fault.words), "\(outcome.complaint)")
    #expect(try server.messages.isEmpty)
    let outbox = try await post.outbox()
    #expect(outbox.counts == .init(waiting: 3))
    #expect(outbox.waiting.allSatisfy { $0.reply?.contains(fault.words) == true })
    try await expectNoPassword(post, outcome, fault.password)
  }

  @Test("a password that is not there is a fault of the configuration, and says where to put it")
  func missingPassword() async throws {
    let post = try await Post(teams: 1)
    try configure(post, try server("--starttls"), passwordFile: nil)
    let outcome = try await post.run("courier", "--once")
    #expect(outcome.status == 78)
    #expect(outcome.complaint.contains("passwordFile"))
    #expect(try await post.outbox().counts == .init(waiting: 2))
  }

  // MARK: Support

  private func server(_ options: String...) throws -> MailServer { try server(options) }

  private func server(
    _ options: [String], _ kind: Certificates.Kind = .good
  ) throws -> MailServer {
    let isEncrypted = options.contains { $0 == "--tls" || $0 == "--starttls" }
    return try MailServer(
      options + (isEncrypted ? certificates.options(kind) : [])
        + ["--require-auth", "jalon:\(Self.password)"])
  }

  private func configure(
    _ post: Post, _ server: MailServer, isTLS: Bool = false, passwordFile: String?
  ) throws {
    let file = passwordFile.map { #", "passwordFile": "\#($0)""# } ?? ""
    try post.configure(
      """
      {"url": "\(isTLS ? "smtps" : "smtp")://localhost:\(server.port)", "user": "jalon",
       "caFile": "\(certificates.authority)", "timeoutSeconds": 20\(file)}
      """)
  }

  /// Looks for the password, plain and as it travels, wherever Jalon writes.
  private func expectNoPassword(
    _ post: Post, _ outcome: Outcome, _ password: String = password
  ) async throws {
    let listing = try await post.run("mail", "--json")
    let database = try Data(contentsOf: post.installation.database)
    let plain = Data("\u{0}jalon\u{0}\(password)".utf8).base64EncodedString()
    let login = Data(password.utf8).base64EncodedString()
    for secret in [password, plain, login] {
      for text in [outcome.output, outcome.complaint, listing.output, listing.complaint] {
        #expect(!text.contains(secret))
      }
      #expect(database.range(of: Data(secret.utf8)) == nil)
    }
  }
}
