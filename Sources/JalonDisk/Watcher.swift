import Glibc

/// What an inotify watch tells about a folder.
public enum WatchEvent: Hashable, Sendable {
  /// Which watched folder.
  public typealias Identifier = Int32

  /// A file that was open for writing was closed; by whom and whether it is whole is not known.
  case closed(Identifier, FileName)
  /// A file got this name.
  case movedIn(Identifier, FileName)
  /// A name was made for a file, new or not; told only where it was asked for.
  case created(Identifier, FileName)
  /// A folder was made here or got this name; told only where it was asked for.
  case childFolder(Identifier, FileName)
  /// The folder was removed or renamed: nothing more will come from it. (A folder that is removed
  /// while somebody has it open says so only when it is closed.)
  case folderGone(Identifier)
  /// Events were lost: look everywhere.
  case overflow
}

/// Watches folders for files that arrive.
///
/// Its events are hints: scan too.
public final class Watcher: Sendable {
  /// Becomes readable when there are events: for a read source of the dispatch queue.
  public let fileDescriptor: Int32
  private static let bufferSize = 64 * 1024

  /// Starts watching nothing.
  public init() throws(DiskError) {
    switch SystemCalls.retrying({ inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }) {
    case .success(let descriptor): fileDescriptor = descriptor
    case .failure(let failure): throw failure.during("starting to watch", "folders")
    }
  }

  deinit { close(fileDescriptor) }

  /// Watches a folder, which must not be a symbolic link; a folder already watched keeps its
  /// number.
  ///
  /// - `creation`: whether to tell of files and folders made in it, too.
  /// - Throws `watchLimit` when the system has no more watches.
  public func watch(
    _ path: String, creation: Bool = false
  ) throws(DiskError) -> WatchEvent.Identifier {
    try SystemCalls.check(path, "watching")
    let shown = FileName.escaping(path.utf8)
    return try add(path, IN_DONT_FOLLOW, creation: creation, shown: shown)
  }

  /// Watches the very folder that is open, whatever its path has become; needs `/proc`.
  ///
  /// - `creation`: whether to tell of files and folders made in it, too.
  /// - Throws `watchLimit` when the system has no more watches.
  public func watch(
    _ folder: Folder, creation: Bool = false
  ) throws(DiskError) -> WatchEvent.Identifier {
    let path = "/proc/self/fd/\(folder.descriptor)"
    return try add(path, 0, creation: creation, shown: folder.path)
  }

  private func add(
    _ path: String, _ flags: Int32, creation: Bool, shown: String
  ) throws(DiskError) -> WatchEvent.Identifier {
    let events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF
    let mask = UInt32(events | IN_ONLYDIR | flags | (creation ? IN_CREATE : 0))
    switch SystemCalls.retrying({ inotify_add_watch(fileDescriptor, path, mask) }) {
    case .success(let identifier): return identifier
    case .failure(let failure):
      throw failure.during("watching", shown, kind: failure.code == ENOSPC ? .watchLimit : .failed)
    }
  }

  /// Stops watching a folder; does nothing if it is not watched.
  ///
  /// Events already queued still come.
  public func unwatch(_ identifier: WatchEvent.Identifier) {
    inotify_rm_watch(fileDescriptor, identifier)
  }

  /// Reads some of the events that have come, and never waits; none means there are no more.
  ///
  /// A folder that was renamed is unwatched: it is no longer where it was looked for.
  ///
  /// - `limit`: about how many events to read, up to what 64 KiB hold.
  public func readEvents(limit: Int = 1024) throws(DiskError) -> [WatchEvent] {
    let size = min(max(limit, 17) * MemoryLayout<inotify_event>.size, Self.bufferSize)
    let result = withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
      SystemCalls.retrying { read(fileDescriptor, buffer.baseAddress, buffer.count) }
        .map { WatchEvents.decode(UnsafeRawBufferPointer(rebasing: buffer[..<$0])) }
    }
    switch result {
    case .success(let events):
      for case .folderGone(let identifier) in events { unwatch(identifier) }
      return events
    case .failure(let failure) where failure.code == EAGAIN: return []
    case .failure(let failure): throw failure.during("reading the events of", "watched folders")
    }
  }
}
