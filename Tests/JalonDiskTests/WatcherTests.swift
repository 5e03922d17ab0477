import Foundation
import JalonDisk
import Testing

@Suite("Watching folders")
struct WatcherTests {
  let scratch: ScratchFolder
  let watcher: Watcher

  init() throws {
    scratch = try ScratchFolder()
    watcher = try Watcher()
  }

  @Test("tells of files closed and renamed into place, not of those created, read or removed")
  func files() throws {
    let identifier = try watcher.watch(scratch.path)
    let file = open(scratch.path("a"), O_WRONLY | O_CREAT, 0o600)
    #expect(try watcher.readEvents() == [])
    close(file)
    #expect(try watcher.readEvents() == [.closed(identifier, "a")])
    _ = try scratch.text("a")
    mkdir(scratch.path("folder"), 0o700)
    rename(scratch.path("a"), scratch.path("b"))
    #expect(try watcher.readEvents() == [.movedIn(identifier, "b")])
    unlink(scratch.path("b"))
    #expect(try watcher.readEvents() == [])
  }

  @Test("gives names that are not text, up to 255 bytes")
  func anyNames() throws {
    let identifier = try watcher.watch(scratch.folder)
    let latin = try #require(FileName([0xE9, 0x0A]))
    let long = try #require(FileName(String(repeating: "x", count: 255)))
    try AtomicFile.write([], to: latin, in: scratch.folder, durable: false)
    try AtomicFile.write([], to: long, in: scratch.folder, durable: false)
    let events = try watcher.readEvents()
    #expect(events.filter { $0 == .movedIn(identifier, latin) }.count == 1)
    #expect(events.filter { $0 == .movedIn(identifier, long) }.count == 1)
  }

  @Test("tells of new folders and of new names where it was asked to")
  func creation() throws {
    let identifier = try watcher.watch(scratch.path, creation: true)
    mkdir(scratch.path("made"), 0o700)
    rename(scratch.path("made"), scratch.path("renamed"))
    let file = open(scratch.path("file"), O_WRONLY | O_CREAT, 0o600)
    link(scratch.path("file"), scratch.path("linked"))
    #expect(
      try watcher.readEvents() == [
        .childFolder(identifier, "made"), .childFolder(identifier, "renamed"),
        .created(identifier, "file"), .created(identifier, "linked"),
      ])
    close(file)
    #expect(try watcher.readEvents() == [.closed(identifier, "file")])
  }

  @Test("a replaced folder is told once, and says nothing more until it is watched again")
  func replaced() throws {
    mkdir(scratch.path("depot"), 0o700)
    let identifier = try watcher.watch(scratch.path("depot"))
    rename(scratch.path("depot"), scratch.path("old"))
    mkdir(scratch.path("depot"), 0o700)
    #expect(try watcher.readEvents() == [.folderGone(identifier)])
    try scratch.write("", to: "old/file")
    try scratch.write("", to: "depot/file")
    #expect(try watcher.readEvents() == [])
    let again = try watcher.watch(scratch.path("depot"))
    #expect(again != identifier)
    close(open(scratch.path("depot/next"), O_WRONLY | O_CREAT, 0o600))
    #expect(try watcher.readEvents() == [.closed(again, "next")])
  }

  @Test("a removed folder is told, an unwatched one is silent")
  func removed() throws {
    mkdir(scratch.path("depot"), 0o700)
    mkdir(scratch.path("other"), 0o700)
    let identifier = try watcher.watch(scratch.path("depot"))
    watcher.unwatch(try watcher.watch(scratch.path("other")))
    rmdir(scratch.path("depot"))
    rmdir(scratch.path("other"))
    #expect(try watcher.readEvents() == [.folderGone(identifier)])
  }

  @Test("refuses a link, a file and what is not there")
  func refuses() throws {
    symlink(".", scratch.path("link"))
    try scratch.write("", to: "file")
    for name in ["link", "file", "absent"] {
      let error = #expect(throws: DiskError.self) { try watcher.watch(scratch.path(name)) }
      #expect(error?.kind == .failed)
    }
  }

  @Test("reads a bounded number of events a call, in order")
  func bounded() throws {
    let identifier = try watcher.watch(scratch.path)
    for index in 0..<100 {
      try AtomicFile.write([], to: name(index), in: scratch.folder, durable: false)
    }
    var moved: [WatchEvent] = []
    for _ in 0..<200 {
      let events = try watcher.readEvents(limit: 20)
      #expect(events.count <= 20)
      moved += events.filter { if case .movedIn = $0 { true } else { false } }
    }
    #expect(moved == (0..<100).map { .movedIn(identifier, name($0)) })
  }

  @Test("says when events were lost")
  func overflow() throws {
    let limit = try String(
      contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
    let queue = try #require(Int(limit.trimmingCharacters(in: .whitespacesAndNewlines)))
    try #require(queue <= 1_000_000)
    _ = try watcher.watch(scratch.path)
    try scratch.write("", to: "a")
    for index in 0..<queue {
      let (from, to) = index.isMultiple(of: 2) ? ("a", "b") : ("b", "a")
      rename(scratch.path(from), scratch.path(to))
    }
    var last: WatchEvent?
    for _ in 0..<queue {
      let events = try watcher.readEvents()
      guard let event = events.last else { break }
      last = event
    }
    #expect(last == .overflow)
  }

  private func name(_ index: Int) -> FileName {
    FileName("file-\(index)") ?? "file"
  }
}
