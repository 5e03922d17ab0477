import Glibc
import JalonCore
import JalonDisk
import JalonRound

/// One project's door: the depot that its team writes to, and the receipts that it reads.
///
/// Its folders are opened when needed and closed again: ten thousand doors must not hold ten
/// thousand descriptors.
struct Door {
  /// The project, as the folder's name says it.
  let project: String
  /// `DOORS/PROJECT`.
  let path: String
  /// The depot's watch, if it has one.
  var watch: WatchEvent.Identifier?
  /// The depot folder that is watched, to notice when another one has taken its place.
  var watched: FileStamp?
  /// What has been seen in the depot.
  var settling: Settling<FileName, FileStamp>

  var depotPath: String { path + "/depot" }

  /// Changes what is known of its files, in place.
  mutating func update(_ change: (inout Settling<FileName, FileStamp>) -> Void) {
    change(&settling)
  }

  func depot() throws(DiskError) -> Folder { try Folder.open(depotPath) }

  func receipts() throws(DiskError) -> Folder {
    let receipts = path + "/recepisses"
    do throws(DiskError) {
      return try Folder.open(receipts)
    } catch {
      guard error.code == ENOENT else { throw error }
    }
    _ = try Folder.make(receipts, mode: DoorTerms.doorMode)
    return try Folder.open(receipts)
  }
}
