/// Something wrong with a door, and what mends it.
public struct DoorFinding: Hashable, Sendable {
  /// What is wrong: stable, for programs.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case missing
    case notAFolder = "not-a-folder"
    case owner
    case group
    case mode
    case writable
    case unreachable
    case fileSystem = "file-system"
    case notAdopted = "not-adopted"
    case account
    case accountHome = "account-home"
    case accountGroup = "account-group"
    case accountShared = "account-shared"
    case groupMissing = "group-missing"
    case serviceGroup = "service-group"
  }

  /// What is wrong.
  public let code: Code
  /// Whose door; `nil` for what concerns them all.
  public let holder: DoorHolder?
  /// Where; for what is wrong with a group, or with Jalon's own account, its name.
  public let path: String
  /// What is wrong, for the administrator.
  public let message: Sentence
  /// The command that mends it.
  public let mend: String

  /// A finding.
  init(_ code: Code, _ holder: DoorHolder?, _ path: String, _ message: Sentence, mend: String) {
    self.code = code
    self.holder = holder
    self.path = path
    self.message = message
    self.mend = mend
  }
}
