import Foundation

/// A command that has ended.
struct Outcome {
  let status: Int32
  let output: String
  let complaint: String

  func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(output.utf8))
  }
}

/// The program, or another one, running.
///
/// By `posix_spawn`: Foundation's `Process` crashed in `run()` in one full run of two, once the tests
/// started some hundred processes from several threads.
final class Running {
  private let identifier: pid_t
  private let isFaked: Bool
  private var status: Int32?

  init(
    _ arguments: [String], of executable: URL = Place.binary, input: FileHandle? = nil,
    output: FileHandle, complaint: FileHandle, environment: [String: String] = [:],
    folder: URL? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input.fileDescriptor, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, complaint.fileDescriptor, STDERR_FILENO)
    let variables = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    // `env` changes folder and becomes the program: the library's own way is hidden from Swift.
    // With another clock it is the one whose first steps the clock's library disturbs.
    isFaked = FakeClock.isIn(environment)
    let first = folder != nil || isFaked ? ["/usr/bin/env"] : []
    let moving = folder.map { ["-C", $0.path] } ?? []
    let command = first + moving + [executable.path] + arguments
    var words = command.map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, command[0], &actions, nil, &words, &settings)
    guard code == 0 else {
      throw TooLate(
        description: "cannot start \(executable.path): \(String(cString: strerror(code)))")
    }
    self.identifier = identifier
  }

  deinit {
    guard isRunning else { return }
    kill(identifier, SIGKILL)
    _ = wait()
  }

  func signal(_ number: Int32) { kill(identifier, number) }

  var isRunning: Bool {
    reap(WNOHANG)
    return status == nil
  }

  /// Waits for the end without a bound, and gives the exit status.
  func wait() -> Int32 {
    while status == nil { reap(0) }
    return status ?? -1
  }

  /// Waits for the end, and gives the exit status; a signal's number counts as 128 and more.
  func end(within seconds: Double = 60) async throws -> Int32 {
    try await eventually("jalon ends", within: seconds) { isRunning ? nil : true }
    return wait()
  }

  private func reap(_ options: Int32) {
    guard status == nil else { return }
    var code: Int32 = 0
    guard waitpid(identifier, &code, options) == identifier else { return }
    if isFaked { FakeClock.tidy(after: identifier) }
    let signal = code & 0x7F
    status = signal == 0 ? code >> 8 & 0xFF : 128 + signal
  }

  /// Runs something other than Jalon to its end; what it says on both outputs, in one text.
  static func whole(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:],
    in folder: URL? = nil
  ) throws -> Outcome {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("jalon-output-\(UUID().uuidString)")
    let output = try FileHandle.create(file)
    defer { try? FileManager.default.removeItem(at: file) }
    let running = try Running(
      arguments, of: URL(fileURLWithPath: executable), output: output, complaint: output,
      environment: environment, folder: folder)
    let status = running.wait()
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    return Outcome(status: status, output: text, complaint: "")
  }
}

extension FileHandle {
  /// A new file to write to.
  static func create(_ file: URL) throws -> FileHandle {
    guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
      throw TooLate(description: "cannot create \(file.path)")
    }
    return try FileHandle(forWritingTo: file)
  }
}
