import Foundation
import JalonDisk
import Testing

@Suite("Taking: a file is read once, if it is a plain one")
struct FolderTakeTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test("gives the bytes and the stamps", arguments: [0, 1, 5_000, 1 << 20])
  func reads(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try Data(bytes).write(to: URL(filePath: scratch.path("file")))
    let file = try #require(try scratch.read("file", limit: 1 << 20))
    #expect(file.bytes == bytes)
    #expect(file.size == Int64(size))
    #expect(!file.changedDuringRead)
    #expect(file.before == (try scratch.folder.stamp(of: "file")))
  }

  @Test("a file over the limit is handed out in pieces and not kept")
  func tooLarge() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try Data(bytes).write(to: URL(filePath: scratch.path("file")))
    var seen: [UInt8] = []
    var largest = 0
    let take = try scratch.folder.take("file", limit: 2_999_999) {
      seen.append(contentsOf: $0)
      largest = max(largest, $0.count)
    }
    guard case .file(let file) = take else {
      Issue.record("refused: \(take)")
      return
    }
    #expect(file.bytes == nil)
    #expect(file.size == 3_000_000)
    #expect(seen == bytes)
    #expect(largest == 1 << 20)
    #expect(!file.changedDuringRead)
  }

  @Test(
    "a file that shrinks or grows while it is read is told, and is not followed for ever",
    arguments: [(to: 1 << 20, read: 1 << 20), (to: 1 << 22, read: (1 << 20) + 50)])
  func changedDuringRead(_ size: (to: Int, read: Int)) throws {
    try Data(count: (1 << 20) + 50).write(to: URL(filePath: scratch.path("file")))
    let path = scratch.path("file")
    let take = try scratch.folder.take("file", limit: 10) { _ in truncate(path, size.to) }
    guard case .file(let file) = take else {
      Issue.record("refused: \(take)")
      return
    }
    #expect(file.changedDuringRead)
    #expect(file.size == Int64(size.read))
  }

  enum Obstacle: String, CaseIterable {
    case nothing, symbolicLink, danglingLink, hardLink, fifo, folder, socket, device, hugeFile
  }

  static let refusals: [(Obstacle, TakeRefusal)] = [
    (.nothing, .vanished), (.symbolicLink, .symbolicLink), (.danglingLink, .symbolicLink),
    (.hardLink, .severalLinks), (.fifo, .fifo), (.folder, .directory), (.socket, .other),
    (.device, .other), (.hugeFile, .beyondHashing),
  ]

  @Test("refuses anything but a plain file, without waiting", arguments: refusals)
  func refuses(_ obstacle: Obstacle, _ expected: TakeRefusal) throws {
    let path = scratch.path("file")
    try scratch.write("secret", to: "elsewhere")
    var socket: Int32 = -1
    switch obstacle {
    case .nothing: break
    case .symbolicLink: symlink("elsewhere", path)
    case .danglingLink: symlink("nowhere", path)
    case .hardLink: link(scratch.path("elsewhere"), path)
    case .fifo: mkfifo(path, 0o600)
    case .folder: mkdir(path, 0o700)
    case .socket: socket = try boundSocket(path)
    case .device: try #require(mknod(path, S_IFCHR | 0o600, 0x0103) == 0 || geteuid() != 0)
    case .hugeFile:
      try scratch.write("", to: "file")
      truncate(path, off_t(Folder.hashingLimit) + 1)
    }
    defer { if socket >= 0 { close(socket) } }
    if obstacle == .device, geteuid() != 0 { return }
    let take = try scratch.folder.take("file", limit: 100) { _ in Issue.record("read") }
    guard case .refused(let refusal, let stamp) = take else {
      Issue.record("taken: \(take)")
      return
    }
    #expect(refusal == expected)
    #expect((stamp == nil) == (obstacle == .nothing))
  }
}

/// A datagram socket bound to a path, or to a name in no folder if it starts with `@`.
func boundSocket(_ path: String) throws -> Int32 {
  let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  var bytes = Array(path.utf8)
  try #require(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
  if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  let result = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(socket, $0, socklen_t(2 + bytes.count))
    }
  }
  try #require(result == 0)
  return socket
}
