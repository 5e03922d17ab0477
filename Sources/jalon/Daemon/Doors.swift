import Glibc
import JalonCore
import JalonDisk
import JalonRound

/// Every door, what is seen in it, and what watches it.
final class Doors {
  /// Projects that a DOORS folder may have.
  private static let doorLimit = 200_000
  /// Files that one look at one depot takes note of; the next look sees more.
  private static let fileLimit = 10_000

  private let root: String
  private let watcher: Watcher
  private var rootWatch: WatchEvent.Identifier?
  private var doors: [String: Door] = [:]
  private var projectsByWatch: [WatchEvent.Identifier: String] = [:]
  /// The doors in which files wait.
  private var busy: Set<String> = []
  private var hasWarnedOfLimit = false
  private var halves = Halves()
  var delays: Settling<FileName, FileStamp>.Delays

  init(root: String, delays: Settling<FileName, FileStamp>.Delays) throws(DiskError) {
    self.root = root
    self.delays = delays
    watcher = try Watcher()
    _ = try Folder.openOrCreate(root, mode: 0o755)
  }

  var fileDescriptor: Int32 { watcher.fileDescriptor }

  /// Makes the doors that adopted projects lack, whatever the umask is.
  ///
  /// Where that is not allowed, somebody else does: `jalon team add`.
  func make(for projects: [String]) {
    for project in projects where doors[project] == nil {
      let door = root + "/" + project
      _ = try? Folder.make(door, mode: DoorTerms.doorMode)
      _ = try? Folder.make(door + "/recepisses", mode: DoorTerms.doorMode)
      _ = try? Folder.make(door + "/depot", mode: DoorTerms.depotMode)
    }
  }

  // MARK: Looking

  /// Looks into every depot: finds what events have missed.
  func scan(at now: UInt64) {
    do throws(DiskError) {
      let folder = try Folder.open(root)
      if rootWatch == nil { rootWatch = try? watcher.watch(folder, creation: true) }
      let names = try folder.names(limit: Doors.doorLimit).names
      let present = Set(names.compactMap(\.text).filter { !$0.hasPrefix(".") })
      for gone in doors.keys where !present.contains(gone) { forget(gone) }
      for project in present.sorted() { scan(project, at: now) }
    } catch {
      Log.error("cannot look into the doors: \(error)")
    }
  }

  private func scan(_ project: String, at now: UInt64) {
    let known = doors[project]
    let settling = Settling<FileName, FileStamp>(delays) { $1.isTouched(since: $0) }
    var door = known ?? Door(project: project, path: root + "/" + project, settling: settling)
    door.settling.delays = delays
    do throws(DiskError) {
      let depot = try door.depot()
      if known == nil { try Doors.endSidecarRemovals(in: depot) }
      try watch(&door, depot)
      let found = try Doors.files(in: depot)
      for (name, stamp) in found { door.settling.see(name, stamp, .scanned, at: now) }
      door.settling.keep(only: Set(found.map(\.name)))
      doors[project] = door
      note(project)
    } catch {
      // A folder without a depot is none of ours.
      if error.code != ENOENT && error.code != ENOTDIR {
        Log.warning("\(project): cannot look into the depot: \(error)")
      }
      forget(project)
    }
  }

  /// What marks a sidecar that came after its file while it is being removed.
  static func sidecarToken(_ stamp: FileStamp) -> String { "sidecar-\(stamp.inode)" }

  /// Ends what a process before was killed at: another file than the one it had read gets a name
  /// again, for nobody has read it.
  private static func endSidecarRemovals(in depot: Folder) throws(DiskError) {
    _ = try depot.recoverTaken(limit: fileLimit) { token, stamp in
      guard token.hasPrefix("sidecar-") else { return .leave }
      return token == sidecarToken(stamp) ? .remove : .restore(nil)
    }
  }

  /// The files of a depot in the order in which they came: what was pushed while nobody listened
  /// is read in that order, or a correction would come before what it corrects.
  private static func files(
    in depot: Folder
  ) throws(DiskError) -> [(name: FileName, stamp: FileStamp)] {
    var found: [(name: FileName, stamp: FileStamp)] = []
    // What is left alone must not use up the limit, or it would hide what comes after it.
    let names = try depot.names(limit: fileLimit) { !isLeftAlone($0.bytes) }.names
    for name in names {
      if let stamp = try depot.stamp(of: name) { found.append((name, stamp)) }
    }
    return found.sorted {
      // The kernel's clock ticks slowly: names decide between those of one tick.
      $0.stamp.changed != $1.stamp.changed
        ? $0.stamp.changed < $1.stamp.changed
        : $0.name.bytes.lexicographicallyPrecedes($1.name.bytes)
    }
  }

