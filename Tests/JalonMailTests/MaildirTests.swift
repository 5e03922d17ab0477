import Foundation
import JalonDisk
import JalonMail
import Testing

@Suite("Maildir: a message is there whole, once")
struct MaildirTests {
  let folder: Scratch

  init() throws { folder = Scratch() }

  /// A folder that goes when the test ends.
  final class Scratch {
    let path = NSTemporaryDirectory() + "/jalon-maildir-\(UUID().uuidString)"

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var files: Set<String> {
      get throws { Set(try FileManager.default.subpathsOfDirectory(atPath: path)) }
    }

    func permissions(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
    }

    func move(_ name: String, to other: String) throws {
      try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }
  }

  @Test("a message lies in new, readable by its owner alone")
  func delivers() throws {
    let maildir = try Maildir(path: folder.path)
    #expect(try folder.files == ["tmp", "new", "cur"])
    try maildir.deliver(message(), name: "1.jalon")
    #expect(try folder.files == ["tmp", "new", "cur", "new/1.jalon"])
    #expect(try Data(contentsOf: URL(filePath: "\(folder.path)/new/1.jalon")) == Data(message()))
    #expect(try folder.permissions("new/1.jalon") == 0o600)
    for name in ["", "tmp", "new", "cur"] { #expect(try folder.permissions(name) == 0o700) }
  }

  @Test("delivered again after a crash it is there once")
  func deliversAgain() throws {
    for _ in 0..<2 { try Maildir(path: folder.path).deliver(message(), name: "1.jalon") }
    #expect(try folder.files == ["tmp", "new", "cur", "new/1.jalon"])
  }

  @Test(
    "a message that was read is not new again",
    arguments: ["1.jalon", "1.jalon:2,", "1.jalon:2,FS"])
  func read(as name: String) throws {
    let maildir = try Maildir(path: folder.path)
    try maildir.deliver(message(), name: "1.jalon")
    try folder.move("new/1.jalon", to: "cur/\(name)")
    try maildir.deliver(message(), name: "1.jalon")
    #expect(try folder.files == ["tmp", "new", "cur", "cur/\(name)"])
    try maildir.deliver(message(), name: "1.jal")
    #expect(try folder.files == ["tmp", "new", "cur", "cur/\(name)", "new/1.jal"])
  }

  @Test(
    "refuses names that mail programs would misread",
    arguments: [
      "", ".", "..", ".hidden", "a/b", "../a", "a:2,S", "a\0", String(repeating: "a", count: 241),
    ])
  func refuses(_ name: String) throws {
    let maildir = try Maildir(path: folder.path)
    #expect(throws: MailError.messageName(FileName.escaping(name.utf8))) {
      try maildir.deliver(message(), name: name)
    }
    #expect(try folder.files == ["tmp", "new", "cur"])
  }

  @Test("what cannot be written is an error of the disk, and leaves nothing")
  func failure() throws {
    let maildir = try Maildir(path: folder.path)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/new/1.jalon", withIntermediateDirectories: false)
    let error = #expect(throws: MailError.self) {
      try maildir.deliver(message(), name: "1.jalon")
    }
    guard case .disk(let disk) = error else { throw try #require(error) }
    #expect(disk.kind == .failed)
    #expect(error?.isSyncFailure == false)
    #expect(try folder.files == ["tmp", "new", "cur", "new/1.jalon"])
  }

  @Test("what a killed process left in tmp goes once it is old")
  func leftovers() throws {
    let maildir = try Maildir(path: folder.path)
    let left = "\(folder.path)/tmp/.jalon-new-0123456789abcdef"
    try Data([1]).write(to: URL(filePath: left))
    try Data([1]).write(to: URL(filePath: "\(folder.path)/tmp/other"))
    try maildir.removeLeftovers(modifiedBefore: 0, limit: 10)
    #expect(try folder.files.count == 5)
    try maildir.removeLeftovers(modifiedBefore: .max, limit: 10)
    #expect(try folder.files == ["tmp", "new", "cur", "tmp/other"])
  }
}
