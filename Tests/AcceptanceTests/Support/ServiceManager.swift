import Foundation

/// The service manager's end of `sd_notify`: a datagram socket.
final class ServiceManager {
  let path: String
  private let socket: Int32

  init(in folder: URL) throws {
    path = folder.appendingPathComponent("notify").path
    socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard socket >= 0, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw TooLate(description: "no socket at \(path)")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw TooLate(description: "cannot bind \(path)") }
  }

  deinit { close(socket) }

  /// Waits for a message that starts so.
  func hears(_ start: String) async throws {
    try await eventually("the service manager hears \(start)") { () -> Bool? in
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count], as: UTF8.self).hasPrefix(start) ? true : nil
    }
  }
}
