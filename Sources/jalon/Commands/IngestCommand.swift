import JalonCore
import JalonDisk
import JalonFormats
import JalonPages
import JalonRound

/// `jalon ingest`: what the daemon does with a file, from the shell.
struct IngestCommand: Command {
  static let help = CommandHelp(
    name: "ingest", summary: "Take report files from the shell, as the daemon does from a depot.",
    synopsis: "[--project ID] [--received-at INSTANT] FILE… [--json]", words: 1...100_000,
    options: [
      .init("--project", "ID", "whose files they are (default: what they say themselves)"),
      .init("--received-at", "INSTANT", "for history carried over, in order of receipt"),
      .init("--json", nil, "print an array of receipts"),
    ],
    details: "FILE may be '-' for standard input. The files stay where they are.\n"
      + "Exit status 1 when a file was rejected.",
    example: "jalon ingest --project SNAP3-017 remontee-T1.csv")

  /// How many files share one transaction.
  private static let batch = 256

  private let project: String?
  private let receivedAt: Instant?
  private let files: [[UInt8]]
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    project = try arguments.one("--project")
    receivedAt = try arguments.instant("--received-at")
    files = arguments.rawWords
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let notebook = try program.notebook()
    if let project {
      guard try notebook.versions.inForce(.project, project, nil) != nil else {
        throw try notebook.unknownProject(project)
      }
    } else {
      _ = try notebook.requireAdopted()
    }
    let intake = Intake(
      notebook, try program.archive(), program.world, telling: telling(program),
      quota: program.configuration.intake.projectQuotaBytes)
    warnOfFuture()
    var receipts: [Receipt] = []
    var next = 0
    while next < files.count {
      let some = files[next..<min(next + IngestCommand.batch, files.count)]
      let arrivals = try some.map {
        try arrival($0, limit: program.configuration.intake.maxFileBytes)
      }
      let filed = try intake.file(arrivals, now: Clock.now)
      receipts += filed.map(\.receipt)
      next += some.count
      Output.progress(next, of: files.count, "files")
    }
    try judge(receipts, program)
    try show(receipts, program)
    return receipts.contains { $0.status == .rejected } ? .finding : .done
  }

  /// Instants of a project never go back, so a year mistyped holds for all that comes after.
  private func warnOfFuture() {
    guard let receivedAt, receivedAt > Clock.now else { return }
    Output.complain(
      "jalon: \(receivedAt) is still to come: until then, all that these projects send "
        + "is received at that instant, too")
  }

  private func arrival(_ path: [UInt8], limit: Int) throws -> Arrival {
    let name = path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? path
    return Arrival(
      told: project, file: FileName.escaping(name), name: name,
      content: try ShellFile.read(path, limit: limit), receivedAt: receivedAt)
  }

  private func judge(_ receipts: [Receipt], _ program: Program) throws {
    // A duplicate may be the second try after the first was killed before it got here.
    let changed = Set(receipts.filter { $0.status != .rejected }.compactMap(\.project)).sorted()
    let evaluation = try program.evaluation(program.question(nil, nil))
    for start in stride(from: 0, to: changed.count, by: IngestCommand.batch) {
      let some = Array(changed[start..<min(start + IngestCommand.batch, changed.count)])
      _ = try evaluation.projects(
        some, recording: Recording(at: Clock.now, telling: telling(program)))
    }
  }

  /// History carried over is no news: the next evaluation tells what is left of it.
  private func telling(_ program: Program) -> TellingSettings? {
    receivedAt == nil ? program.telling : nil
  }

  private func show(_ receipts: [Receipt], _ program: Program) throws {
    let pages = receipts.map { ReceiptPage($0, in: program.language) }
    if isJSON {
      try Output.write(JSONText.array(pages.map(\.json)).indented)
    } else {
      try Output.write(pages.map(\.text).joined(separator: "\n"))
    }
  }
}
