import JalonCore
import JalonPages
import JalonRound

/// `jalon flags`: what is flagged, worst first.
struct FlagsCommand: Command {
  static let help = CommandHelp(
    name: "flags",
    summary: "List the projects whose next-phase funding should be withheld, worst first.",
    synopsis: "[--as-of D] [--known-at T] [--json]", words: 0...0,
    options: [
      .init("--as-of", "DATE", "the day to judge (default: today)"),
      .init("--known-at", "INSTANT", "judge with what had been received by then (default: now)"),
      .init("--json", nil, "print JSON"),
    ],
    details: "Worst first: the most money, then the oldest.",
    example: "jalon flags")

  private let asOf: Day?
  private let knownAt: Instant?
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    asOf = try arguments.day("--as-of")
    knownAt = try arguments.instant("--known-at")
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let question = program.question(asOf, knownAt)
    try program.notebook().requireAdopted()
    var flags: [Flag] = []
    var contradicted: [ContradictedGate] = []
    var overflowed: [String] = []
    let evaluation = try program.evaluation(question)
    try evaluation.all(recording: nil) { judged in
      for project in judged {
        guard let gates = try? project.gates.get() else {
          overflowed.append(project.plan.project.id)
          continue
        }
        flags += try gates.filter(\.isFlagged).map { gate in
          Flag(try evaluation.explain(project, gate.phase))
        }
        contradicted += gates.compactMap { ContradictedGate(project.plan.project.id, $0) }
      }
    }
    let page = FlagsPage(
      flags, contradicted: contradicted, asOf: question.asOf, knownAt: question.knownAt,
      in: program.language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
    return overflowed.isEmpty ? .done : Output.complainOfOverflow(overflowed)
  }
}

extension Output {
  /// Names the projects that could not be judged; the others were.
  static func complainOfOverflow(_ projects: [String]) -> ExitStatus {
    for id in projects.sorted() {
      complain("jalon: project \(id): a computed figure is too large to be exact")
    }
    return .internalError
  }
}
