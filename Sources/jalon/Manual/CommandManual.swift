import JalonPages

/// jalon(1): every command, as its own help tells it.
enum CommandManual {
  static func page() -> ManualPage {
    var page = Manual.page(
      "jalon", section: 1, summary: "check reports of funded projects against their phase gates")
    page.section("SYNOPSIS")
    page.paragraph("`jalon` [`--config` FILE] COMMAND …")
    page.paragraph("`jalon` COMMAND `--help`")
    describe(&page)
    page.section("OPTIONS")
    add(CommandHelp.common[0], to: &page)
    page.term("--help", nil, "what the program, or a command, takes; with an example")
    page.term("--version", nil, "the program's version")
    page.section("COMMANDS")
    for help in everyHelp { add(help, to: &page) }
    page.section("EXIT STATUS")
    for status in ExitStatus.allCases {
      page.term(String(status.rawValue), nil, status.meaning)
    }
    surroundings(&page)
    Manual.seeAlso(&page, except: "jalon.1", and: [("systemctl", 1), ("sshd_config", 5)])
    return page
  }

  private static func describe(_ page: inout ManualPage) {
    page.section("DESCRIPTION")
    page.paragraph(
      "Jalon watches publicly funded projects that run in phases. The next phase's money is "
        + "released only when the milestones of the phase before are crossed and its indicators "
        + "have reached their minimum levels. Teams put report files into their depots; Jalon "
        + "checks them, answers each with a receipt, and flags every project whose next-phase "
        + "funding should be withheld.")
    page.paragraph(
      "The follow-up team writes the portfolio, a file for each programme and each project, and "
        + "makes it count with `jalon adopt`. The daemon, `jalon serve`, takes the files. "
        + "`jalon evaluate`, run each morning by a timer, judges the gates; `jalon flags`, "
        + "`jalon status` and `jalon explain` tell where they stand, and why. What the rules say "
        + "is a recommendation: the follow-up team decides, with `jalon decide`.")
    page.paragraph(
      "Commands may run beside the daemon, and beside each other. They need the rights of the "
        + "service's user: `sudo -u jalon jalon flags`.")
  }

  private static func add(_ help: CommandHelp, to page: inout ManualPage) {
    page.subsection(help.name)
    page.paragraph(help.summary)
    page.paragraph("`jalon \(help.name)` \(help.synopsis)")
    for option in help.options { add(option, to: &page) }
    if !help.details.isEmpty { page.paragraph(help.details) }
    page.example(help.example)
  }

  private static func add(_ option: CommandHelp.Option, to page: inout ManualPage) {
    page.term(option.name, option.value, option.text)
  }

  private static func surroundings(_ page: inout ManualPage) {
    page.section("SIGNALS")
    page.term(
      "SIGHUP", nil,
      "`serve` and `courier` read the configuration again. A wrong one is "
        + "refused with its errors, and the one before stays in force.")
    page.term("SIGTERM, SIGINT", nil, "`serve` and `courier` end what they are at, and stop.")
    page.section("ENVIRONMENT")
    page.term("JALON_CONFIG", nil, "The configuration, where `--config` does not name one.")
    page.term(
      "NOTIFY_SOCKET, WATCHDOG_USEC, CREDENTIALS_DIRECTORY", nil,
      "Set by systemd for its services.")
    page.section("FILES")
    page.term("/etc/jalon/jalon.json", nil, "The configuration: `jalon.json(5)`.")
    page.term(
      "STATE/jalon.sqlite", nil,
      "The notebook, the only source of truth. Never copy it by "
        + "other means than `jalon backup` while Jalon runs.")
    page.term("STATE/archive/", nil, "The bytes received, by SHA-256, accepted or not.")
    page.term("STATE/ledger.head", nil, "Where the ledger ends, so that a cut end shows.")
    page.term("STATE/mail/", nil, "A Maildir, unless a mail server is configured.")
    page.term(
      "DOORS/PROJECT/depot/", nil,
      "Where a project's team, and nobody else, writes: "
        + "`jalon-report(5)`.")
    page.term("DOORS/PROJECT/recepisses/", nil, "Where it reads its receipts.")
  }
}

extension ExitStatus {
  /// What it means to a script.
  var meaning: String {
    switch self {
    case .done: "Done."
    case .finding:
      "Done, with a finding that the command exists to report: errors of `check`, a refusal of "
        + "`adopt`, a rejection of `ingest`, a mismatch of `verify`, a flag of "
        + "`evaluate --exit-code`."
    case .usage: "The command line is wrong, or names what is not known."
    case .noInput: "A file that was named is not there."
    case .internalError: "An error of Jalon's own, or a figure too large to be exact."
    case .inputOutput: "A disk, a pipe or a server failed."
    case .tryAgain: "It may work later: something else holds what is needed."
    case .configuration: "The configuration is wrong, or nothing is adopted yet."
    }
  }
}
