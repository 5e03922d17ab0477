public import JalonCore

/// How the program runs, as its configuration file says it (SPEC §11); `{}` gives the defaults.
public struct Configuration: Hashable, Sendable {
  /// The state's folder.
  public var state = "./state"
  /// The portfolio's folder.
  public var portfolio = "./portfolio"
  /// The folder of the teams' doors.
  public var doors = "./doors"
  /// The zone that decides on which day an instant falls.
  public var timeZone = "Europe/Paris"
  /// The language of what people read.
  public var locale = Language.french
  /// How files are taken in.
  public var intake = Intake()
  /// How often alerts are said.
  public var alerts = Alerts()
  /// How mail leaves.
  public var mail = Mail()
  /// How decisions are made.
  public var decisions = Decisions()
  /// Where the pages are published.
  public var site = Site()

  /// The defaults.
  public init() {}

  /// How files are taken in.
  public struct Intake: Hashable, Sendable {
    /// The greatest size of a file.
    public var maxFileBytes = 20_000_000
    /// The most that one project may keep in the archive.
    public var projectQuotaBytes = 1_000_000_000
    /// The most files of one door that are read in a day.
    public var filesPerDay = 100_000
    /// How long a closed file has to stay unchanged.
    public var settle = Duration.seconds(2)
    /// How long a file found by a scan has to stay unchanged.
    public var scanSettle = Duration.seconds(60)
    /// How often every depot is scanned.
    public var rescan = Duration.seconds(60)
  }

  /// How often alerts are said.
  public struct Alerts: Hashable, Sendable {
    /// Days between repetitions.
    public var repeatDays = 7
    /// Days until the follow-up team hears of an overdue report.
    public var escalateDays = 15
    /// Days without evaluation that are an alert of their own.
    public var evaluationDays = 3
    /// How many days ahead a team is told what is due; 0 for not at all.
    public var dueSoonDays = 10
    /// Whether the follow-up team gets the portfolio on Mondays.
    public var digest = true
  }

  /// How mail leaves.
  public struct Mail: Hashable, Sendable {
    /// Where messages go.
    public enum Transport: String, CaseIterable, Sendable {
      /// Into a folder of the state.
      case maildir
      /// To a server.
      case smtp
    }

    /// Where messages go.
    public var transport = Transport.maildir
    /// The sender.
    public var from = "Jalon <jalon@localhost>"
    /// The server.
    public var smtp = Smtp()
  }

  /// The mail server.
  public struct Smtp: Hashable, Sendable {
    /// Whether the connection turns to TLS by STARTTLS.
    public enum StartTLS: String, CaseIterable, Sendable {
      /// Always; a server that does not offer it gets no mail.
      case required
      /// Never: for a relay on the same machine, and for `smtps:`.
      case never
    }

    /// `smtp:` or `smtps:`.
    public var url = "smtp://localhost:25"
    /// Whether the connection turns to TLS.
    public var startTLS = StartTLS.required
    /// Who signs in; `nil` for nobody.
    public var user: String?
    /// The file that holds the password.
    public var passwordFile: String?
    /// The certificates to trust instead of the system's.
    public var caFile: String?
    /// How long the server may take to connect and for each answer.
    public var timeout = Duration.seconds(60)
  }

  /// How decisions are made.
  public struct Decisions: Hashable, Sendable {
    /// Whether each waits for another user's confirmation.
    public var secondPerson = false
  }

  /// Where the pages are published.
  public struct Site: Hashable, Sendable {
    /// The address that links in messages begin with.
    public var url: String?
  }
}

extension Configuration {
  /// The configuration with relative paths read from a folder: the one its file is in.
  public func resolved(against folder: String) -> Configuration {
    var copy = self
    copy.state = joined(folder, state)
    copy.portfolio = joined(folder, portfolio)
    copy.doors = joined(folder, doors)
    copy.mail.smtp.passwordFile = mail.smtp.passwordFile.map { joined(folder, $0) }
    copy.mail.smtp.caFile = mail.smtp.caFile.map { joined(folder, $0) }
    return copy
  }
}

/// A path read from a folder: plain joining, `./` dropped, nothing looked up.
private func joined(_ folder: String, _ path: String) -> String {
  if path.hasPrefix("/") || folder.isEmpty { return path }
  var relative = path[...]
  while relative.hasPrefix("./") { relative = relative.dropFirst(2).drop { $0 == "/" } }
  if relative.isEmpty || relative == "." { return folder }
  return folder + (folder.hasSuffix("/") ? "" : "/") + relative
}
