import Foundation

/// An installation whose teams and follow-up team are late enough to be told: one message waits for
/// each of them.
struct Post {
  /// Who follows the programme.
  static let followUp = "suivi@example.fr"
  /// The text of the sender's mailbox.
  static let sender = "jalon@example.gouv.fr"

  let installation: Installation
  /// Those for whom a message waits.
  let recipients: [String]

  /// Queues a message for each of so many teams, and one for the follow-up team.
  init(teams: Int) async throws {
    installation = try Installation()
    try installation.draw("programmes/PRG.json", SmallPortfolio.programme)
    var recipients = [Post.followUp]
    for number in 1...teams {
      recipients.append(Post.team(number))
      try installation.draw(
        "projects/P\(number).json",
        SmallPortfolio.project("P\(number)")
          .replacing("equipe@example.fr", with: Post.team(number)))
    }
    self.recipients = recipients.sorted()
    try configure("{}")
    for outcome in [try await installation.adopt(), try await installation.run("evaluate")] {
      guard outcome.status == 0 else { throw TooLate(description: outcome.complaint) }
    }
  }

  /// A team's address.
  static func team(_ number: Int) -> String { "equipe\(number)@example.fr" }

  /// Sends by a server from now on; `smtp` is JSON.
  func configure(_ smtp: String) throws {
    try installation.configure(
      """
      {"locale": "en", "alerts": {"digest": false},
       "mail": {"transport": "smtp", "from": "Jalon <\(Post.sender)>", "smtp": \(smtp)}}
      """)
  }

  /// Sends by a server without encryption from now on.
  func configure(port: Int) throws {
    try configure(
      #"{"url": "smtp://127.0.0.1:\#(port)", "startTLS": "never", "timeoutSeconds": 20}"#)
  }

  /// Runs a command, some days from now by `libfaketime`.
  func run(_ words: String..., daysAhead: Int = 0, environment: [String: String] = [:]) async throws
    -> Outcome
  {
    // The dynamic linker puts the machine's own folder for $LIB.
    let clock = [
      "LD_PRELOAD": "/usr/$LIB/faketime/libfaketime.so.1", "FAKETIME": "+\(daysAhead)d",
      "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    ]
    return try await installation.run(
      words, environment: environment.merging(daysAhead == 0 ? [:] : clock) { $1 })
  }

  /// What `jalon mail --json` tells.
  func outbox() async throws -> Outbox {
    try await installation.run("mail", "--json").json(Outbox.self)
  }

  /// A message as it is sent.
  func shown(_ number: Int) async throws -> [UInt8] {
    Array(try await installation.run("mail", "--show", "\(number)", "--raw").output.utf8)
  }
}

/// What `jalon mail --json` prints.
struct Outbox: Decodable {
  struct Counts: Decodable, Equatable {
    let waiting, sent, failed: Int

    init(waiting: Int = 0, sent: Int = 0, failed: Int = 0) {
      (self.waiting, self.sent, self.failed) = (waiting, sent, failed)
    }
  }

  struct Line: Decodable {
    let id: Int
    let state, to, subject: String
    let attempts: Int
    let reply: String?
  }

  let counts: Counts
  let waiting, failed: [Line]
}
