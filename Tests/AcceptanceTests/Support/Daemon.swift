import Foundation

/// A running daemon, stopped at the end of the test.
struct Daemon {
  let installation: Installation
  let running: Running
  private let logFile: URL

  /// Starts a daemon, waits until it is ready, and ends it after the body.
  static func serving(
    _ installation: Installation, sendsMail: Bool = false, environment: [String: String] = [:],
    _ body: (Daemon) async throws -> Void
  ) async throws {
    let daemon = try Daemon(installation, sendsMail: sendsMail, environment: environment)
    try await daemon.logs("ready")
    try await body(daemon)
    if daemon.running.isRunning { _ = try await daemon.end(SIGTERM) }
  }

  init(
    _ installation: Installation, sendsMail: Bool = false, environment: [String: String] = [:]
  ) throws {
    self.installation = installation
    logFile = installation.folder.appendingPathComponent("desk/\(UUID().uuidString).log")
    running = try Running(
      ["--config", installation.configuration.path, "serve"] + (sendsMail ? [] : ["--no-mail"]),
      output: .nullDevice, complaint: .create(logFile), environment: environment)
  }

  /// Its log so far.
  var log: [String] {
    get throws {
      String(decoding: try Data(contentsOf: logFile), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }
  }

  /// Waits for a log line that contains a text, and gives it.
  @discardableResult
  func logs(_ text: String, within seconds: Double = 20) async throws -> String {
    try await eventually("the log says '\(text)'", within: seconds) {
      if let line = try log.first(where: { $0.contains(text) }) { return line }
      guard running.isRunning else {
        throw TooLate(description: "the daemon ended: \(try log.joined(separator: "\n"))")
      }
      return nil
    }
  }

  /// Signals it, and waits for its exit status.
  func end(_ signal: Int32) async throws -> Int32 {
    running.signal(signal)
    return try await running.end()
  }

  func door(_ project: String = "A") -> Door {
    Door(installation.doors.appendingPathComponent(project), desk: installation.folder)
  }
}
