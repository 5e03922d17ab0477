import Glibc
import JalonCore
import JalonDisk

/// Looks at the doors as they stand on the disk.
struct DoorSurvey {
  /// Doors that a folder may have.
  private static let doorLimit = 200_000

  /// The folder DOORS, from the root.
  let doors: String
  /// The ids of the adopted projects; `nil` where nobody knows.
  let adopted: Set<String>?
  private let residents = Accounts.namesByHome()

  init(doors: String, adopted: Set<String>?) {
    self.doors = doors
    self.adopted = adopted
  }

  /// Every door there is, and that of each adopted project, sorted.
  func holders() throws(DiskError) -> [DoorHolder] {
    let teams = Set(try names(in: doors)).union(adopted ?? [])
    let officers = try names(in: doors + "/" + DoorHolder.officersFolder)
    return teams.sorted().map(DoorHolder.team) + officers.sorted().map(DoorHolder.officer)
  }

  /// The folders in a folder; none where it is missing.
  private func names(in path: String) throws(DiskError) -> [String] {
    guard let found = try Ownership.of(path), found.kind == .directory else { return [] }
    let folder = try Folder.open(path)
    var names: [String] = []
    for name in try folder.names(limit: Self.doorLimit).names {
      // What is no folder is none of the daemon's business either.
      guard let text = name.text, !text.hasPrefix("."),
        try folder.stamp(of: name)?.kind == .directory
      else { continue }
      names.append(text)
    }
    return names
  }

  /// The folders that lead to the doors: the root first, DOORS last.
  func way() throws(DiskError) -> [FolderFacts] {
    var path = ""
    var facts = [try Self.facts("/")]
    for part in doors.split(separator: "/") {
      path += "/" + part
      facts.append(try Self.facts(path))
    }
    return facts
  }

  /// One door.
  func facts(_ holder: DoorHolder) throws(DiskError) -> DoorFacts {
    let path = doors + "/" + holder.id
    let depot = try Self.facts(path + "/depot")
    let isAdopted = holder.project.flatMap { project in adopted.map { $0.contains(project) } }
    return DoorFacts(
      holder: holder, isAdopted: isAdopted, door: try Self.facts(path), depot: depot,
      receipts: try Self.facts(path + "/recepisses"),
      account: depot.kind == .folder ? Accounts.account(number: depot.owner) : nil,
      resident: residents[path].flatMap { $0 == holder.name ? nil : $0 })
  }

  /// What a path is.
  static func facts(_ path: String) throws(DiskError) -> FolderFacts {
    guard let found = try Ownership.of(path) else { return FolderFacts(path: path, kind: .missing) }
    return FolderFacts(
      path: path, kind: found.kind == .directory ? .folder : .other, owner: found.owner,
      group: found.group, mode: found.mode, device: found.device)
  }
}
