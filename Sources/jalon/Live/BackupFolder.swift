import Glibc
import JalonCore
import JalonDisk

/// A folder of dated copies of the notebook, of which the newest are kept.
///
/// A copy gets its name when it is whole and on disk, and an older one goes only after that:
/// whatever ends a backup halfway, every dated name in the folder is a copy that can be restored.
struct BackupFolder {
  /// Names that one look at the folder takes note of.
  private static let limit = 100_000

  private let folder: Folder
  /// As it was given, for SQLite: what `folder` shows may be escaped.
  private let path: String

  /// The folder of this path; `nil` where there is none.
  init?(_ path: String) throws(DiskError) {
    do throws(DiskError) {
      folder = try Folder.open(path)
    } catch {
      guard error.code == ENOENT || error.code == ENOTDIR else { throw error }
      return nil
    }
    self.path = path
  }

  /// Lets a copy be written, and gives it the name of this instant.
  ///
  /// - Returns: the path of the copy, which a power cut does not take back any more.
  /// - Throws: status 75 where this second has its copy already.
  func add(at now: Instant, _ copy: (_ path: String) throws -> Void) throws -> String {
    try AtomicFile.removeLeftovers(
      in: folder, modifiedBefore: Clock.anHourAgo, limit: BackupFolder.limit)
    let name = BackupFolder.name(at: now)
    // Not made of the other: what one killed this second has left would be in the way.
    let from = AtomicFile.privateName()
    guard let to = FileName(name), try folder.stamp(of: to) == nil
    else { throw Failure(.tryAgain, "\(path)/\(name) was made this second: try again") }
    try copy("\(path)/\(from)")
    guard try AtomicFile.publish(from, as: to, in: folder) else {
      try folder.remove(from)
      throw DiskError(code: EEXIST, action: "backing up to", path: "\(path)/\(name)")
    }
    return "\(path)/\(name)"
  }

  /// Removes all but so many dated copies: the oldest go, and never the one just made, whatever the
  /// clock says.
  func drop(keeping count: Int, besides made: String) throws(DiskError) {
    let others = try folder.names(limit: BackupFolder.limit) { name in
      name.text.map { BackupFolder.isDated($0) && !made.hasSuffix("/" + $0) } ?? false
    }
    let byAge = others.names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    for name in byAge.dropLast(count - 1) { try folder.remove(name) }
  }

  /// Such as `jalon-2021-07-20T013000Z.sqlite`: by name is by age, and no shell has to quote it.
  private static func name(at instant: Instant) -> String {
    "jalon-" + instant.description.prefix(19).filter { $0 != ":" } + "Z.sqlite"
  }

  /// Whether a name is one of ours; whatever else lies in the folder is left alone.
  private static func isDated(_ name: String) -> Bool {
    let pattern = Array("jalon-0000-00-00T000000Z.sqlite".utf8)
    return name.utf8.count == pattern.count
      && zip(name.utf8, pattern).allSatisfy { byte, sample in
        sample == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == sample
      }
  }
}
