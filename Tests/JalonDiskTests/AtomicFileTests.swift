import Foundation
import JalonDisk
import Testing

@Suite("Atomic files: whole or not at all")
struct AtomicFileTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test("replaces what was there and leaves nothing beside it", arguments: [false, true])
  func replaces(durable: Bool) throws {
    try scratch.write("old and longer", to: "file")
    let old = try #require(try scratch.folder.stamp(of: "file"))
    try AtomicFile.write(Array("new".utf8), to: "file", in: scratch.folder, durable: durable)
    #expect(try scratch.text("file") == "new")
    #expect(try scratch.names() == ["file"])
    #expect(try scratch.folder.stamp(of: "file")?.isSameFile(as: old) == false)
  }

  @Test("a link in its place is replaced, not followed")
  func replacesLink() throws {
    try scratch.write("theirs", to: "target")
    symlink("target", scratch.path("file"))
    try AtomicFile.write(Array("ours".utf8), to: "file", in: scratch.folder, durable: false)
    #expect(try scratch.text("target") == "theirs")
    #expect(try scratch.text("file") == "ours")
  }

  @Test("has exactly the permissions asked for", arguments: [0o600, 0o644, 0o664, 0o400])
  func permissions(_ mode: Int) throws {
    try AtomicFile.write([1], to: "file", in: scratch.folder, mode: UInt32(mode), durable: false)
    let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path("file"))
    #expect(attributes[.posixPermissions] as? Int == mode)
  }

  @Test("a failure leaves nothing behind and what was there untouched")
  func failure() throws {
    _ = try scratch.folder.makeChild(named: "file")
    let error = #expect(throws: DiskError.self) {
      try AtomicFile.write([1], to: "file", in: scratch.folder, durable: true)
    }
    #expect(error?.kind == .failed)
    #expect(try scratch.names() == ["file"])
  }

  @Test("what dead processes left goes once it is old")
  func leftovers() throws {
    try scratch.write("", to: ".jalon-new-0123456789abcdef")
    try scratch.write("", to: ".jalon-other")
    let stamp = try #require(try scratch.folder.stamp(of: ".jalon-new-0123456789abcdef"))
    try AtomicFile.removeLeftovers(
      in: scratch.folder, modifiedBefore: stamp.modified, limit: 10)
    #expect(try scratch.names().count == 2)
    try AtomicFile.removeLeftovers(
      in: scratch.folder, modifiedBefore: stamp.modified + 1, limit: 10)
    #expect(try scratch.names() == [".jalon-other"])
  }

  @Test("a full disk is an error")
  func fullDisk() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    let error = #expect(throws: DiskError.self) {
      try writeAll(full, Array("x".utf8), path: "standard output")
    }
    #expect(error?.description == "writing to standard output: No space left on device")
  }

  @Test("a pipe takes everything, even when it is not ready")
  func pipes() throws {
    let pipe = Pipe()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    #expect(fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)
    let writer = Thread {
      #expect(throws: Never.self) {
        try writeAll(pipe.fileHandleForWriting.fileDescriptor, bytes, path: "the pipe")
        try pipe.fileHandleForWriting.close()
      }
    }
    writer.start()
    #expect(try pipe.fileHandleForReading.readToEnd() == Data(bytes))
  }
}
