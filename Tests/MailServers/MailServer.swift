import Foundation

/// A real SMTP server, `python3-aiosmtpd`, that keeps what it accepts; stopped when it goes.
public final class MailServer {
  /// Where it listens, on 127.0.0.1.
  public let port: Int
  private let folder: URL
  private let process: ServerProcess

  /// A message that it has accepted.
  public struct Message: Hashable, Sendable {
    /// The envelope's sender.
    public let sender: String
    /// The envelope's recipients.
    public let recipients: [String]
    /// The message, byte for byte.
    public let bytes: [UInt8]
  }

  /// Starts it in a folder of its own, and waits until it listens.
  ///
  /// - `options`: those of `smtp-server.py`.
  public init(_ options: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("jalon-mail-server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("smtp-server.py")
    let output = folder.appendingPathComponent("output")
    let process = try ServerProcess(
      ["/usr/bin/python3", script.path, "--folder", folder.path] + options, output: output,
      complaint: folder.appendingPathComponent("complaint"))
    port = try process.waiting(for: "port of smtp-server.py") {
      let text = try? String(contentsOf: output, encoding: .utf8)
      guard let text, text.hasSuffix("\n") else { return nil }
      return Int(text.dropLast())
    }
    self.process = process
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What it has accepted so far, in order.
  public var messages: [Message] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".eml") }.sorted()
        .map { name in
          let file = folder.appendingPathComponent(name)
          let envelope = try String(
            contentsOf: file.deletingPathExtension().appendingPathExtension("envelope"),
            encoding: .utf8
          ).split(separator: "\n").map(String.init)
          return Message(
            sender: envelope.first ?? "", recipients: Array(envelope.dropFirst()),
            bytes: Array(try Data(contentsOf: file)))
        }
    }
  }

  /// How many connections were opened so far.
  public var connections: Int {
    let file = folder.appendingPathComponent("connections")
    return (try? String(contentsOf: file, encoding: .utf8).split(separator: "\n").count) ?? 0
  }
}
