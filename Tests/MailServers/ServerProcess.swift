import Foundation

/// A server that runs beside the tests, killed when the last reference goes.
///
/// By `posix_spawn`: Foundation's `Process` crashes when many threads start processes.
final class ServerProcess {
  private let identifier: pid_t
  private var hasEnded = false

  /// Starts it with its standard output and error in files.
  init(_ command: [String], output: URL, complaint: URL) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let create = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.path, create, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, complaint.path, create, 0o600)
    var words = command.map { strdup($0) } + [nil]
    let variables: [String] = ["PATH=/usr/sbin:/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    var settings = variables.map { strdup($0) } + [nil]
    defer { for text in words + settings { free(text) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, command[0], &actions, nil, &words, &settings)
    guard code == 0 else {
      throw ServerFailure("cannot start \(command[0]): \(String(cString: strerror(code)))")
    }
    self.identifier = identifier
  }

  deinit {
    guard isRunning else { return }
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  /// Whether it has not ended of its own accord.
  var isRunning: Bool {
    if !hasEnded { hasEnded = waitpid(identifier, nil, WNOHANG) == identifier }
    return !hasEnded
  }

  /// Looks again and again until something is there, while the server runs.
  func waiting<Value>(for what: String, _ look: () throws -> Value?) throws -> Value {
    for _ in 0..<2000 {
      if let value = try look() { return value }
      guard isRunning else { break }
      usleep(10_000)
    }
    throw ServerFailure("no \(what)")
  }
}

/// Why a server cannot be used.
public struct ServerFailure: Error, CustomStringConvertible {
  /// A sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
