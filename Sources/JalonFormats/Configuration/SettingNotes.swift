import JalonCore

extension ConfigurationKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .state:
      .value(
        .path, default: "\"./state\"",
        "Where Jalon keeps what it knows: the notebook, the archive of the files received, the mail "
          + "that waits. Only the service's user should be able to read it.")
    case .portfolio:
      .value(
        .path, default: "\"./portfolio\"",
        "The folder of programmes and projects. It is a draft: nothing in it counts before "
          + "\"jalon adopt\".")
    case .doors:
      .value(
        .path, default: "\"./doors\"",
        "The folder in which each project has a depot, where its team writes, and its receipts. "
          + "It belongs outside of \"state\".")
    case .timeZone:
      .value(
        .timeZone, default: "\"Europe/Paris\"", "The zone that decides on which day a file came.")
    case .locale:
      .value(
        .word(Language.allCases.map(\.rawValue)), default: "\"fr\"",
        "The language of receipts, messages and pages. This manual, the help and the log are "
          + "English.")
    case .intake: .object(IntakeKey.self)
    case .alerts: .object(AlertsKey.self)
    case .mail: .object(MailKey.self)
    case .decisions: .object(DecisionsKey.self)
    case .site: .object(SiteKey.self)
    }
  }
}

extension IntakeKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .maxFileBytes:
      .value(
        .whole(1_000...1_000_000_000), default: "20000000",
        "The greatest size of a report file. A larger one is refused; its hash and size are kept.")
    case .projectQuotaBytes:
      .value(
        .whole(1_000...1_000_000_000_000_000), default: "1000000000",
        "How many bytes one project may keep in the archive. A file for which there is no room left "
          + "is refused; its hash and size are kept.")
    case .filesPerDay:
      .value(
        .whole(1...10_000_000), default: "100000",
        "How many files of one door are read in a day. The next ones wait in the depot.")
    case .settleSeconds:
      .value(
        .seconds(Quantity(0)...Quantity(3_600)), default: "2",
        "How long a file that its writer has closed has to stay unchanged before it is taken. A "
          + "file renamed into the depot is taken at once.")
    case .scanSettleSeconds:
      .value(
        .seconds(Quantity(0)...Quantity(3_600)), default: "60",
        "The same for a file that nobody saw being closed, and for one whose last line has no end.")
    case .rescanSeconds:
      .value(
        .seconds(Quantity(micros: 100_000)...Quantity(86_400)), default: "60",
        "How often every depot is looked through for what the system did not tell.")
    }
  }
}

extension AlertsKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .repeatDays:
      .value(.whole(1...3_650), default: "7", "Days after which an alert that lasts is told again.")
    case .escalateDays:
      .value(
        .whole(0...3_650), default: "15",
        "Days after which an overdue report, told to the team at once, is told to those who "
          + "follow the project.")
    case .evaluationDays:
      .value(
        .whole(1...3_650), default: "3",
        "Days without an evaluation after which those who follow the projects are told so.")
    case .dueSoonDays:
      .value(
        .whole(0...365), default: "10",
        "How many days ahead a team is told what is due; 0 for not at all.")
    case .digest:
      .value(
        .truth, default: "true",
        "Whether those who follow the projects get the whole portfolio on Mondays.")
    }
  }
}

extension MailKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .transport:
      .value(
        .word(Configuration.Mail.Transport.allCases.map(\.rawValue)), default: "\"maildir\"",
        "Where messages go: into the Maildir \"mail\" inside \"state\", so that nothing leaves "
          + "the machine, or to the server of \"mail.smtp\".")
    case .from:
      .value(
        .sender, default: "\"Jalon <jalon@localhost>\"",
        "The sender, and where a server returns what it cannot deliver: a mailbox that somebody "
          + "reads.")
    case .smtp: .object(SmtpKey.self)
    }
  }
}

extension SmtpKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .url:
      .value(
        .url(["smtp://", "smtps://"]), default: "\"smtp://localhost:25\"",
        "The mail server and its port. With smtps:// the connection is TLS from its first byte.")
    case .startTLS:
      .value(
        .word(Configuration.Smtp.StartTLS.allCases.map(\.rawValue)), default: "\"required\"",
        "Whether a smtp:// connection turns to TLS before anything is said. With \"required\" a "
          + "server that does not offer it gets no mail; \"never\" is for a relay on the same "
          + "machine.")
    case .user:
      .value(.line, default: nil, "Who signs in at the server. Absent: nobody does.")
    case .passwordFile:
      .value(
        .path, default: nil,
        "The file whose first line is the password. Absent: systemd's credential "
          + "\"smtp-password\" (LoadCredential= of jalon-courier.service).")
    case .caFile:
      .value(
        .path, default: nil,
        "The certificates to trust, in PEM, instead of the system's.")
    case .timeoutSeconds:
      .value(
        .seconds(Quantity(1)...Quantity(600)), default: "60",
        "How long the server may take to connect, and for each answer.")
    }
  }
}

extension DecisionsKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .secondPerson:
      .value(
        .truth, default: "false",
        "Whether a decision, waiver, contest or expunction waits without effect until another "
          + "user confirms it (\"jalon confirm\").")
    }
  }
}

extension SiteKey: ExplainedKey {
  var note: SettingNote {
    switch self {
    case .url:
      .value(
        .url(["https://", "http://"]), default: nil,
        "The address of the pages, to which messages link. Absent: no link.")
    }
  }
}
