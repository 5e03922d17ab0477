import Foundation
@testable import JalonDisk
import Testing

@Suite("Owners and permissions of folders")
struct OwnershipTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test(
    "a folder is made with exactly the permissions asked for, whatever the umask is",
    arguments: [0o2770, 0o755, 0o700] as [UInt32])
  func exact(_ mode: UInt32) throws {
    // The process's umask belongs to every test: what it leaves of these bits does not matter.
    #expect(try Folder.make(scratch.path("new"), mode: mode))
    let found = try #require(try Ownership.of(scratch.path("new")))
    #expect(found.kind == .directory)
    #expect(found.mode == mode)
    #expect(found.owner == geteuid())
    #expect(found.device == (try scratch.folder.stamp().device))
  }

  @Test("what has the name already stays as it is")
  func existing() throws {
    try scratch.write("x", to: "file")
    mkdir(scratch.path("folder"), 0o711)
    chmod(scratch.path("folder"), 0o711)
    symlink("folder", scratch.path("link"))
    for name in ["file", "folder", "link"] {
      #expect(try !Folder.make(scratch.path(name), mode: 0o777))
    }
    #expect(try Ownership.of(scratch.path("folder"))?.mode == 0o711)
    #expect(try Ownership.of(scratch.path("file"))?.kind == .regular)
    #expect(try Ownership.of(scratch.path("link"))?.kind == .symbolicLink)
  }

  @Test("nothing is nothing; a missing parent, and a folder that cannot be given away, are errors")
  func errors() throws {
    #expect(try Ownership.of(scratch.path("absent")) == nil)
    #expect(try Ownership.of(scratch.path("absent/child")) == nil)
    let error = #expect(throws: DiskError.self) {
      try Folder.make(scratch.path("absent/child"), mode: 0o755)
    }
    #expect(error?.code == ENOENT)
    guard geteuid() != 0 else {
      #expect(try Folder.make(scratch.path("given"), mode: 0o2770, owner: (1, 2)))
      let found = try #require(try Ownership.of(scratch.path("given")))
      #expect(found.owner == 1 && found.group == 2 && found.mode == 0o2770)
      return
    }
    let refused = #expect(throws: DiskError.self) {
      try Folder.make(scratch.path("given"), mode: 0o755, owner: (0, 0))
    }
    #expect(refused?.code == EPERM)
    #expect(try Ownership.of(scratch.path("given")) == nil, "nothing half made is left")
  }
}
