import JalonCore
import JalonFormats
import JalonPages
import JalonRound

/// `jalon template`: the file that a team has to fill in.
struct TemplateCommand: Command {
  static let help = CommandHelp(
    name: "template", summary: "Print the file that a team has to fill in.",
    synopsis: "PROJECT [PERIOD] [--format csv|json]", words: 1...2,
    options: [.init("--format", "csv|json", "csv (default) is what French Excel opens")],
    details: "PERIOD is a month, quarter, half-year or year: what ends inside it and is still\n"
      + "expected. Without it: everything that is overdue or awaited today. The last known value\n"
      + "stands in the comment. Values left empty are left out when the file comes back.",
    example: "jalon template SNAP3-017 2021-Q1 > remontee-T1.csv")

  private let project: String
  private let period: Period?
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    project = arguments.words[0]
    let text = arguments.words.count > 1 ? arguments.words[1] : nil
    period = text.flatMap { PeriodNotation.read($0) }
    if let text, period == nil {
      throw Failure(.usage, "'\(text)' is not a period: write it as 2021-03, 2021-Q1 or 2021")
    }
    let format = try arguments.one("--format") ?? "csv"
    guard ["csv", "json"].contains(format) else {
      throw Failure(.usage, "--format '\(format)' is not known: use csv or json")
    }
    isJSON = format == "json"
  }

  func run(_ program: Program) throws -> ExitStatus {
    let question = program.question(nil, nil)
    guard
      let judged = try program.evaluation(question).projects([project], recording: nil).first
    else { return .internalError }
    let days = period.map { $0.start...$0.end }
    let missing = judged.plan.allMissing(knowing: judged.knowledge).filter { missing in
      days?.contains(missing.expected.end) ?? (missing.expected.end <= question.asOf)
    }
    let milestones = judged.plan.milestones.filter { milestone in
      judged.knowledge.milestones[milestone.id]?.reached == nil
        && days.map { milestone.due <= $0.upperBound } ?? true
    }
    let page = TemplatePage(
      judged.plan, knowing: judged.knowledge, missing: missing, milestones: milestones,
      in: program.language)
    try Output.write(isJSON ? page.json : page.csv)
    return .done
  }
}
