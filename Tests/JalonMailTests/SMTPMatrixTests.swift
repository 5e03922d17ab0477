import Foundation
import JalonMail
import MailServers
import Testing

/// Every way in which a server can fail, at every step, against a table of what has to follow.
///
/// `JALON_WRITE_EXPECTED=1` writes the table instead.
@Suite("SMTP failures: nothing lost, nothing sent twice but where SMTP itself does not tell")
struct SMTPMatrixTests {
  /// A way to fail.
  enum Failure: String, CaseIterable, Sendable {
    case soft = "-r"
    case hard = "-f"
    case drop = "-q"
    case closing = "-Q"
    case slow = "-W slow"
    case tarpit = "-W tarpit"

    func options(at verb: String) -> [String] {
      switch self {
      case .soft, .hard, .drop, .closing: [rawValue, verb]
      case .slow: ["-W", "\(verb):1"]
      case .tarpit: ["-W", "\(verb):600"]
      }
    }
  }

  /// What came of one message to one such server.
  struct Cell: Sendable {
    let outcome: String
    let copies: Int
    let text: String
  }

  static let verbs = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", ".", "RSET", "QUIT"]

  private static func cell(_ verb: String, _ failure: Failure) throws -> Cell {
    let sink = try SinkServer(failure.options(at: verb))
    let settings = try SMTPSettings(
      url: "smtp://127.0.0.1:\(sink.port)", startTLS: .never,
      timeoutSeconds: failure == .tarpit ? 2 : 10)
    let client = SMTPClient(settings)
    let delivery = client.send(try envelope(), message())
    // Says QUIT, and does not wait for an answer.
    client.disconnect()
    let copies = try sink.copies(endingWith: "end of sample")
    return Cell(
      outcome: delivery.kind, copies: copies,
      text: delivery.text.replacing(Self.libraryWords, with: "..."))
  }

  /// What libcurl says when nobody answers depends on who is faster.
  private static var libraryWords: Regex<Substring> {
    /(?:response reading failed|server response timeout|Operation timed out|(?:Recv|Send) failure)[^;]*/
  }

  @Test("every step, every failure", .timeLimit(.minutes(1)))
  func matrix() async throws {
    let cells = try await withThrowingTaskGroup(of: (String, Cell).self) { group in
      for verb in Self.verbs {
        for failure in Failure.allCases {
          group.addTask {
            let cell = try await onThread { try Self.cell(verb, failure) }
            return ("\(verb) \(failure)", cell)
          }
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var lines = [Self.heading]
    for verb in Self.verbs {
      for failure in Failure.allCases {
        let cell = try #require(cells["\(verb) \(failure)"])
        lines.append(
          [
            padded(verb, 8), padded("\(failure)", 8), padded(cell.outcome, 11), "\(cell.copies)  ",
            cell.text,
          ].joined(separator: " "))
      }
    }
    try expect(lines.joined(separator: "\n") + "\n", isWhat: "smtp-matrix.txt")
  }

  private static let heading = """
    # smtp-sink fails at a step in a way; what the client makes of it. One attempt.
    # soft: 4xx. hard: 5xx. drop: closes without a word. closing: 421. slow: answers after a
    # second. tarpit: answers after ten minutes. copies: how often the server got the
    # whole message, accepted or not.
    # at       way      outcome  copies text
    """

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func expect(_ found: String, isWhat file: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Expected/\(file)")
    if ProcessInfo.processInfo.environment["JALON_WRITE_EXPECTED"] == "1" {
      try Data(found.utf8).write(to: path)
    }
    let expected = try String(contentsOf: path, encoding: .utf8)
    #expect(found == expected, "Expected/\(file)")
  }
}
