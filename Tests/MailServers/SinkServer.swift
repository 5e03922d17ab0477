import Foundation

/// Postfix's `smtp-sink`, which fails in every way that SMTP knows; stopped when it goes.
public final class SinkServer {
  /// Where it listens, on 127.0.0.1.
  public let port: Int
  private let folder: URL
  private let process: ServerProcess

  /// Starts it, and waits until it listens.
  ///
  /// - `options`: those of `smtp-sink`, as in `["-q", "DATA"]`.
  public init(_ options: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("jalon-sink-\(UUID().uuidString)")
    let everybody: [FileAttributeKey: Any] = [.posixPermissions: 0o777]
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: everybody)
    // It will not run as root.
    let user = geteuid() == 0 ? ["-u", "nobody"] : []
    for _ in 0..<10 {
      let port = try Self.freePort()
      let process = try ServerProcess(
        ["/usr/sbin/smtp-sink"] + user + ["-d", "\(folder.path)/message."] + options
          + ["127.0.0.1:\(port)", "64"],
        output: folder.appendingPathComponent("output"),
        complaint: folder.appendingPathComponent("complaint"))
      guard
        (try? process.waiting(for: "answer", { try Self.isListening(port) ? true : nil })) != nil
      else { continue }
      (self.port, self.process) = (port, process)
      return
    }
    throw ServerFailure("smtp-sink does not start")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// How many messages came whole, refused or not, that end with this text.
  public func copies(endingWith text: String) throws -> Int {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasPrefix("message.") }.count { name in
      let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
      return String(decoding: bytes, as: UTF8.self).hasSuffix("\(text)\n\n")
    }
  }

  /// A port that nobody listens on at this moment.
  public static func freePort() throws -> Int {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 ? getsockname(listener, $0, &size) : -1
      }
    }
    guard status == 0 else { throw ServerFailure("no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Whether somebody listens there, by the kernel's table: asking would be a session.
  private static func isListening(_ port: Int) throws -> Bool {
    let wanted = String(format: "0100007F:%04X", port)
    return try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8).split(separator: "\n")
      .contains { line in
        let fields = line.split(separator: " ")
        return fields.count > 3 && fields[1] == wanted && fields[3] == "0A"
      }
  }
}
