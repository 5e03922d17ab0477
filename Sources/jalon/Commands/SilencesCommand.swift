import JalonPages
import JalonStore

/// `jalon silences`: what is not told, until when, and why.
struct SilencesCommand: Command {
  static let help = CommandHelp(
    name: "silences", summary: "List the silences: what is not told, until when, and why.",
    synopsis: "[--all] [--json]", words: 0...0,
    options: [
      .init("--all", nil, "those that are over, too"), .init("--json", nil, "print JSON"),
    ],
    example: "jalon silences")

  private static let limit = 1_000

  private let isWhole: Bool
  private let isJSON: Bool

  init(_ arguments: Arguments) {
    isWhole = arguments.has("--all")
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let day = Clock.day(Clock.now)
    let records = try program.connection().silences.all(limit: SilencesCommand.limit)
      .filter { isWhole || $0.isRunning(on: day) }
    let page = SilencesPage(
      records.map { record in
        SilenceLine(record.silence, ended: record.end.map { ($0.at, $0.by, $0.reason) })
      }, asOf: day, in: program.language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
    return .done
  }
}
