import Glibc
import JalonCore
import JalonDisk
import JalonRound
import Synchronization

/// A look at what waits in the depots, for whoever monitors the service: it opens no file.
///
/// Bounded: what is beyond is not counted, and the look says that it is not complete. On two cores ten
/// thousand empty depots take 40 milliseconds, a folder opened and listed each.
struct DepotLook {
  /// Projects that a DOORS folder may have: as many as the daemon looks at.
  private static let doorLimit = 200_000
  /// Depots that one core looks into at a time.
  private static let share = 256
  private static let depotName = FileName(written: "depot")
  /// Files that are looked at in all the depots.
  private static let fileLimit = 100_000

  private(set) var depots = ServiceFacts.Depots()

  /// Looks into every team's and officer's depot; where there are no doors yet, nothing waits.
  init(doors: String, _ world: World) throws(DiskError) {
    let officers = doors + "/" + DoorHolder.officersFolder
    let paths = try self.doors(in: doors) + self.doors(in: officers)
    let slices = stride(from: 0, to: paths.count, by: DepotLook.share).map {
      paths[$0..<min($0 + DepotLook.share, paths.count)]
    }
    let budget = Budget()
    for seen in world.map(slices, { DepotLook.look(into: $0, budget) }) { depots.add(seen) }
  }

  /// The doors of a folder of doors.
  private mutating func doors(in folder: String) throws(DiskError) -> [String] {
    guard access(folder, F_OK) == 0 else { return [] }
    let names = try Folder.open(folder).names(limit: DepotLook.doorLimit) { !$0.hasPrefix(".") }
    if names.hasMore { depots.isComplete = false }
    return names.names.compactMap(\.text).map { "\(folder)/\($0)" }
  }

  /// How many files may still be looked at, by all cores together.
  private final class Budget: Sendable {
    private let left = Atomic(DepotLook.fileLimit)

    /// As many as are wanted, or as are left.
    func take(_ wanted: Int) -> Int {
      let before = left.subtract(wanted, ordering: .relaxed).oldValue
      return max(0, min(wanted, before))
    }
  }

  private static func look(
    into paths: ArraySlice<String>, _ budget: Budget
  ) -> ServiceFacts.Depots {
    var depots = ServiceFacts.Depots()
    for path in paths {
      do throws(DiskError) {
        // Not where a link leads: the daemon does not look there either, and says so.
        guard let depot = try Folder.open(path).child(named: depotName) else { continue }
        try look(into: depot, budget, &depots)
      } catch {
        // What is no folder is no door.
        if error.code != ENOENT && error.code != ENOTDIR { depots.unreadable += 1 }
      }
    }
    return depots
  }

  private static func look(
    into depot: Folder, _ budget: Budget, _ depots: inout ServiceFacts.Depots
  ) throws(DiskError) {
    depots.count += 1
    let names = try depot.names(limit: fileLimit) { !isLeftAlone($0.bytes) }
    let looked = names.names.isEmpty ? 0 : budget.take(names.names.count)
    if names.hasMore || looked < names.names.count { depots.isComplete = false }
    for name in names.names.prefix(looked) {
      // It may have been taken since.
      guard let stamp = try depot.stamp(of: name) else { continue }
      depots.files += 1
      // Not the time of its last writing, which a client sets as it likes.
      let since = Instant(microseconds: stamp.changed / 1_000)
      depots.oldest = min(depots.oldest ?? since, since)
    }
  }
}

extension ServiceFacts.Depots {
  fileprivate mutating func add(_ other: Self) {
    count += other.count
    unreadable += other.unreadable
    files += other.files
    isComplete = isComplete && other.isComplete
    if let since = other.oldest { oldest = min(oldest ?? since, since) }
  }
}
