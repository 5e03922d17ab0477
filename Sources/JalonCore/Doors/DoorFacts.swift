/// What a path is: as the disk tells it, links not followed.
public struct FolderFacts: Hashable, Sendable {
  /// What stands there.
  public enum Kind: Hashable, Sendable {
    case folder
    case missing
    /// A file, a link, or anything else that is no folder.
    case other
  }

  /// The path, from the root.
  public var path: String
  /// What stands there.
  public var kind: Kind
  /// The owner's number.
  public var owner: UInt32
  /// The group's number.
  public var group: UInt32
  /// The permissions: twelve bits.
  public var mode: UInt32
  /// The file system's number.
  public var device: UInt64

  /// Facts; all zero for what is missing.
  public init(
    path: String, kind: Kind, owner: UInt32 = 0, group: UInt32 = 0, mode: UInt32 = 0,
    device: UInt64 = 0
  ) {
    self.path = path
    self.kind = kind
    self.owner = owner
    self.group = group
    self.mode = mode
    self.device = device
  }

  /// Whether an account may do all of this with the folder: 4 to list, 2 to write, 1 to pass.
  func allows(_ wanted: UInt32, to account: DoorAccount) -> Bool {
    let granted =
      if owner == account.id {
        mode >> 6
      } else if account.groups.contains(group) {
        mode >> 3
      } else {
        mode
      }
    return granted & wanted == wanted
  }
}

/// An account of the operating system.
public struct DoorAccount: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its number.
  public var id: UInt32
  /// Its home folder.
  public var home: String
  /// The numbers of its groups, the first one included.
  public var groups: Set<UInt32>

  /// An account.
  public init(name: String, id: UInt32, home: String, groups: Set<UInt32>) {
    self.name = name
    self.id = id
    self.home = home
    self.groups = groups
  }
}

/// One door as it is found.
public struct DoorFacts: Hashable, Sendable {
  /// Whose it is.
  public var holder: DoorHolder
  /// Whether it is a team's whose project is adopted; `nil` where that is not known or not asked.
  public var isAdopted: Bool?
  /// `DOORS/PROJECT`: the root that its holder sees.
  public var door: FolderFacts
  /// Where its holder writes.
  public var depot: FolderFacts
  /// Where its holder reads.
  public var receipts: FolderFacts
  /// The account that owns the depot; `nil` for a number without a name.
  public var account: DoorAccount?
  /// The name of the account that lives here, where it is not the holder's own name.
  public var resident: String?

  /// A door.
  public init(
    holder: DoorHolder, isAdopted: Bool?, door: FolderFacts, depot: FolderFacts,
    receipts: FolderFacts, account: DoorAccount?, resident: String? = nil
  ) {
    self.holder = holder
    self.isAdopted = isAdopted
    self.door = door
    self.depot = depot
    self.receipts = receipts
    self.account = account
    self.resident = resident
  }

  /// The account that its holder should have.
  var accountName: String { resident ?? holder.name }
}
