import Foundation

/// Where the program under test and the sample files are.
enum Place {
  /// The `jalon` of this build: beside the test bundle, wherever the build folder is.
  static let binary: URL = {
    let runner = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return runner.deletingLastPathComponent().appendingPathComponent("jalon")
  }()

  /// The repository.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The sample portfolio and what its teams sent.
  static let samplePortfolio = repository.appendingPathComponent("config/portfolio")
  static let samples = repository.appendingPathComponent("config/samples")

  /// What people are expected to read.
  static let expected = repository.appendingPathComponent("Tests/AcceptanceTests/Expected")

  /// One folder for everything that this run writes; it goes when the run ends.
  static let scratch: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("jalon-acceptance-\(getpid())")
    atexit { try? FileManager.default.removeItem(at: Place.scratch) }
    return folder
  }()
}

/// What a test waits for did not come.
struct TooLate: Error, CustomStringConvertible {
  let description: String
}

/// Looks again and again until something is there, at most so many seconds.
@discardableResult
func eventually<Value>(
  _ what: String, within seconds: Double = 20, _ look: () throws -> Value?
) async throws -> Value {
  let end = ContinuousClock.now + .seconds(seconds)
  repeat {
    if let value = try look() { return value }
    try await Task.sleep(for: .milliseconds(15))
  } while ContinuousClock.now < end
  // Where other tests kept the processors busy, this one may have slept through its whole time.
  if let value = try look() { return value }
  throw TooLate(description: "still not after \(seconds) seconds: \(what)")
}
