import Foundation
import JalonDisk
import Testing

@Suite("Telling the service manager")
struct ServiceNotifierTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test("speaks as sd_notify does, to a path and to a name in no folder", arguments: [false, true])
  func speaks(abstract: Bool) throws {
    let address = abstract ? "@jalon-\(UUID().uuidString)" : scratch.path("notify")
    let socket = try boundSocket(address)
    defer { close(socket) }
    let notifier = try ServiceNotifier(address: address)
    try notifier.ready()
    try notifier.watchdog()
    try notifier.status("3 files\nREADY=0 é")
    try notifier.reloading(monotonicMicroseconds: 42)
    try notifier.stopping()
    let messages = (0..<5).map { _ in receive(socket) }
    #expect(
      messages == [
        "READY=1", "WATCHDOG=1", "STATUS=3 files READY=0 é", "RELOADING=1\nMONOTONIC_USEC=42",
        "STOPPING=1",
      ])
  }

  @Test("nobody there is an error, not a wait or a signal")
  func nobody() throws {
    let notifier = try ServiceNotifier(address: scratch.path("nobody"))
    let error = #expect(throws: DiskError.self) { try notifier.ready() }
    #expect(error?.code == ENOENT)
  }

  @Test("a manager that does not read holds up nothing")
  func full() throws {
    let socket = try boundSocket(scratch.path("notify"))
    defer { close(socket) }
    let notifier = try ServiceNotifier(address: scratch.path("notify"))
    let error = #expect(throws: DiskError.self) {
      for _ in 0..<100_000 { try notifier.watchdog() }
    }
    #expect(error?.code == EAGAIN)
  }

  @Test(
    "refuses what is no address",
    arguments: ["", "/", "relative", "vsock:1", "/" + String(repeating: "a", count: 108)])
  func refuses(_ address: String) {
    #expect(throws: DiskError.self) { try ServiceNotifier(address: address) }
  }

  private func receive(_ socket: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 1000)
    let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

@Suite("Locks")
struct LockFileTests {
  @Test("one holder at a time, and the lock goes with its holder")
  func exclusive() throws {
    let scratch = try ScratchFolder()
    var holder = try LockFile.acquire(scratch.path("lock"))
    #expect(holder != nil)
    #expect(try LockFile.acquire(scratch.path("lock")) == nil)
    holder = nil
    #expect(try LockFile.acquire(scratch.path("lock")) != nil)
    #expect(throws: DiskError.self) { try LockFile.acquire(scratch.path("absent/lock")) }
  }
}
