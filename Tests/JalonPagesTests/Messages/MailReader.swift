import Foundation
import JalonPages

/// A message as Python's mail library reads it.
struct ReadMessage: Decodable {
  struct Part: Decodable {
    let type: String
    let name: String
    let text: String
  }

  /// What a page is made of.
  struct Page: Decodable {
    let tags: [String]
    let attributes: [String]
    let links: [String]
    let comments: [String]
  }

  let faults: [String]
  let headers: [[String]]
  let recipients: [String]
  let sender: [[String]]
  let date: String
  let shape: String
  let parts: [Part]
  let page: Page

  func header(_ name: String) -> String? { headers.first { $0[0] == name }?[1] }

  /// Has messages read, all by one run of Python.
  static func reading(_ messages: [RenderedMessage]) throws -> [ReadMessage] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "jalon-messages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try messages.enumerated().map { index, message in
      let file = folder.appending(path: "\(index).eml")
      try Data(message.bytes).write(to: file)
      return file.path
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "read-message.py").path
    return try JSONDecoder().decode(
      [ReadMessage].self, from: output(of: "/usr/bin/python3", ["-I", script] + files))
  }

  struct Failure: Error {
    let status: Int32
  }

  /// By `posix_spawn`: Foundation's `Process` crashed now and then among many threads.
  private static func output(of program: String, _ arguments: [String]) throws -> Data {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "jalon-read-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, file.path, O_WRONLY | O_CREAT, 0o600)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    var status: Int32 = 0
    let code = posix_spawn(&process, program, &actions, nil, &words, environ)
    guard code == 0 else { throw Failure(status: code) }
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw Failure(status: status) }
    return try Data(contentsOf: file)
  }
}
