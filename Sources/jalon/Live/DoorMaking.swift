import Glibc
import JalonCore
import JalonDisk
import JalonPages

/// Makes the folders of a door, with their owners and permissions, as root.
struct DoorMaking {
  private let doors: String
  private let terms: DoorTerms

  init(_ doors: String, _ terms: DoorTerms) {
    self.doors = doors
    self.terms = terms
  }

  /// Makes what a door lacks, and says so; what is there stays as it is: `team check` looks at it.
  ///
  /// - `account`: its holder's account; `nil` where a team has none.
  /// - Returns: whether all is there now.
  func make(_ holder: DoorHolder, account name: String?, _ page: DoorSetupPage) throws -> Bool {
    guard let group = terms.doors.id else {
      let name = terms.doors.name
      Output.complain("there is no group \(name) yet: groupadd --system \(name)")
      return false
    }
    var owner = terms.service
    if let name {
      guard let account = Accounts.account(named: name) else {
        Output.complain("\(holder.name): there is no account \(name) yet; make it, then come back:")
        Output.complain("  " + (page.accountCommand ?? ""))
        return false
      }
      owner = account
    }
    let door = doors + "/" + holder.id
    if holder.officer != nil {
      try make(doors + "/" + DoorHolder.officersFolder, DoorTerms.doorMode, 0, 0)
    }
    try make(door, DoorTerms.doorMode, 0, 0)
    // Receipts before the depot: where a team can write, it can read the answer.
    try make(door + "/recepisses", DoorTerms.doorMode, terms.service.id, group)
    try make(door + "/depot", DoorTerms.depotMode, owner.id, group)
    try Output.write(page.access)
    return true
  }

  private func make(_ path: String, _ mode: UInt32, _ user: UInt32, _ group: UInt32) throws {
    do throws(DiskError) {
      let isNew = try Folder.make(path, mode: mode, owner: (user, group))
      try Output.write("\(path)  \(String(mode, radix: 8))\(isNew ? "" : "  (it was there)")\n")
    } catch {
      guard error.code == EPERM || error.code == EACCES else { throw error }
      throw Failure(
        .inputOutput,
        "\(error). Doors are made by root: sudo jalon team add --make …, or run what team add "
          + "prints without --make")
    }
  }
}
