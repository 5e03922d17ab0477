import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonRound

/// Every door, what is seen in it, and what watches it.
final class Doors {
  /// Projects that a DOORS folder may have, and officers.
  private static let doorLimit = 200_000

  private let root: String
  /// Files that one look at one depot takes note of; the next look sees more.
  private let fileLimit: Int
  private let watcher: Watcher
  private var rootWatch: WatchEvent.Identifier?
  private var doors: [String: Door] = [:]
  private var idsByWatch: [WatchEvent.Identifier: String] = [:]
  /// Doors in which a look has left files out, and whether anything was filed from there since.
  private var overfull: [String: Bool] = [:]
  /// The doors in which files wait.
  private var busy: Set<String> = []
  private var hasWarnedOfLimit = false
  var delays: Settling<FileName, FileStamp>.Delays
  /// Whose files come next, and how many.
  var turns: Turns
  /// Doors with files that have to wait for another day's allowance.
  private(set) var heldBack: Set<String> = []

  /// - `fileLimit`: what one look takes note of, when it is not as many as one depot may settle.
  init(
    root: String, intake: Configuration.Intake,
    fileLimit: Int = Settling<FileName, FileStamp>.limit
  ) throws(DiskError) {
    self.root = root
    self.fileLimit = fileLimit
    delays = intake.delays
    turns = Turns(filesPerDay: intake.filesPerDay)
    watcher = try Watcher()
    _ = try Folder.openOrCreate(root, mode: 0o755)
  }

  /// Every door, by its folder below DOORS.
  var all: Set<String> { Set(doors.keys) }

  /// The door in a folder below DOORS, when nothing is known of its files.
  func door(_ id: String) -> Door { Door(path: root + "/" + id) }

  var fileDescriptor: Int32 { watcher.fileDescriptor }

  /// Makes the doors that adopted projects lack, whatever the umask is.
  ///
  /// Where that is not allowed, somebody else does: `jalon team add`.
  func make(for projects: [String], _ world: World) {
    let missing = projects.filter { doors[$0] == nil }.map { door($0) }
    world.concurrently(missing.count) { missing[$0].make() }
  }

  // MARK: Looking

  /// Looks into every depot: finds what events have missed.
  func scan(at now: UInt64) {
    do throws(DiskError) {
      let folder = try Folder.open(root)
      if rootWatch == nil { rootWatch = try? watcher.watch(folder, creation: true) }
      let holders =
        try Doors.names(in: folder).map(DoorHolder.team) + officers().map(DoorHolder.officer)
      let present = Dictionary(holders.map { ($0.id, $0) }) { first, _ in first }
      for gone in doors.keys where present[gone] == nil { forget(gone) }
      for (_, holder) in present.sorted(by: { $0.key < $1.key }) { scan(holder, at: now) }
      turns.tidy(at: now)
    } catch {
      Log.error("cannot look into the doors: \(error.advice)")
    }
  }

  private static func names(in folder: Folder) throws(DiskError) -> [String] {
    try folder.names(limit: doorLimit).names.compactMap(\.text).filter { !$0.hasPrefix(".") }
  }

  /// The officers who have a door; none where nobody made the folder of their doors, and none that
  /// would hold up the teams when it cannot be read.
  private func officers() -> [String] {
    do throws(DiskError) {
      let folder = try Folder.open(root + "/" + DoorHolder.officersFolder)
      // Watched anew at each look, for another folder may have taken its place.
      _ = try? watcher.watch(folder, creation: true)
      return try Doors.names(in: folder)
    } catch {
      if error.code != ENOENT {
        Log.warning("cannot look into the officers' doors: \(error.advice)")
      }
      return []
    }
  }

  private func scan(_ holder: DoorHolder, at now: UInt64) {
    let id = holder.id
    let known = doors[id]
    let settling = Settling<FileName, FileStamp>(delays) { $1.isTouched(since: $0) }
    var door = known ?? Door(holder, in: root, settling: settling)
    door.settling.delays = delays
    do throws(DiskError) {
      let depot = try door.depot()
      if known == nil { try Doors.endSidecarRemovals(in: depot, limit: fileLimit) }
      try watch(&door, depot)
      let (found, hasMore) = try files(in: depot)
      for (name, stamp) in found { door.settling.see(name, stamp, .scanned, at: now) }
      // What was not found among too many may still be there.
      if !hasMore { door.settling.keep(only: Set(found.map(\.name))) }
      overfull[id] = hasMore ? false : nil
      doors[id] = door
      note(id)
    } catch {
      // A folder without a depot is none of ours.
      if error.code == ELOOP {
        Log.error("\(id): the depot is a link, and is not followed; use a bind mount instead")
      } else if error.code != ENOENT && error.code != ENOTDIR {
        Log.warning("\(id): cannot look into the depot: \(error.advice)")
      }
      forget(id)
    }
  }

