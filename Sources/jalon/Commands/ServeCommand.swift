/// `jalon serve`: the daemon.
struct ServeCommand: Command {
  static let help = CommandHelp(
    name: "serve", summary: "Run the daemon: take what teams put into their depots.",
    synopsis: "[--no-mail]", words: 0...0,
    options: [
      .init("--no-mail", nil, "leave mail to 'jalon courier': this process needs no network")
    ],
    details: "SIGTERM and SIGINT stop it, SIGHUP makes it read the configuration again.\n"
      + "It logs to standard error, one line a fact, with journald's priorities.",
    example: "jalon --config /etc/jalon/jalon.json serve --no-mail")

  private let sendsMail: Bool

  init(_ arguments: Arguments) { sendsMail = !arguments.has("--no-mail") }

  func run(_ program: Program) throws -> ExitStatus {
    do {
      try Daemon(program, sendsMail: sendsMail).run()
    } catch {
      // In the log as any other error of the daemon's.
      let failure = Failure(error)
      Log.error("cannot start: \(failure.message)")
      return failure.status
    }
  }
}
