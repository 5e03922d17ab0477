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

  func depot() throws(DiskError) -> Folder { try Folder.open(depotPath) }

  var receiptsPath: String { path + "/recepisses" }

  func receipts() throws(DiskError) -> Folder {
    do throws(DiskError) {
      return try Folder.open(receiptsPath)
    } catch {
      guard error.code == ENOENT else { throw error }
    }
    _ = try Folder.make(receiptsPath, mode: DoorTerms.doorMode)
    return try Folder.open(receiptsPath)
  }
}
