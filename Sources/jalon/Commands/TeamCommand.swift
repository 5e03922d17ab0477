import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonPages
import JalonRound

/// `jalon team`: makes the doors of teams and officers, and looks for what is wrong with them.
struct TeamCommand: Command {
  static let help = CommandHelp(
    name: "team", summary: "Set up the doors of teams and officers, or look for what is wrong.",
    synopsis: "add|check [PROJECT…] [--officer NAME]…", words: 1...10_000,
    options: [
      .init("--officer", "NAME", "the door of an officer of the follow-up team, by account"),
      .init("--make", nil, "add: make the folders, as root, instead of printing the commands"),
      .init("--account", "NAME", "add: the account's name, where it cannot be the project's id"),
      .init("--web", nil, "add: the team comes by HTTPS alone, without an account here"),
      .init("--user", "NAME", "the account that Jalon runs as (default: jalon)"),
      .init("--json", nil, "check: print JSON"),
    ],
    details:
      "add prints what an administrator runs, in order; Jalon makes no accounts. check looks at\n"
      + "these doors, or at all; each finding comes with the command that mends it, and makes the\n"
      + "exit status 1. docs/doors.md tells the whole of it.",
    example: "jalon team add SNAP3-017 | sudo sh; sudo jalon team check")

  /// Longer names are refused by `useradd`, and those of digits alone are taken for numbers.
  private static let accountLimit = 32

  private let adds: Bool
  private let holders: [DoorHolder]
  private let makes: Bool
  private let isWeb: Bool
  private let account: String?
  private let service: String
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    let verb = arguments.words.first ?? ""
    guard ["add", "check"].contains(verb) else {
      throw Failure(.usage, "team '\(verb)'? add or check (\(Self.help.usageLine))")
    }
    adds = verb == "add"
    (makes, isWeb) = (arguments.has("--make"), arguments.has("--web"))
    isJSON = arguments.has("--json")
    account = try arguments.one("--account")
    service = try arguments.one("--user") ?? "jalon"
    holders = try Self.holders(Array(arguments.words.dropFirst()), arguments.all("--officer"))
    try Self.checkUse(arguments, adds: adds, holders, account)
  }

  private static func holders(
    _ projects: [String], _ officers: [String]
  ) throws(Failure) -> [DoorHolder] {
    for project in projects where !isProjectID(project) {
      throw Failure(
        .usage, "'\(project)' is not a project's id: letters, digits and hyphens, 40 at most")
    }
    for officer in officers where !isAccountName(officer) {
      throw Failure(.usage, "'\(officer)' is not an account's name: as useradd takes them")
    }
    return projects.map(DoorHolder.team) + officers.map(DoorHolder.officer)
  }

  private static func checkUse(
    _ arguments: Arguments, adds: Bool, _ holders: [DoorHolder], _ account: String?
  ) throws(Failure) {
    let foreign = adds ? ["--json"] : ["--make", "--account", "--web"]
    if let option = foreign.first(where: arguments.given) {
      throw Failure(.usage, "team \(adds ? "add" : "check") takes no \(option)")
    }
    guard adds else { return }
    guard !holders.isEmpty else { throw Failure(.usage, "whose door? name projects, or --officer") }
    if let account {
      guard holders.count == 1, !arguments.has("--web") else {
        throw Failure(.usage, "--account names the account of one project, and not with --web")
      }
      guard isAccountName(account) else {
        throw Failure(.usage, "'\(account)' is not an account's name: as useradd takes them")
      }
    }
    if arguments.has("--web"), holders.contains(where: { $0.officer != nil }) {
      throw Failure(.usage, "an officer comes by SFTP, with an account: no --web")
    }
  }

  /// What `useradd` takes, a little more strictly: 32 characters, and not digits alone, which
  /// `chown` would take for a number.
  private static func isAccountName(_ text: String) -> Bool {
    let isFirst = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "_")
    }
    let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return (1...accountLimit).contains(text.utf8.count) && !isNumber
      && (text.utf8.first.map(isFirst) ?? false)
      && text.utf8.allSatisfy { isFirst($0) || "-.".utf8.contains($0) }
  }

  func run(_ program: Program) throws -> ExitStatus {
    guard let terms = Accounts.terms(service: service) else {
      throw Failure(
        .configuration,
        "there is no account '\(service)' on this machine for Jalon to run as: make it, or name "
          + "it with --user")
    }
    let doors = "/" + program.configuration.doors.split(separator: "/").joined(separator: "/")
    let survey = DoorSurvey(doors: doors, adopted: try Self.adopted(program))
    if adds { return try add(survey, terms, program) }
    do {
      return try check(survey, terms, program)
    } catch let error as DiskError where error.code == EACCES {
      throw Failure(.inputOutput, "\(error). Root sees all of it: sudo jalon team check")
    }
  }

  /// The adopted projects; `nil` where there is no notebook yet.
  ///
  /// It is not made here: root's would be closed to Jalon.
  private static func adopted(_ program: Program) throws -> Set<String>? {
    guard access(program.configuration.state + "/jalon.sqlite", F_OK) == 0 else { return nil }
    return Set(try program.notebook().versions.latestDigests(.project).keys)
  }

  // MARK: Check

  private func check(
    _ survey: DoorSurvey, _ terms: DoorTerms, _ program: Program
  ) throws -> ExitStatus {
    let check = DoorCheck(terms)
    let looked = holders.isEmpty ? try survey.holders() : holders
    let facts = try looked.map(survey.facts)
    let way = try survey.way()
    let officers = try DoorSurvey.facts(survey.doors + "/" + DoorHolder.officersFolder)
    let hasOfficers = looked.contains { $0.officer != nil }
    guard let root = way.last else { return .internalError }
    var findings = check.groups(for: looked)
    findings += check.way(hasOfficers ? way + [officers] : way)
    findings += check.staging(
      try DoorSurvey.facts(survey.doors + "/" + DoorTerms.stagingFolder), beside: root)
    for door in facts { findings += check.door(door, in: root) }
    findings += check.shared(facts)
    let page = DoorFindingsPage(findings, doors: looked.count, in: program.language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
    return findings.isEmpty ? .done : .finding
  }

  // MARK: Add

  private func add(
    _ survey: DoorSurvey, _ terms: DoorTerms, _ program: Program
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    for holder in holders {
      if let project = holder.project, let adopted = survey.adopted, !adopted.contains(project) {
        let near = nearestName(to: project, among: adopted.sorted())
        let hint = near.map { "; did you mean '\($0)'?" } ?? ""
        Output.complain("note: no project '\(project)' is adopted yet\(hint)")
      }
      let name = isWeb ? nil : account ?? holder.name
      if let name, !Self.isAccountName(name) {
        throw Failure(
          .usage, "'\(name)' cannot be an account's name: choose another one with --account")
      }
      let page = DoorSetupPage(
        holder, in: survey.doors, account: name, terms: terms, language: program.language)
      guard makes else {
        try Output.write(page.script)
        continue
      }
      let making = DoorMaking(survey.doors, terms)
      if try !making.make(holder, account: name, page) { status = .finding }
    }
    return status
  }
}
