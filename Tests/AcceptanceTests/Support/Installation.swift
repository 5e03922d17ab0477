import Foundation

/// A Jalon of its own in a scratch folder: configuration, portfolio, doors, state.
final class Installation: Sendable {
  let folder: URL

  /// The waiting times of most tests: short, so that a suite of them ends soon.
  static let quick = #"{"settleSeconds": 0, "scanSettleSeconds": 0.4, "rescanSeconds": 0.3}"#
  /// No look but the first, and the ones that something asks for.
  static let eventsOnly = #"{"settleSeconds": 0, "scanSettleSeconds": 0, "rescanSeconds": 3600}"#

  var configuration: URL { folder.appendingPathComponent("jalon.json") }
  var portfolio: URL { folder.appendingPathComponent("portfolio") }
  var doors: URL { folder.appendingPathComponent("doors") }
  var database: URL { folder.appendingPathComponent("state/jalon.sqlite") }

  init(intake: String = quick, locale: String = "en") throws {
    folder = Place.scratch.appendingPathComponent(UUID().uuidString)
    for path in ["portfolio/programmes", "portfolio/projects", "desk"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(path), withIntermediateDirectories: true)
    }
    try configure(#"{"locale": "\#(locale)", "intake": \#(intake)}"#)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// An installation in which the small portfolio is adopted.
  static func adopted(
    _ projects: [String] = ["A", "B"], intake: String = quick, locale: String = "en"
  ) async throws -> Installation {
    let installation = try Installation(intake: intake, locale: locale)
    try installation.draw(projects)
    let outcome = try await installation.adopt()
    guard outcome.status == 0 else { throw TooLate(description: outcome.complaint) }
    return installation
  }

  func configure(_ text: String) throws { try Data(text.utf8).write(to: configuration) }

  /// Writes the small programme, and projects of these ids.
  func draw(_ projects: [String]) throws {
    try draw("programmes/PRG.json", SmallPortfolio.programme)
    for id in projects { try draw("projects/\(id).json", SmallPortfolio.project(id)) }
  }

  /// Writes one file of the portfolio.
  func draw(_ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: portfolio.appendingPathComponent(path))
  }

  // MARK: Commands

  func run(
    _ arguments: String..., input: String? = nil, environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await run(arguments, input: input, environment: environment)
  }

  func run(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) async throws -> Outcome {
    let name = UUID().uuidString
    let output = folder.appendingPathComponent("desk/\(name).out")
    let complaint = folder.appendingPathComponent("desk/\(name).err")
    let running = try Running(
      ["--config", configuration.path] + arguments,
      input: input.map { try FileHandle(forReadingFrom: write($0, to: name + ".in")) },
      output: .create(output), complaint: .create(complaint), environment: environment,
      folder: folder)
    let status = try await running.end()
    return Outcome(
      status: status,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      complaint: String(decoding: try Data(contentsOf: complaint), as: UTF8.self))
  }

  @discardableResult
  func adopt(_ more: String...) async throws -> Outcome {
    try await run(["adopt", "--by", "C. Roux", "--reason", "essai"] + more)
  }

  /// Takes a report from the shell, and gives its receipt.
  func ingest(_ text: String, to project: String, at instant: String? = nil) async throws
    -> Receipt
  {
    let file = try write(text, to: UUID().uuidString + ".csv")
    let outcome = try await run(
      ["ingest", "--project", project, "--json", file.path]
        + (instant.map { ["--received-at", $0] } ?? []))
    guard let receipt = try outcome.json([Receipt].self).first else {
      throw TooLate(description: "no receipt: \(outcome.complaint)")
    }
    return receipt
  }

  /// Every gate, as `evaluate --json` prints it.
  func evaluate(_ more: String...) async throws -> Evaluation {
    try await run(["evaluate", "--json"] + more).json(Evaluation.self)
  }

  /// What SQLite's own shell says of the notebook.
  func query(_ sql: String, in file: URL? = nil) throws -> String {
    // Patient: the daemon may be committing at this moment.
    let words = ["-readonly", "-cmd", ".timeout 20000", (file ?? database).path, sql]
    return try Running.whole("/usr/bin/sqlite3", words).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  // MARK: Files

  /// Writes a file outside the depots.
  @discardableResult
  func write(_ text: String, to name: String) throws -> URL {
    let file = folder.appendingPathComponent("desk/\(name)")
    try Data(text.utf8).write(to: file)
    return file
  }
}
