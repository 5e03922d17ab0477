import Glibc

/// Tells the service manager how the service is: sd_notify(3) in a few lines.
public final class ServiceNotifier: Sendable {
  private let descriptor: Int32
  private let address: [UInt8]
  private let shown: String

  /// Opens a socket to talk from.
  ///
  /// - `address`: the value of `NOTIFY_SOCKET`: an absolute path, or `@` and a name that is in no
  ///   folder.
  public init(address: String) throws(DiskError) {
    shown = FileName.escaping(address.utf8)
    var bytes = Array(address.utf8)
    let known = bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "@")
    let capacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    guard known, (2..<capacity).contains(bytes.count), !bytes.contains(0) else {
      throw DiskError(code: EINVAL, action: "notifying", path: shown)
    }
    // A name in no folder starts with a NUL and does not end with one.
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 } else { bytes.append(0) }
    self.address = bytes
    let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    switch SystemCalls.retrying({ socket(AF_UNIX, type, 0) }) {
    case .success(let descriptor): self.descriptor = descriptor
    case .failure(let failure): throw failure.during("notifying", shown)
    }
  }

  deinit { close(descriptor) }

  /// The service has started, or has finished reloading.
  public func ready() throws(DiskError) { try send("READY=1") }

  /// The service is alive.
  public func watchdog() throws(DiskError) { try send("WATCHDOG=1") }

  /// The service is about to end.
  public func stopping() throws(DiskError) { try send("STOPPING=1") }

  /// What the service is doing, for `systemctl status`; one line.
  public func status(_ text: String) throws(DiskError) {
    let line = text.unicodeScalars.map { $0.value < 0x20 ? " " : String($0) }.joined()
    try send("STATUS=\(line)")
  }

  /// The service reads its configuration again; `ready()` ends that.
  ///
  /// - `monotonicMicroseconds`: the time of `CLOCK_MONOTONIC`.
  public func reloading(monotonicMicroseconds: UInt64) throws(DiskError) {
    try send("RELOADING=1\nMONOTONIC_USEC=\(monotonicMicroseconds)")
  }

  /// Sends without waiting: a manager that does not read must not hold up the service.
  private func send(_ text: String) throws(DiskError) {
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
    let pathOffset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    let length = socklen_t(pathOffset + address.count)
    let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    let message = Array(text.utf8)
    let result = withUnsafePointer(to: &target) { target in
      target.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
        SystemCalls.retrying {
          sendto(descriptor, message, message.count, flags, target, length)
        }
      }
    }
    if case .failure(let failure) = result { throw failure.during("notifying", shown) }
  }
}
