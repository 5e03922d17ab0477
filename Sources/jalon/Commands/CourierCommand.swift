@preconcurrency import Dispatch
import Glibc
import JalonCore
import JalonFormats
import JalonRound
import JalonStore

/// `jalon courier`: sends what the outbox holds.
struct CourierCommand: Command {
  static let help = CommandHelp(
    name: "courier", summary: "Send what the outbox holds; reads nothing that a team wrote.",
    synopsis: "[--once]", words: 0...0,
    options: [.init("--once", nil, "send what is due now, and end")],
    details: "For a machine where 'serve --no-mail' has no network. SIGTERM and SIGINT stop it,\n"
      + "SIGHUP makes it read the configuration again.\n"
      + "With --once: exit status 1 when a message was refused for good, 75 when something waits\n"
      + "to be tried again.",
    example: "jalon courier --once")

  private let isOnce: Bool

  init(_ arguments: Arguments) { isOnce = arguments.has("--once") }

  func run(_ program: Program) throws -> ExitStatus {
    if isOnce { return try once(program) }
    try forever(program)
  }

  private func once(_ program: Program) throws -> ExitStatus {
    let connection = try program.connection()
    guard let lock = try Mailroom.lock(program.configuration) else {
      throw Failure(.tryAgain, "another courier works on \(program.configuration.state)")
    }
    let mailroom = Mailroom(connection, program.configuration)
    let summary = try withExtendedLifetime(lock) {
      let summary = try mailroom.round()
      try mailroom.tidy()
      return summary
    }
    if summary.refused > 0 { return .finding }
    return summary.postponed > 0 || summary.unavailable != nil ? .tryAgain : .done
  }

  private func forever(_ program: Program) throws -> Never {
    let service = try CourierService(program.configuration) { exitIfFatal($0) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    service.start()
    Log.info("courier ready: \(WayOut.shown(program.configuration))")
    while true {
      var number: Int32 = 0
      guard sigwait(&signals, &number) == 0 else { continue }
      guard number == SIGHUP else {
        service.stop { exit(ExitStatus.done.rawValue) }
        continue
      }
      do {
        let new = try ConfigurationFile.load(program.configurationFile).configuration
        service.reload(new)
        Log.notice("configuration read again")
      } catch {
        Log.error("the old configuration stays in force: \(Failure(error).message)")
      }
    }
  }
}
