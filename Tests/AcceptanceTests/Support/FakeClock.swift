import Foundation

/// Another time of day for the program under test, by Debian's `faketime`.
enum FakeClock {
  /// The library that stands between the program and the clock; preloaded, which costs nothing,
  /// where the wrapper would be one more process a run.
  private static let library: String? = {
    let root = "/usr/lib"
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    // The one for programs with threads.
    return folders.sorted().map { "\(root)/\($0)/faketime/libfaketimeMT.so.1" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  /// The environment in which a program takes an instant (RFC 3339) for now, to the second, and goes
  /// on from there.
  ///
  /// As a distance from the real time: the library would read a date in the zone of the program's
  /// choice. Timers go by a clock that stays the real one.
  static func at(_ instant: String) throws -> [String: String] {
    guard let library else { throw TooLate(description: "apt-get install faketime") }
    let distance = try Date(instant, strategy: .iso8601).timeIntervalSinceNow.rounded()
    return [
      "LD_PRELOAD": library, "FAKETIME": (distance < 0 ? "" : "+") + String(Int(distance)),
      "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
    ]
  }

  /// Whether a program runs by another time of day.
  static func isIn(_ environment: [String: String]) -> Bool { environment["FAKETIME"] != nil }

  /// Removes what the library leaves in memory when the process that loaded it becomes another
  /// program, as `env` does.
  ///
  /// It has to be `env` that loads it first: the library adds a variable to the environment, and
  /// Swift looks for the command line's words in front of that, where it was when the program began.
  static func tidy(after process: pid_t) {
    for name in ["faketime_shm_", "sem.faketime_sem_"] {
      unlink("/dev/shm/\(name)\(process)")
    }
  }
}

extension Installation {
  /// Runs a command at another time (RFC 3339).
  @discardableResult
  func run(at instant: String, _ arguments: String...) async throws -> Outcome {
    try await run(arguments, environment: try FakeClock.at(instant))
  }

  /// Runs a command at another time that has to succeed.
  func succeeds(at instant: String, _ arguments: String...) async throws {
    let outcome = try await run(arguments, environment: try FakeClock.at(instant))
    guard outcome.status == 0 else {
      throw TooLate(description: "\(arguments): \(outcome.status) \(outcome.complaint)")
    }
  }

  /// An installation in which the small portfolio was adopted at another time.
  static func adopted(
    _ projects: [String] = ["A", "B"], at instant: String, locale: String = "en"
  ) async throws -> Installation {
    let installation = try Installation(locale: locale)
    try installation.draw(projects)
    try await installation.succeeds(at: instant, "adopt", "--by", "C. Roux", "--reason", "essai")
    return installation
  }
}
