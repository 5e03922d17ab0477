import Foundation
@testable import JalonDisk
import Testing

@Suite("Removing: only the file that was read goes")
struct FolderRemoveTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test("the file that was read goes")
  func removes() throws {
    try scratch.write("a", to: "file")
    let read = try #require(try scratch.read("file"))
    #expect(try scratch.folder.remove("file", ifStill: read.after, token: "t-1") == .removed)
    #expect(try scratch.names().isEmpty)
    #expect(try scratch.folder.remove("file", ifStill: read.after, token: "t-2") == .vanished)
  }

  @Test("a file renamed into its place stays")
  func swapped() throws {
    try scratch.write("a", to: "file")
    let read = try #require(try scratch.read("file"))
    try scratch.write("b", to: "next")
    #expect(rename(scratch.path("next"), scratch.path("file")) == 0)
    #expect(try scratch.folder.remove("file", ifStill: read.after, token: "t") == .changed)
    #expect(try scratch.names() == ["file"])
    #expect(try scratch.text("file") == "b")
  }

  @Test("a file renamed into its place at the last moment is put back")
  func swappedLate() throws {
    try scratch.write("a", to: "file")
    let read = try #require(try scratch.read("file"))
    try scratch.write("b", to: "next")
    #expect(rename(scratch.path("next"), scratch.path("file")) == 0)
    let removal = try scratch.folder.remove(
      "file", as: ".jalon-taken-t", ifStill: read.after, token: "t")
    #expect(removal == .putBack("file"))
    #expect(try scratch.names() == ["file"])
    #expect(try scratch.text("file") == "b")
    unlink(scratch.path("file"))
    #expect(
      try scratch.folder.remove("file", as: ".jalon-taken-t", ifStill: read.after, token: "t")
        == .vanished)
  }

  @Test("a file that has grown stays")
  func grown() throws {
    try scratch.write("a", to: "file")
    let read = try #require(try scratch.read("file"))
    try scratch.write("ab", to: "file")
    #expect(try scratch.folder.remove("file", ifStill: read.after, token: "t") == .changed)
    #expect(try scratch.text("file") == "ab")
  }

  @Test("nothing that exists is replaced by the private name; a token must be one")
  func tokens() throws {
    try scratch.write("a", to: "file")
    try scratch.write("other", to: ".jalon-taken-t")
    let read = try #require(try scratch.read("file"))
    for token in ["t", "", "a/b", "a\nb", String(repeating: "a", count: 65)] {
      #expect(throws: DiskError.self) {
        try scratch.folder.remove("file", ifStill: read.after, token: token)
      }
    }
    #expect(try scratch.names() == ["file", ".jalon-taken-t"])
    #expect(try scratch.text(".jalon-taken-t") == "other")
  }

  @Test("what a dead process left is removed, put back or left, as the caller knows")
  func recovers() throws {
    for token in ["done", "known", "unknown", "busy", "inUse"] {
      try scratch.write(token, to: ".jalon-taken-\(token)")
    }
    try scratch.write("newer", to: "inUse.csv")
    let outcomes = try scratch.folder.recoverTaken(limit: 10) { token, stamp in
      #expect(stamp.size == Int64(token.utf8.count))
      switch token {
      case "done": return .remove
      case "known": return .restore("known.csv")
      case "inUse": return .restore("inUse.csv")
      case "busy": return .leave
      default: return .restore(nil)
      }
    }
    #expect(
      try scratch.names() == [
        "known.csv", "recovered-unknown", "recovered-inUse", "inUse.csv", ".jalon-taken-busy",
      ])
    #expect(try scratch.text("known.csv") == "known")
    #expect(try scratch.text("inUse.csv") == "newer")
    #expect(try scratch.text("recovered-inUse") == "inUse")
    #expect(outcomes.count == 4)
    #expect(outcomes.first { $0.token == "known" }?.name == "known.csv")
    #expect(outcomes.contains { $0.token == "done" && $0.name == nil })
  }
}
