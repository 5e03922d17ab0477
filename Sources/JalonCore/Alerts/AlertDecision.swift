/// What is done about an alert in one run.
public enum AlertAction: String, CaseIterable, Sendable {
  /// Told for the first time.
  case fire
  /// Told for the first time to those who hear of it only when it lasts.
  case escalate
  /// Told again.
  case `repeat`
  /// Mentioned in a letter about something else, as what still holds: no reminder, and its own one
  /// comes on its day all the same.
  case mention
  /// Told that it is over.
  case resolve
  /// Kept, and not told now.
  case hold
  /// Over, without a word.
  case close
}

/// Why.
public enum AlertReason: Hashable, Sendable {
  /// It holds, and was never told.
  case began
  /// It has lasted this many days.
  case lasted(days: Int)
  /// It still holds, this many days after it was last told.
  case stillHolds(days: Int)
  /// Something else is told about the project, and a message about a project is whole.
  case alongside
  /// It holds no more.
  case ended
  /// It began and ended without a word, but a gate moved.
  case endedUntold
  /// Another alert tells where the gate stands now.
  case superseded
  /// Its end is no news, or nobody was told of its beginning.
  case nothingToSay
  /// It was told lately.
  case toldLately
  /// Something was told about the project a few minutes ago.
  case projectToldLately
  /// A silence hides it.
  case silenced(Int64)
  /// A silence that hid it has ended.
  case silenceEnded(Int64)

  /// The reason as the notebook keeps it.
  public var code: String {
    switch self {
    case .began: "began"
    case .lasted(let days): "lasted \(days)"
    case .stillHolds(let days): "still-holds \(days)"
    case .alongside: "alongside"
    case .ended: "ended"
    case .endedUntold: "ended-untold"
    case .superseded: "superseded"
    case .nothingToSay: "nothing-to-say"
    case .toldLately: "told-lately"
    case .projectToldLately: "project-told-lately"
    case .silenced(let number): "silenced \(number)"
    case .silenceEnded(let number): "silence-ended \(number)"
    }
  }
}

/// One alert, and what is done about it.
public struct AlertDecision: Hashable, Sendable {
  /// The alert as it is to be kept.
  public var alert: OpenAlert
  /// What is done.
  public var action: AlertAction
  /// Why.
  public var reason: AlertReason

  /// Whether somebody is told.
  public var isTold: Bool {
    switch action {
    case .fire, .escalate, .repeat, .mention, .resolve: true
    case .hold, .close: false
    }
  }
}
