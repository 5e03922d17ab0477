import Glibc
import JalonCore
import JalonDisk
import JalonRound

extension DoorHolder {
  /// The holder of the door in a folder.
  init(path: String) {
    let folder = PathName.parent(of: path)
    let name = PathName.last(of: path)
    let isOfficers = PathName.last(of: folder) == DoorHolder.officersFolder
    self = isOfficers ? .officer(name) : .team(name)
  }
}

/// One door: the depot that its holder writes to, and the receipts that they read.
///
/// Its folders are opened when needed and closed again: ten thousand doors must not hold ten
/// thousand descriptors.
struct Door {
  /// Whose it is.
  let holder: DoorHolder
  /// `DOORS/PROJECT`, or `DOORS/.decisions/OFFICER`.
  let path: String
  /// The depot's watch, if it has one.
  var watch: WatchEvent.Identifier?
  /// The depot folder that is watched, to notice when another one has taken its place.
  var watched: FileStamp?
  /// What has been seen in the depot.
  var settling: Settling<FileName, FileStamp>

  /// The door's folder below DOORS.
  var id: String { holder.id }

  var depotPath: String { path + "/depot" }

  /// Changes what is known of its files, in place.
  mutating func update(_ change: (inout Settling<FileName, FileStamp>) -> Void) {
    change(&settling)
  }

  /// The door in a folder, when nothing is known of its files.
  init(path: String) {
    holder = DoorHolder(path: path)
    self.path = path
    settling = Settling(.none)
  }

  /// The door of a holder below DOORS.
  init(
    _ holder: DoorHolder, in root: String,
    settling: Settling<FileName, FileStamp> = Settling(.none)
  ) {
    self.holder = holder
    path = root + "/" + holder.id
    self.settling = settling
  }

  /// Makes its folders, as far as that is allowed.
  func make() {
    _ = try? Folder.make(path, mode: DoorTerms.doorMode)
    _ = try? Folder.make(path + "/recepisses", mode: DoorTerms.doorMode)
    if (try? Folder.make(depotPath, mode: DoorTerms.depotMode)) == nil {
      // A service may be kept from handing its group on (`RestrictSUIDSGID=`).
      _ = try? Folder.make(depotPath, mode: DoorTerms.depotMode & 0o777)
    }
  }

  /// The depot; never the folder that a link in its place leads to, for that may be another team's.
  func depot() throws(DiskError) -> Folder {
    guard let depot = try Folder.open(path).child(named: Door.depotName) else {
      throw DiskError(code: ENOENT, action: "opening the folder", path: depotPath)
    }
    return depot
  }

  /// The folder of its receipts, made if it is missing; never through a link.
  func receipts() throws(DiskError) -> Folder {
    let folder = try Folder.open(path)
    if let receipts = try folder.child(named: Door.receiptsName) { return receipts }
    _ = try Folder.make(path + "/recepisses", mode: DoorTerms.doorMode)
    return try folder.makeChild(named: Door.receiptsName, mode: DoorTerms.doorMode)
  }

  private static let depotName = FileName(written: "depot")
  private static let receiptsName = FileName(written: "recepisses")
}

extension Doors {
  /// What marks a sidecar that came after its file while it is being removed.
  static func sidecarToken(_ stamp: FileStamp) -> String { "sidecar-\(stamp.inode)" }

  /// Ends what a process before was killed at: another file than the one it had read gets a name
  /// again, for nobody has read it.
  static func endSidecarRemovals(in depot: Folder, limit: Int) throws(DiskError) {
    _ = try depot.recoverTaken(limit: limit) { token, stamp in
      guard token.hasPrefix("sidecar-") else { return .leave }
      return token == sidecarToken(stamp) ? .remove : .restore(nil)
    }
  }
}
