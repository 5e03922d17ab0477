import Foundation
@testable import JalonDisk
import Testing

@Suite("Folders")
struct FolderTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test("names that are not text come through, up to 255 bytes")
  func anyNames() throws {
    let latin = try #require(FileName([0x72, 0xE9, 0x0A]))
    let long = try #require(FileName(String(repeating: "x", count: 255)))
    for name in [latin, long] {
      try AtomicFile.write([1, 2, 3], to: name, in: scratch.folder, durable: false)
    }
    let listing = try scratch.folder.names(limit: 10)
    #expect(Set(listing.names) == [latin, long])
    #expect(!listing.hasMore)
    #expect(try scratch.read(latin)?.bytes == [1, 2, 3])
  }

  @Test("a listing stops at its limit and says so; unwanted names do not count")
  func limits() throws {
    for index in 0..<5 { try scratch.write("", to: "file-\(index)") }
    for index in 0..<5 { try scratch.write("", to: ".hidden-\(index)") }
    let isVisible = { (name: FileName) in !name.hasPrefix(".") }
    let some = try scratch.folder.names(limit: 4, where: isVisible)
    #expect(some.names.count == 4 && some.hasMore)
    let all = try scratch.folder.names(limit: 5, where: isVisible)
    #expect(all.names.count == 5 && !all.hasMore)
    #expect(try scratch.folder.names(limit: 5, where: isVisible).names.count == 5, "listed again")
  }

  @Test("a missing child is nothing; a link or a file in its place is an error")
  func children() throws {
    #expect(try scratch.folder.child(named: "absent") == nil)
    _ = try scratch.folder.makeChild(named: "real")
    _ = try scratch.folder.makeChild(named: "real")
    #expect(try scratch.folder.child(named: "real") != nil)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link"), withDestinationPath: "real")
    try scratch.write("", to: "file")
    for name: FileName in ["link", "file"] {
      let error = #expect(throws: DiskError.self) { try scratch.folder.child(named: name) }
      #expect(error?.code == (name == "link" ? ELOOP : ENOTDIR))
      #expect(error?.path.hasSuffix("/\(name)") == true)
    }
  }

  @Test("opening makes missing parents, and follows links in a path of ours")
  func opening() throws {
    _ = try Folder.openOrCreate(scratch.path("a/b/c"))
    _ = try Folder.openOrCreate(scratch.path("a/b/c"))
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link"), withDestinationPath: "a/b")
    #expect(try Folder.open(scratch.path("link")).child(named: "c") != nil)
    let missing = #expect(throws: DiskError.self) { try Folder.open(scratch.path("no\u{1B}ne")) }
    #expect(
      missing?.description
        == "opening the folder \(scratch.path("no\\x1Bne")): No such file or directory")
    #expect(throws: DiskError.self) { try Folder.open(scratch.path("a\0b")) }
    try scratch.write("", to: "file")
    let blocked = #expect(throws: DiskError.self) {
      try Folder.openOrCreate(scratch.path("file/below"))
    }
    #expect(blocked?.code == ENOTDIR)
  }

  @Test("a folder that was replaced at its path is seen")
  func replaced() throws {
    let child = try scratch.folder.makeChild(named: "depot")
    let before = try child.stamp()
    #expect(try scratch.folder.stamp(of: "depot")?.isSameFile(as: before) == true)
    try FileManager.default.moveItem(atPath: scratch.path("depot"), toPath: scratch.path("old"))
    #expect(try scratch.folder.stamp(of: "depot") == nil)
    _ = try scratch.folder.makeChild(named: "depot")
    #expect(try scratch.folder.stamp(of: "depot")?.isSameFile(as: before) == false)
    #expect(try child.stamp().isSameFile(as: before))
  }

  @Test("a stamp changes with the file")
  func stamps() throws {
    try scratch.write("abc", to: "file")
    let first = try #require(try scratch.folder.stamp(of: "file"))
    #expect(first.kind == .regular && first.size == 3 && first.links == 1)
    let again = try #require(try scratch.folder.stamp(of: "file"))
    #expect(again.unchanged(since: first))
    try scratch.write("abcd", to: "file")
    let later = try #require(try scratch.folder.stamp(of: "file"))
    #expect(!later.unchanged(since: first))
    let times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 981_173_106, tv_nsec: 789)]
    #expect(utimensat(AT_FDCWD, scratch.path("file"), times, 0) == 0)
    #expect(try scratch.folder.stamp(of: "file")?.modified == 981_173_106_000_000_789)
  }

  @Test("moving never replaces")
  func moving() throws {
    try scratch.write("a", to: "a")
    try scratch.write("b", to: "b")
    #expect(try !scratch.folder.move("a", to: "b"))
    #expect(try scratch.text("b") == "b")
    let aside = try scratch.folder.makeChild(named: "aside")
    #expect(try scratch.folder.move("a", to: "a", in: aside))
    #expect(try scratch.text("aside/a") == "a")
    let error = #expect(throws: DiskError.self) { try scratch.folder.move("a", to: "c") }
    #expect(error?.code == ENOENT)
  }

  @Test("syncing works on a real file system, and a failure is told apart from others")
  func syncing() throws {
    try scratch.folder.sync()
    try scratch.folder.syncFileSystem()
    let pipe = Pipe()
    let error = #expect(throws: DiskError.self) {
      try SystemCalls.sync(pipe.fileHandleForWriting.fileDescriptor, "a pipe")
    }
    #expect(error?.kind == .syncFailed)
  }
}
