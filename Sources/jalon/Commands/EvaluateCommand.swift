import JalonCore
import JalonPages
import JalonRound

/// `jalon evaluate`: judges the gates, and records what changed.
struct EvaluateCommand: Command {
  static let help = CommandHelp(
    name: "evaluate", summary: "Judge the gates, and record changes of recommendation.",
    synopsis: "[--as-of D] [--known-at T] [--project ID]… [--json] [--exit-code] [--dry-run]",
    words: 0...0,
    options: [
      .init("--as-of", "DATE", "the day to judge (default: the civil day of what is known)"),
      .init("--known-at", "INSTANT", "judge with what had been received by then (default: now)"),
      .init("--project", "ID", "only this project; may be repeated"),
      .init("--json", nil, "print every gate and criterion as JSON"),
      .init("--exit-code", nil, "exit with status 1 when a gate is flagged"),
      .init("--dry-run", nil, "record nothing"),
    ],
    details: "With --known-at, or --as-of another day than today, past or future, it only prints.\n"
      + "Safe to run beside the daemon.",
    example: "jalon evaluate --as-of 2021-07-20 --project SNAP3-017 --json")

  private let asOf: Day?
  private let knownAt: Instant?
  private let projects: [String]
  private let isJSON: Bool
  private let tellsByExitCode: Bool
  private let isDryRun: Bool

  init(_ arguments: Arguments) throws(Failure) {
    asOf = try arguments.day("--as-of")
    knownAt = try arguments.instant("--known-at")
    projects = arguments.all("--project")
    isJSON = arguments.has("--json")
    tellsByExitCode = arguments.has("--exit-code")
    isDryRun = arguments.has("--dry-run")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let question = program.question(asOf, knownAt)
    let recording =
      question.isPresent && !isDryRun
      ? Recording(at: Clock.now, telling: program.telling) : nil
    let notebook = try program.notebook()
    try notebook.requireAdopted()
    let evaluation = try program.evaluation(question)
    var run = EvaluationRun(isJSON: isJSON)
    let made: Evaluation
    if projects.isEmpty {
      let count = try notebook.versions.latestDigests(.project).count
      made = try evaluation.all(recording: recording) { judged in
        run.take(judged)
        Output.progress(run.projects, of: count, "projects")
      }
    } else {
      made = try evaluation.some(Set(projects).sorted(), recording: recording) { run.take($0) }
    }
    try run.show(made, in: program.language)
    if !run.overflowed.isEmpty { return Output.complainOfOverflow(run.overflowed) }
    return tellsByExitCode && run.flagged > 0 ? .finding : .done
  }
}

extension Notebook {
  /// Tells those who ask about projects where there are none yet.
  ///
  /// - Throws: ``RoundError/nothingAdopted``.
  func requireAdopted() throws {
    guard try !submissions.nextProjects(0, 1, nil).isEmpty else { throw RoundError.nothingAdopted }
  }
}
