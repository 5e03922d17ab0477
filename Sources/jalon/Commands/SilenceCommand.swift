import JalonCore
import JalonPages
import JalonRound
import JalonStore

/// `jalon silence`: keeps some alerts from being told, for a time and a reason.
struct SilenceCommand: Command {
  static let help = CommandHelp(
    name: "silence", summary: "Keep some alerts from being told until a day, with a reason.",
    synopsis: "[--project ID] [--programme ID] [--kind KIND] --until D --by WHO --reason WHY",
    words: 0...0,
    options: [
      .init("--project", "ID", "only alerts about this project"),
      .init("--programme", "ID", "only alerts about this programme's projects"),
      .init("--kind", "KIND", "only alerts of this kind, such as report-overdue"),
      .init("--until", "DATE", "the last silent day, at most a year from now"),
      .init("--end", "NUMBER", "end this silence now, instead"),
      .init("--by", "WHO", "who asks"), .init("--reason", "WHY", "why"),
    ],
    details: "At least one of project, programme and kind; what falls under all those given is\n"
      + "silent. When a silence ends, one message sums up what it hid.\n"
      + "Kinds: " + AlertKind.allCases.map(\.rawValue).joined(separator: ", ") + ".",
    example: "jalon silence --project SNAP3-017 --until 2021-08-31 --by 'C. Roux' --reason congés")

  private static let longestDays = 366

  private enum Request {
    case begin(project: String?, programme: String?, kind: AlertKind?, until: Day)
    case end(Int64)
  }

  private let request: Request
  private let author: Author

  init(_ arguments: Arguments) throws(Failure) {
    author = Author(
      name: try arguments.needed("--by", for: "who asks is kept for good"), user: Program.user,
      reason: try arguments.needed("--reason", for: "why is kept for good"))
    let scope = ["--project", "--programme", "--kind"]
    if let number = try arguments.one("--end") {
      guard let number = Int64(number), (scope + ["--until"]).allSatisfy({ !arguments.given($0) })
      else {
        throw Failure(
          .usage, "--end takes the number of a silence alone: jalon silences lists them")
      }
      request = .end(number)
      return
    }
    guard scope.contains(where: arguments.given) else {
      throw Failure(
        .usage, "say what is silent: --project, --programme or --kind; never everything at once")
    }
    guard let until = try arguments.day("--until") else {
      throw Failure(.usage, "--until is needed: a silence has an end")
    }
    request = .begin(
      project: try arguments.one("--project"), programme: try arguments.one("--programme"),
      kind: try SilenceCommand.kind(try arguments.one("--kind")), until: until)
  }

  private static func kind(_ text: String?) throws(Failure) -> AlertKind? {
    guard let text else { return nil }
    if let kind = AlertKind(rawValue: text) { return kind }
    let known = AlertKind.allCases.map(\.rawValue)
    let hint = nearestName(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Failure(.usage, "no kind of alert '\(text)'\(hint)")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let notebook = try program.notebook()
    let now = Clock.now
    switch request {
    case .begin(let project, let programme, let kind, let until):
      try check(project, programme, until: until, notebook, now)
      let silence = Silence(
        number: 0, project: project, programme: programme, kind: kind, until: until,
        reason: author.reason, by: author.name, user: author.user, at: now)
      try begin(silence, program, notebook)
    case .end(let number): try end(number, program, notebook, now)
    }
    return .done
  }

  private func check(
    _ project: String?, _ programme: String?, until: Day, _ notebook: Notebook, _ now: Instant
  ) throws {
    let today = Clock.day(now)
    guard until >= today, until <= today.adding(days: SilenceCommand.longestDays) else {
      throw Failure(.usage, "--until \(until): a silence ends between today and a year from now")
    }
    if let project, try notebook.versions.inForce(.project, project, nil) == nil {
      throw try notebook.unknownProject(project)
    }
    guard let programme else { return }
    let known = try notebook.versions.latestDigests(.programme).keys.sorted()
    guard !known.contains(programme) else { return }
    let hint = nearestName(to: programme, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Failure(.usage, "no programme '\(programme)' is adopted\(hint)")
  }

  private func begin(_ asked: Silence, _ program: Program, _ notebook: Notebook) throws {
    let connection = try program.connection()
    var silence = asked
    try notebook.write {
      // Asked for again after a crash, it is there once.
      if let same = try connection.silences.running(on: Clock.day(asked.at)).first(where: {
        $0.says(asked)
      }) {
        return silence = same
      }
      silence.number = try connection.silences.add(silence)
      try notebook.appendToLedger(
        "silence", silence.project ?? "", LedgerPage.silence(silence), silence.at)
    }
    let page = SilencesPage(
      [SilenceLine(silence, ended: nil)], asOf: Clock.day(silence.at), in: program.language)
    try Output.write(page.text(width: Output.width))
  }

  private func end(
    _ number: Int64, _ program: Program, _ notebook: Notebook, _ now: Instant
  ) throws {
    let connection = try program.connection()
    try notebook.write {
      let end = SilenceEnd(at: now, by: author.name, user: author.user, reason: author.reason)
      guard try connection.silences.end(number, end, on: Clock.day(now)) else {
        throw Failure(.usage, "no silence \(number) is running: jalon silences lists them")
      }
      try notebook.appendToLedger(
        "silence-end", "",
        LedgerPage.silenceEnd(number, by: author.name, user: author.user, reason: author.reason),
        now)
    }
  }
}
