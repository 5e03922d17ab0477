import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonStore

/// `jalon mail`: what waits, and what failed.
struct MailCommand: Command {
  static let help = CommandHelp(
    name: "mail", summary: "Show what waits to be sent, and what could not be.",
    synopsis: "[--to ADDRESS] [--json] | --show N [--raw] | --retry N|all | --test ADDRESS",
    words: 0...0,
    options: [
      .init("--to", "ADDRESS", "every message to an address, sent ones too, latest first"),
      .init("--json", nil, "print JSON"),
      .init("--show", "N", "print what a message says"),
      .init("--raw", nil, "with --show: print it as it is sent, every byte"),
      .init("--retry", "N|all", "try a message again that was refused or given up; or all of them"),
      .init("--test", "ADDRESS", "send a test message now, and say what became of it"),
    ],
    details: "With --test: exit status 1 when the message was refused, 75 when it may work later.",
    example: "jalon mail --test prenom.nom@example.gouv.fr")

  /// How many messages of each kind are listed.
  private static let limit = 100
  /// How many one `--retry all` puts back.
  private static let retryLimit = 10_000

  private enum Request {
    case list(isJSON: Bool)
    case listAll(to: String, isJSON: Bool)
    case show(Int64, isRaw: Bool)
    case retry(Int64?)
    case test(String)
  }

  private let request: Request

  init(_ arguments: Arguments) throws(Failure) {
    let given = ["--to", "--show", "--retry", "--test"].filter(arguments.given)
    guard given.count < 2 else {
      throw Failure(.usage, "one at a time: \(given.joined(separator: ", "))")
    }
    if let text = try arguments.one("--show") {
      request = .show(try MailCommand.number(text), isRaw: arguments.has("--raw"))
    } else if let text = try arguments.one("--retry") {
      request = .retry(text == "all" ? nil : try MailCommand.number(text))
    } else if let address = try arguments.one("--test") {
      guard isMailAddress(address) else {
        throw Failure(.usage, "--test '\(address)' is not an address: write name@example.org")
      }
      request = .test(address)
    } else if let address = try arguments.one("--to") {
      request = .listAll(to: address, isJSON: arguments.has("--json"))
    } else {
      request = .list(isJSON: arguments.has("--json"))
    }
  }

  private static func number(_ text: String) throws(Failure) -> Int64 {
    guard let number = Int64(text), number > 0 else {
      throw Failure(.usage, "'\(text)' is not a message's number: jalon mail lists them")
    }
    return number
  }

  func run(_ program: Program) throws -> ExitStatus {
    switch request {
    case .list(let isJSON): try list(program, isJSON: isJSON)
    case .listAll(let address, let isJSON): try listAll(to: address, program, isJSON: isJSON)
    case .show(let number, let isRaw): try show(number, isRaw: isRaw, program)
    case .retry(let number): try retry(number, program)
    case .test(let address): return try test(address, program)
    }
    return .done
  }

  private func list(_ program: Program, isJSON: Bool) throws {
    let outbox = try program.connection().outbox
    let counts = try outbox.counts()
    let page = OutboxPage(
      waiting: try outbox.waiting(limit: MailCommand.limit).map(OutboxLine.init),
      failed: try outbox.failed(limit: MailCommand.limit).map(OutboxLine.init),
      counts: (
        waiting: counts[.waiting] ?? 0, sent: counts[.sent] ?? 0,
        failed: (counts[.refused] ?? 0) + (counts[.expired] ?? 0)
      ), in: program.language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
  }

  private func listAll(to address: String, _ program: Program, isJSON: Bool) throws {
    let messages = try program.connection().outbox
      .messages(to: address, limit: MailCommand.limit).map(OutboxLine.init)
    let language = program.language
    if isJSON {
      try Output.write(OutboxPage.json(messages, to: address, in: language).indented)
    } else {
      try Output.write(
        OutboxPage.text(messages, to: address, width: Output.width, in: language))
    }
  }

  private func show(_ number: Int64, isRaw: Bool, _ program: Program) throws {
    let outbox = try program.connection().outbox
    guard let record = try outbox.message(number) else { throw MailCommand.unknown(number) }
    guard let content = try outbox.content(number) else {
      throw Failure(.noInput, "message \(number) was sent long ago: its text is not kept any more")
    }
    guard !isRaw, let text = ReadableMail.text(of: content) else {
      return try Output.write(content)
    }
    let figures = Figures(program.language)
    let head = [
      figures.say("À", "To") + figures.colon + record.recipient,
      figures.say("Objet", "Subject") + figures.colon + record.subject,
      "Date" + figures.colon + figures.moment(record.queuedAt), "", "",
    ]
    try Output.write(head.joined(separator: "\n") + text)
  }

  private func retry(_ number: Int64?, _ program: Program) throws {
    let connection = try program.connection()
    let numbers =
      try number.map { [$0] }
      ?? connection.outbox.failed(limit: MailCommand.retryLimit).map(\.number)
    let now = Clock.now
    let count = try connection.write { () throws(StoreError) in
      var count = 0
      for number in numbers where try connection.outbox.retry(number, at: now) { count += 1 }
      return count
    }
    guard count > 0 || number == nil else {
      guard let number, try connection.outbox.message(number) != nil else {
        throw MailCommand.unknown(number ?? 0)
      }
      throw Failure(.usage, "message \(number) is neither refused nor given up: it needs no retry")
    }
    let figures = Figures(program.language)
    try Output.write(
      figures.count(
        count, ("message remis en attente", "messages remis en attente"),
        ("message waits again", "messages wait again")) + "\n")
  }

  private static func unknown(_ number: Int64) -> Failure {
    Failure(.usage, "there is no message \(number): jalon mail lists them")
  }

  /// Sent at once and not kept: it is about the way out, not about any project.
  private func test(_ address: String, _ program: Program) throws -> ExitStatus {
    let now = Clock.now
    let frame = MessageFrame(
      from: program.configuration.mail.from, now: now, day: Clock.day(now),
      language: program.language, site: program.configuration.site.url)
    let message = LetterPage(frame).test(to: address)
    let outcome = try WayOut(program.configuration).deliver(
      QueuedMessage(
        number: 0, messageID: message.messageID, recipient: address, attempts: 0,
        waitingSince: now), message.bytes)
    let figures = Figures(program.language)
    switch outcome {
    case .sent(let reply):
      try Output.write(
        figures.say("Message d’essai envoyé à \(address) : ", "Test message sent to \(address): ")
          + reply + "\n")
      return .done
    case .refused(_, let reply): throw Failure(.finding, "refused: \(reply)")
    case .postponed(_, let reply), .interrupted(_, let reply), .unavailable(_, let reply):
      throw Failure(.tryAgain, reply)
    }
  }
}

extension OutboxLine {
  init(_ record: MessageRecord) {
    let state: State =
      switch record.state {
      case .waiting: .waiting
      case .sent: .sent
      case .refused: .refused
      case .expired: .expired
      }
    self.init(
      number: record.number, state: state, recipient: record.recipient, subject: record.subject,
      queuedAt: record.queuedAt, attempts: record.attempts,
      nextAt: record.state == .waiting ? record.nextAt : nil, reply: record.reply)
  }
}
