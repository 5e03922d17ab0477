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

/// The program, running.
final class Running {
  let process = Process()

  init(
    _ arguments: [String], input: FileHandle? = nil, output: FileHandle, complaint: FileHandle,
    environment: [String: String] = [:], folder: URL? = nil
  ) throws {
    process.executableURL = Place.binary
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
      .merging(environment) { $1 }
    process.currentDirectoryURL = folder
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = complaint
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for the end, and gives the exit status; a signal's number counts as 128 and more.
  func end(within seconds: Double = 60) async throws -> Int32 {
    try await eventually("jalon ends", within: seconds) { process.isRunning ? nil : true }
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
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