  /// The files of a depot in the order in which they came: what was pushed while nobody listened
  /// is read in that order, or a correction would come before what it corrects.
  private func files(
    in depot: Folder
  ) throws(DiskError) -> (files: [(name: FileName, stamp: FileStamp)], hasMore: Bool) {
    var found: [(name: FileName, stamp: FileStamp)] = []
    // What is left alone must not use up the limit, or it would hide what comes after it.
    let names = try depot.names(limit: fileLimit) { !isLeftAlone($0.bytes) }
    for name in names.names {
      if let stamp = try depot.stamp(of: name) { found.append((name, stamp)) }
    }
    found.sort {
      // The kernel's clock ticks slowly: names decide between those of one tick.
      $0.stamp.changed != $1.stamp.changed
        ? $0.stamp.changed < $1.stamp.changed
        : $0.name.bytes.lexicographicallyPrecedes($1.name.bytes)
    }
    return (found, names.hasMore)
  }

  /// Watches a depot, anew when another folder has taken its place.
  private func watch(_ door: inout Door, _ depot: Folder) throws(DiskError) {
    let stamp = try depot.stamp()
    if door.watch != nil, let watched = door.watched, watched.isSameFile(as: stamp) { return }
    if let old = door.watch {
      watcher.unwatch(old)
      idsByWatch[old] = nil
    }
    do throws(DiskError) {
      let watch = try watcher.watch(depot, creation: true)
      door.watch = watch
      door.watched = stamp
      idsByWatch[watch] = door.id
    } catch {
      door.watch = nil
      guard error.kind == .watchLimit else { throw error }
      if !hasWarnedOfLimit {
        Log.warning("no more inotify watches: raise fs.inotify.max_user_watches; scans go on")
      }
      hasWarnedOfLimit = true
    }
  }

  private func forget(_ id: String) {
    guard let door = doors.removeValue(forKey: id) else { return }
    busy.remove(id)
    heldBack.remove(id)
    overfull[id] = nil
    if let watch = door.watch {
      watcher.unwatch(watch)
      idsByWatch[watch] = nil
    }
  }

  private func note(_ id: String) {
    if doors[id]?.settling.isEmpty ?? true {
      busy.remove(id)
      heldBack.remove(id)
    } else {
      busy.insert(id)
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
        case .childFolder(let watch, _): mustScan = mustScan || idsByWatch[watch] == nil
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
    guard let id = idsByWatch[watch], let door = doors[id], !isLeftAlone(name.bytes),
      let depot = try? door.depot(), let stamp = try? depot.stamp(of: name)
    else { return }
    doors[id]?.settling.see(name, stamp, sign, at: now)
    note(id)
  }

  /// Takes note of a file that got this name by a link.
  ///
  /// The RENAME of SFTP is a link and a removal where OpenSSH serves it, which no event tells as a
  /// rename. The file may have both names for a moment, so it waits as one that was closed does.
  private func seeLink(_ watch: WatchEvent.Identifier, _ name: FileName, at now: UInt64) {
    guard let id = idsByWatch[watch], let door = doors[id],
      !isLeftAlone(name.bytes), let depot = try? door.depot(),
      // One that is being written to is closed later. One without bytes may be about to be written
      // to, by a local program that sets its permissions first.
      let stamp = try? depot.stamp(of: name), stamp.isTouched, stamp.size > 0
    else { return }
    doors[id]?.settling.see(name, stamp, .closed, at: now)
    note(id)
  }

  // MARK: Taking

  /// A door, and its files that look complete.
  typealias Ready = (door: Door, files: ArraySlice<(name: FileName, stamp: FileStamp)>)

  /// Doors with so many files that look complete, or more, in the order in which to take them; the
  /// others have their turn when these are taken.
  func ready(at now: UInt64, files limit: Int) -> [Ready] {
    var ready: [(door: String, files: [(name: FileName, stamp: FileStamp)])] = []
    var count = 0
    for id in turns.order(busy) where count < limit {
      guard let settled = doors[id]?.settling.settled(at: now) else { continue }
      let allowance = turns.allowance(of: id, at: now)
      if settled.count > allowance { heldBack.insert(id) } else { heldBack.remove(id) }
      guard !settled.isEmpty && allowance > 0 else { continue }
      ready.append((id, Array(settled.prefix(allowance))))
      count += Turns.weight(settled.count)
    }
    return turns.deal(ready).compactMap { id, files in doors[id].map { ($0, files) } }
  }

  /// Changes what is known of one file.
  func update(
    _ id: String, _ change: (inout Settling<FileName, FileStamp>) -> Void
  ) {
    doors[id]?.update(change)
    note(id)
  }

  /// Forgets a file that was filed.
  func filed(_ id: String, _ name: FileName) {
    update(id) { $0.forget(name) }
    if overfull[id] == false { overfull[id] = true }
  }

  /// Looks again where a look has left files out, once what it found is gone and some of it filed.
  func scanOverfull(at now: UInt64) -> Bool {
    let due = overfull.filter { $0.value && doors[$0.key]?.settling.isEmpty == true }.keys
    for id in due { doors[id].map { scan($0.holder, at: now) } }
    return !due.isEmpty
  }

  /// When the next file may look complete.
  var nextDeadline: UInt64? {
    busy.compactMap { id in
      doors[id]?.settling.nextDeadline.map { turns.earliest(for: id, from: $0) }
    }.min()
  }
}