  /// Watches a depot, anew when another folder has taken its place.
  private func watch(_ door: inout Door, _ depot: Folder) throws(DiskError) {
    let stamp = try depot.stamp()
    if door.watch != nil, let watched = door.watched, watched.isSameFile(as: stamp) { return }
    if let old = door.watch {
      watcher.unwatch(old)
      projectsByWatch[old] = nil
    }
    do throws(DiskError) {
      let watch = try watcher.watch(depot, creation: true)
      door.watch = watch
      door.watched = stamp
      projectsByWatch[watch] = door.project
    } catch {
      door.watch = nil
      guard error.kind == .watchLimit else { throw error }
      if !hasWarnedOfLimit {
        Log.warning("no more inotify watches: raise fs.inotify.max_user_watches; scans go on")
      }
      hasWarnedOfLimit = true
    }
  }

  private func forget(_ project: String) {
    guard let door = doors.removeValue(forKey: project) else { return }
    busy.remove(project)
    if let watch = door.watch {
      watcher.unwatch(watch)
      projectsByWatch[watch] = nil
    }
  }

  private func note(_ project: String) {
    if doors[project]?.settling.isEmpty ?? true {
      busy.remove(project)
    } else {
      busy.insert(project)
    }
  }

  // MARK: Listening

  /// Takes note of what the watches tell.
  ///
  /// - Returns: whether everything has to be looked at again.
  func listen(at now: UInt64) -> Bool {
    var mustScan = false
    // Bounded, so that a flood of events cannot keep the round from its other work.
    for _ in 0..<64 {
      guard let events = try? watcher.readEvents(), !events.isEmpty else { return mustScan }
      for event in events {
        switch event {
        case .closed(let watch, let name): see(watch, name, .closed, at: now)
        case .movedIn(let watch, let name): see(watch, name, .renamed, at: now)
        case .created(let watch, let name): seeLink(watch, name, at: now)
        case .childFolder(let watch, _): mustScan = mustScan || projectsByWatch[watch] == nil
        case .folderGone, .overflow: mustScan = true
        }
      }
    }
    return true
  }

  private func see(
    _ watch: WatchEvent.Identifier, _ name: FileName,
    _ sign: Settling<FileName, FileStamp>.Sign, at now: UInt64
  ) {
    guard let project = projectsByWatch[watch], let door = doors[project] else { return }
    guard !isLeftAlone(name.bytes) else { return halves.note(name, in: project) }
    let wasHalf = halves.take(name, in: project)
    guard let depot = try? door.depot(), let stamp = try? depot.stamp(of: name) else { return }
    doors[project]?.settling.see(name, stamp, wasHalf ? .closed : sign, at: now)
    note(project)
  }

  /// Takes note of a file that got this name by a link.
  ///
  /// The RENAME of SFTP is a link and a removal where OpenSSH serves it, which no event tells as a
  /// rename. The file may have both names for a moment, so it waits as one that was closed does.
  private func seeLink(_ watch: WatchEvent.Identifier, _ name: FileName, at now: UInt64) {
    guard let project = projectsByWatch[watch], let door = doors[project],
      !isLeftAlone(name.bytes), let depot = try? door.depot(),
      // A file that is being written to is closed later, or renamed.
      let stamp = try? depot.stamp(of: name), stamp.isTouched
    else { return }
    doors[project]?.settling.see(name, stamp, .closed, at: now)
    note(project)
  }

  // MARK: Taking

  /// A door, and its files that look complete.
  typealias Ready = (door: Door, files: [(name: FileName, stamp: FileStamp)])

  /// Doors with so many files that look complete, or a few more; the others have their turn when
  /// these are taken.
  func ready(at now: UInt64, files limit: Int) -> [Ready] {
    var ready: [Ready] = []
    var count = 0
    for project in busy where count < limit {
      guard let door = doors[project] else { continue }
      let files = door.settling.settled(at: now)
      if !files.isEmpty { ready.append((door, files)) }
      count += files.count
    }
    return ready.sorted { $0.door.project < $1.door.project }
  }

  /// Changes what is known of one file.
  func update(
    _ project: String, _ change: (inout Settling<FileName, FileStamp>) -> Void
  ) {
    doors[project]?.update(change)
    note(project)
  }

  /// When the next file may look complete.
  var nextDeadline: UInt64? { busy.compactMap { doors[$0]?.settling.nextDeadline }.min() }
}
