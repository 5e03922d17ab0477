import Glibc
import JalonCore

/// The accounts and groups of this machine.
enum Accounts {
  /// Bytes that an entry may need; longer ones count as missing.
  private static let entryLimit = 65_536
  /// Accounts that are looked through.
  private static let accountLimit = 1_000_000
  /// Groups that an account may have.
  private static let groupLimit: Int32 = 4_096

  /// The account of a name; `nil` when there is none.
  static func account(named name: String) -> DoorAccount? {
    entry { getpwnam_r(name, $0, $1, $2, $3) }
  }

  /// The account of a number; `nil` when there is none.
  static func account(number: UInt32) -> DoorAccount? {
    entry { getpwuid_r(number, $0, $1, $2, $3) }
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func entry(_ look: Lookup) -> DoorAccount? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: entryLimit) { buffer in
      var record = passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard let start = buffer.baseAddress, look(&record, start, buffer.count, &found) == 0,
        found != nil, let name = record.pw_name, let home = record.pw_dir
      else { return nil }
      return DoorAccount(
        name: String(cString: name), id: record.pw_uid, home: String(cString: home),
        groups: groups(of: name, first: record.pw_gid))
    }
  }

  private static func groups(of name: UnsafePointer<CChar>, first: gid_t) -> Set<UInt32> {
    var count = groupLimit
    var groups = [gid_t](repeating: 0, count: Int(count))
    guard getgrouplist(name, first, &groups, &count) >= 0 else { return [first] }
    return Set(groups.prefix(Int(count)))
  }

  /// The names of the accounts by the folders that they live in; the first of each folder.
  ///
  /// What a directory service does not list is left out.
  static func namesByHome() -> [String: String] {
    var names: [String: String] = [:]
    setpwent()
    defer { endpwent() }
    for _ in 0..<accountLimit {
      guard let record = getpwent(), let name = record.pointee.pw_name,
        let home = record.pointee.pw_dir
      else { break }
      let folder = String(cString: home)
      if names[folder] == nil { names[folder] = String(cString: name) }
    }
    return names
  }

  /// A group by its name.
  static func group(named name: String) -> DoorGroup {
    let id = withUnsafeTemporaryAllocation(of: CChar.self, capacity: entryLimit) {
      buffer -> UInt32? in
      var record = Glibc.group()
      var found: UnsafeMutablePointer<Glibc.group>?
      guard let start = buffer.baseAddress,
        getgrnam_r(name, &record, start, buffer.count, &found) == 0, found != nil
      else { return nil }
      return record.gr_gid
    }
    return DoorGroup(name: name, id: id)
  }

  /// Who has to do with the doors where Jalon runs as this account; `nil` when there is none.
  static func terms(service name: String) -> DoorTerms? {
    account(named: name).map {
      DoorTerms(
        service: $0, doors: group(named: DoorTerms.doorsGroup),
        teams: group(named: DoorTerms.teamsGroup), officers: group(named: DoorTerms.officersGroup))
    }
  }
}
