import Foundation
import JalonDisk
import JalonFormats
import JalonRound
import Testing

@testable import jalon

@Suite("Doors: a depot with more files than one look takes note of")
struct DoorsTests {
  /// Doors in which one look takes note of three files, with one depot, of project A.
  private final class Flooded {
    let root = NSTemporaryDirectory() + "/jalon-doors-\(UUID().uuidString)"
    let doors: Doors
    var depot: String { root + "/A/depot" }

    init(files: Int) throws {
      var intake = Configuration().intake
      intake.scanSettle = .zero
      doors = try Doors(root: root, intake: intake, fileLimit: 3)
      doors.door("A").make()
      for number in 0..<files {
        try Data().write(to: URL(filePath: "\(depot)/\(number).csv"))
      }
      doors.scan(at: 0)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// The files that may be taken, as the daemon asks for them.
    var ready: [FileName] {
      doors.ready(at: 0, files: 100).flatMap { $0.files.map(\.name) }
    }

    /// Takes files out of the depot, as the daemon does once they are filed.
    func file(_ names: some Sequence<FileName>) throws {
      let folder = try Folder.open(depot)
      for name in names {
        try folder.remove(name)
        doors.filed("A", name)
      }
    }

    /// Takes files as long as some are ready, else looks where a look has left files out, as the
    /// daemon does; no other look is ever made.
    ///
    /// - Returns: how many were taken between one look and the next.
    func drain() throws -> [Int] {
      var taken: [Int] = []
      // Bounded: a look that is asked for again and again would never end.
      for _ in 0..<20 {
        let names = ready
        guard !names.isEmpty || doors.scanOverfull(at: 0) else { break }
        if !names.isEmpty { taken.append(names.count) }
        try file(names)
      }
      return taken
    }
  }

  @Test(
    "is looked at again as soon as what was found is filed, until nothing is left",
    arguments: [
      (files: 0, looks: []), (2, [2]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (10, [3, 3, 3, 1]),
    ])
  func drained(_ example: (files: Int, looks: [Int])) throws {
    let flooded = try Flooded(files: example.files)
    #expect(try flooded.drain() == example.looks)
    #expect(try FileManager.default.contentsOfDirectory(atPath: flooded.depot) == [])
    #expect(!flooded.doors.scanOverfull(at: 0), "nothing asks for a look any more")
  }

  @Test("is not looked at again before all that was found is gone")
  func notBefore() throws {
    let flooded = try Flooded(files: 10)
    try flooded.file(flooded.ready.prefix(2))
    #expect(!flooded.doors.scanOverfull(at: 0))
    #expect(flooded.ready.count == 1)
    try flooded.file(flooded.ready)
    #expect(flooded.doors.scanOverfull(at: 0))
    #expect(flooded.ready.count == 3)
  }

  @Test("of which none could be filed is left to the next look: it would be found there again")
  func noneFiled() throws {
    let flooded = try Flooded(files: 10)
    for name in flooded.ready { flooded.doors.update("A") { $0.forget(name) } }
    #expect(!flooded.doors.scanOverfull(at: 0))
    #expect(flooded.ready.isEmpty)
  }
}
