/// A group of the operating system.
public struct DoorGroup: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Its number; `nil` where there is no such group.
  public let id: UInt32?

  /// A group.
  public init(name: String, id: UInt32?) {
    self.name = name
    self.id = id
  }
}

/// Who has to do with the doors of an installation, and how their folders have to be.
///
/// A depot belongs to its team's account and to the group `jalon-doors`, of which Jalon is, and the
/// web server where there is a door by HTTPS: not to Jalon's own group, whose members may read the
/// notebook.
public struct DoorTerms: Hashable, Sendable {
  /// The group of those who open depots: Jalon, and the web server.
  public static let doorsGroup = "jalon-doors"
  /// The group of the teams' accounts, which the SSH server keeps in their doors.
  public static let teamsGroup = "jalon-teams"
  /// The group of the officers' accounts, which the SSH server keeps in their doors.
  public static let officersGroup = "jalon-officers"
  /// The folder below DOORS where the web server keeps what is still arriving.
  public static let stagingFolder = ".incoming"
  /// Permissions of a door, and of the receipts in it: its holder reads, and changes nothing.
  public static let doorMode: UInt32 = 0o755
  /// Permissions of a depot: its holder and the group write, and what is written is the group's.
  public static let depotMode: UInt32 = 0o2770

  /// The account that Jalon runs as.
  public let service: DoorAccount
  /// Who opens depots.
  public let doors: DoorGroup
  /// Whose members are teams.
  public let teams: DoorGroup
  /// Whose members are officers.
  public let officers: DoorGroup

  /// The terms of an installation.
  public init(
    service: DoorAccount, doors: DoorGroup, teams: DoorGroup, officers: DoorGroup
  ) {
    self.service = service
    self.doors = doors
    self.teams = teams
    self.officers = officers
  }

  /// The group that the SSH server knows a door's holder by.
  public func group(of holder: DoorHolder) -> DoorGroup {
    if case .team = holder { teams } else { officers }
  }
}
