public import JalonCore

/// What a round cannot do, apart from what its ports throw.
public enum RoundError: Error, Hashable, Sendable {
  /// An adopted file that this program cannot read any more.
  case unreadableVersion(String)
  /// No project has been adopted yet.
  case nothingAdopted
  /// A project that was never adopted, and the nearest one that was.
  case unknownProject(String, nearest: String?)
  /// A phase that the project does not have, and the nearest one that it has.
  case unknownPhase(String, nearest: String?)
  /// An instant of receipt before the project's latest one.
  case receivedBefore(project: String, latest: Instant)
}

extension RoundError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unreadableVersion(let path):
      "the adopted version of \(path) cannot be read by this version of jalon; "
        + "adopt a corrected file, or use the version of jalon that adopted it"
    case .nothingAdopted: "nothing is adopted yet: run 'jalon adopt --by WHO --reason WHY'"
    case .unknownProject(let id, let nearest):
      "no project '\(id)' is adopted" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .unknownPhase(let id, let nearest):
      "the project has no phase '\(id)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .receivedBefore(let project, let latest):
      "project \(project) has a file received at \(latest); "
        + "history is carried over in order: give a later --received-at"
    }
  }
}
