public import JalonCore

/// Why an officer's act is not recorded.
public enum DecidingError: Error, Hashable, Sendable {
  /// A criterion that the gate does not have, and the nearest one that it has.
  case unknownCriterion(String, phase: String, nearest: String?)
  /// An indicator that the project does not have, and the nearest one that it has.
  case unknownIndicator(String, nearest: String?)
  /// A figure that nobody reported.
  case nothingReported(indicator: String, period: Period)
  /// Bytes that no file had.
  case unknownFile(Digest)
  /// Nothing was done that could be taken back.
  case nothingToTakeBack
  /// The verdict is not the one that was recorded last.
  case verdictChanged(from: Recommendation?, to: Recommendation)
  /// Somebody has decided otherwise.
  case alreadyDecided(Verdict, by: String, on: Day)
  /// There is no such act.
  case unknownAct(Int64)
  /// The act needs no second person, or has one.
  case nothingToConfirm(Int64)
  /// The second person is the first.
  case samePerson(String)
}

extension DecidingError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownCriterion(let id, let phase, let nearest):
      "the gate of phase \(phase) has no criterion '\(id)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .unknownIndicator(let id, let nearest):
      "the project has no indicator '\(id)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .nothingReported(let indicator, let period):
      "nothing stands of \(indicator) for \(period): there is nothing to contest"
    case .unknownFile(let digest): "no file was received with the SHA-256 \(digest.hexadecimal)"
    case .nothingToTakeBack: "there is nothing to take back"
    case .verdictChanged(let before, let now):
      "the verdict has changed: it was \(before?.rawValue ?? "not recorded"), "
        + "it is \(now.rawValue) now; look again (jalon explain), "
        + "then say --anyway, or run 'jalon evaluate' first"
    case .alreadyDecided(let verdict, let by, let day):
      "\(by) decided \(verdict.rawValue) on \(day); --anyway decides otherwise"
    case .unknownAct(let number): "there is no act \(number)"
    case .nothingToConfirm(let number): "act \(number) waits for nobody"
    case .samePerson(let user):
      "a second person has to confirm: \(user) cannot confirm what \(user) asked for"
    }
  }
}
