import Foundation
import JalonDisk
import Testing

@Suite("The archive keeps bytes by their digest")
struct ArchiveTests {
  let scratch: ScratchFolder
  let archive: Archive
  let digest = String(repeating: "ab01", count: 16)
  let sibling = "ab" + String(repeating: "7", count: 62)

  init() throws {
    scratch = try ScratchFolder()
    archive = try Archive(path: scratch.path("archive"))
  }

  @Test("gives back what it keeps", arguments: [false, true])
  func stores(durable: Bool) throws {
    #expect(try archive.read(digest, limit: 10) == .absent)
    #expect(try !archive.contains(digest))
    try archive.store([1, 2, 3], digest: digest, durable: durable)
    try archive.store([1, 2, 3], digest: digest, durable: durable)
    try archive.store([4], digest: sibling, durable: durable)
    try archive.sync()
    #expect(try archive.contains(digest))
    #expect(try archive.read(digest, limit: 3) == .bytes([1, 2, 3]))
    #expect(try archive.read(digest, limit: 2) == .overLimit(3))
    let files = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("archive"))
    #expect(Set(files) == ["ab", "ab/\(digest)", "ab/\(sibling)"])
  }

  @Test("hands over a file in pieces, however large", arguments: [0, 1, 65_536, 200_001])
  func readsInPieces(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 251) }
    try archive.store(bytes, digest: digest, durable: false)
    var read: [UInt8] = []
    var largest = 0
    let isThere = try archive.read(digest) { piece in
      read += piece
      largest = max(largest, piece.count)
    }
    #expect(isThere)
    #expect(read == bytes)
    #expect(largest <= 65_536)
    #expect(try !archive.read(sibling) { _ in })
  }

  @Test("tells what it has, and not what is still being written")
  func names() throws {
    try archive.store([1], digest: digest, durable: false)
    try archive.store([2], digest: sibling, durable: false)
    try Data([3]).write(to: URL(filePath: scratch.path("archive/ab/.jalon-new-1")))
    #expect(try Set(archive.names(beginningWith: 0xAB)) == [digest, sibling])
    #expect(try archive.names(beginningWith: 0x07).isEmpty)
  }

  @Test("does not write again what is there")
  func storesOnce() throws {
    try archive.store([1, 2, 3], digest: digest, durable: false)
    let folder = try Folder.open(scratch.path("archive/ab"))
    let name = try #require(FileName(digest))
    let before = try folder.stamp(of: name)
    try archive.store([1, 2, 3], digest: digest, durable: true)
    #expect(try folder.stamp(of: name) == before)
  }

  @Test("a file that was spoilt is written anew", arguments: [[], [1, 2, 9]])
  func heals(spoilt: [UInt8]) throws {
    try archive.store([1, 2, 3], digest: digest, durable: false)
    try Data(spoilt).write(to: URL(filePath: scratch.path("archive/ab/\(digest)")))
    try archive.store([1, 2, 3], digest: digest, durable: false)
    #expect(try archive.read(digest, limit: 10) == .bytes([1, 2, 3]))
  }

  @Test("what a killed process left half written goes, what may be being written stays")
  func removesLeftovers() throws {
    try archive.store([1], digest: digest, durable: false)
    for name in ["ab/.jalon-new-0123456789abcdef", "ab/note"] {
      try Data([2]).write(to: URL(filePath: scratch.path("archive/" + name)))
    }
    let files = {
      Set(try FileManager.default.subpathsOfDirectory(atPath: scratch.path("archive")))
    }
    let before = try files()
    try archive.removeLeftovers(modifiedBefore: 0, limit: 10)
    #expect(try files() == before)
    try archive.removeLeftovers(modifiedBefore: .max, limit: 10)
    #expect(try files() == ["ab", "ab/\(digest)", "ab/note"])
  }

  @Test("removes, and says whether there was something")
  func removes() throws {
    #expect(try !archive.remove(digest))
    try archive.store([1], digest: digest, durable: false)
    #expect(try archive.remove(digest))
    #expect(try !archive.contains(digest))
    #expect(try !archive.remove(digest))
  }

  @Test(
    "refuses what is not a digest",
    arguments: [
      "", "ab", String(repeating: "AB", count: 32), "../" + String(repeating: "a", count: 61),
    ])
  func refuses(_ text: String) {
    let error = #expect(throws: DiskError.self) {
      try archive.store([1], digest: text, durable: false)
    }
    #expect(error?.code == EINVAL)
  }
}
