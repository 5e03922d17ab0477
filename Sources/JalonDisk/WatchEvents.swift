import Glibc

/// The records of inotify(7), as they lie one after the other in what was read.
enum WatchEvents {
  /// Decodes whole records; a cut one at the end, which the kernel never makes, is left out.
  static func decode(_ records: UnsafeRawBufferPointer) -> [WatchEvent] {
    var events: [WatchEvent] = []
    var rest = records[...]
    let headerSize = MemoryLayout<inotify_event>.size
    while rest.count >= headerSize {
      let header = UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: Header.self)
      guard rest.count - headerSize >= Int(header.length) else { break }
      let name = rest.dropFirst(headerSize).prefix(Int(header.length)).prefix { $0 != 0 }
      if let event = event(header, FileName(name)) { events.append(event) }
      rest = rest.dropFirst(headerSize + Int(header.length))
    }
    return events
  }

  /// `struct inotify_event` without its flexible array.
  struct Header: BitwiseCopyable {
    var watch: Int32
    var mask: UInt32
    var cookie: UInt32
    var length: UInt32
  }

  private static func event(_ header: Header, _ name: FileName?) -> WatchEvent? {
    let has = { (bit: Int32) in header.mask & UInt32(bit) != 0 }
    if has(IN_Q_OVERFLOW) { return .overflow }
    if has(IN_DELETE_SELF) || has(IN_MOVE_SELF) || has(Int32(IN_UNMOUNT)) {
      return .folderGone(header.watch)
    }
    guard let name else { return nil }
    if has(IN_ISDIR) {
      return has(IN_CREATE) || has(IN_MOVED_TO) ? .childFolder(header.watch, name) : nil
    }
    if has(IN_CLOSE_WRITE) { return .closed(header.watch, name) }
    if has(IN_CREATE) { return .created(header.watch, name) }
    if has(IN_MOVED_TO) { return .movedIn(header.watch, name) }
    return nil
  }
}
