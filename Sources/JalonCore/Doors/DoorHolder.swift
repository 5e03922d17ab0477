/// Whose a door is: the folder says who speaks (SPEC §7, §8).
public enum DoorHolder: Hashable, Sendable {
  /// A project's team, by the project's id.
  case team(String)
  /// An officer of the follow-up team, by the folder's name.
  case officer(String)

  /// The folder below DOORS that holds the officers' doors; no project's id begins with a dot.
  public static let officersFolder = ".decisions"

  /// The folder below DOORS, and what the notebook and the ledger call the holder by.
  public var id: String {
    switch self {
    case .team(let project): project
    case .officer(let name): DoorHolder.officersFolder + "/" + name
    }
  }

  /// The project whose team holds it; `nil` for an officer's.
  public var project: String? {
    if case .team(let project) = self { project } else { nil }
  }

  /// The officer who holds it; `nil` for a team's.
  public var officer: String? {
    if case .officer(let name) = self { name } else { nil }
  }

  /// The project's id, or the officer's name.
  public var name: String {
    switch self {
    case .team(let name), .officer(let name): name
    }
  }
}
