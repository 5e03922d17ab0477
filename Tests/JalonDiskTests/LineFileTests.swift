import Foundation
import JalonDisk
import Testing

@Suite("Line files: whole lines for the next process")
struct LineFileTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func lines(_ limit: Int = 1_000) throws -> [String] {
    try LineFile(path: scratch.path("lines")).lines(limit: limit).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test("what was appended is there for another, until it is cleared")
  func appended() throws {
    let file = try LineFile(path: scratch.path("lines"))
    try file.append("first".utf8)
    try file.append("second\nstill é".utf8)
    #expect(try lines() == ["first", "second still é"])
    try file.clear()
    #expect(try lines() == [])
    try file.append("third".utf8)
    #expect(try lines() == ["third"])
  }

  @Test(
    "a line cut short does not count, nor what is beyond the limit",
    arguments: [("a\nb\nc", 1_000, ["a", "b"]), ("a\nb\nc\n", 4, ["a", "b"]), ("", 9, [])])
  func cut(_ text: String, limit: Int, expected: [String]) throws {
    try scratch.write(text, to: "lines")
    #expect(try lines(limit) == expected)
  }

  @Test("more than one piece is read whole")
  func long() throws {
    let file = try LineFile(path: scratch.path("lines"))
    let line = String(repeating: "x", count: 1_000)
    for _ in 0..<200 { try file.append(line.utf8) }
    #expect(try lines(1_000_000) == Array(repeating: line, count: 200))
  }

  @Test("a link in its place is refused")
  func link() throws {
    try scratch.write("secret", to: "target")
    symlink(scratch.path("target"), scratch.path("lines"))
    #expect(throws: DiskError.self) { try LineFile(path: scratch.path("lines")) }
  }
}
