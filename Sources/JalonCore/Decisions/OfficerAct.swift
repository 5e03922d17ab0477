/// What the follow-up team does about a project, once and for good (SPEC §8).
///
/// An act is never changed: taking one back is an act of its own.
public struct OfficerAct: Hashable, Sendable {
  /// What is done, and to what.
  public enum Deed: Hashable, Sendable {
    /// A gate is decided on; `nil` takes the decision back.
    case decide(phase: String, Verdict?)
    /// A criterion of a gate is dropped, or asked for again.
    case waive(phase: String, criterion: String, isTakenBack: Bool)
    /// A team's figure is set aside until the team replaces it, or counts again.
    case contest(indicator: String, Period, isTakenBack: Bool)
    /// The bytes of an archived file are removed.
    case expunge(Digest)
  }

  /// Its number in the notebook; 0 while it is not there.
  public var number: Int64 = 0
  /// The project.
  public var project: String
  /// What is done.
  public var deed: Deed
  /// Who, when, why.
  public var signature: Signature
  /// What was recommended then; `nil` where that could not be computed, and, for a contest or an
  /// expunging, where it was entered before that was kept.
  public var stood: StoodRecommendation?
  /// The version of the project's file in force then.
  public var version: Digest
  /// The version of the rules by which that was recommended.
  public var rules: Int
  /// Whether it has no effect until a second person confirms it.
  public var needsSecond: Bool
  /// The second person's word.
  public var confirmation: Signature?

  /// An act.
  public init(
    project: String, deed: Deed, signature: Signature, stood: StoodRecommendation?,
    version: Digest, rules: Int, needsSecond: Bool
  ) {
    self.project = project
    self.deed = deed
    self.signature = signature
    self.stood = stood
    self.version = version
    self.rules = rules
    self.needsSecond = needsSecond
  }

  /// The word that gives it effect; `nil` while it waits for a second person.
  public var effective: Signature? { needsSecond ? confirmation : signature }

  /// Whether it does the same as another, in the same words; a decision, about what stood the same:
  /// the other acts may themselves have changed what is recommended.
  public func says(_ other: OfficerAct) -> Bool {
    let isDecision = if case .decide = deed { true } else { false }
    return deed == other.deed && signature.says(other.signature)
      && (stood == other.stood || !isDecision)
      && version == other.version && rules == other.rules && needsSecond == other.needsSecond
  }
}

extension OfficerAct.Deed {
  /// Whether it takes an earlier act back.
  public var takesBack: Bool {
    switch self {
    case .decide(_, let verdict): verdict == nil
    case .waive(_, _, let isTakenBack), .contest(_, _, let isTakenBack): isTakenBack
    case .expunge: false
    }
  }

  /// What it is about: acts about the same replace each other.
  public var subject: OfficerAct.Deed {
    switch self {
    case .decide(let phase, _): .decide(phase: phase, nil)
    case .waive(let phase, let criterion, _):
      .waive(phase: phase, criterion: criterion, isTakenBack: false)
    case .contest(let indicator, let period, _):
      .contest(indicator: indicator, period, isTakenBack: false)
    case .expunge: self
    }
  }
}

/// Who did something, when, and why.
public struct Signature: Hashable, Sendable {
  /// How somebody came.
  public enum Way: String, CaseIterable, Sendable {
    /// By a command, as a user of the operating system.
    case shell
    /// By a file in their own door.
    case door
  }

  /// The label given with `--by`.
  public var name: String
  /// The operating-system user, or the officer whose door it was.
  public var user: String
  /// How they came.
  public var way: Way
  /// Why.
  public var reason: String
  /// When.
  public var at: Instant
  /// The civil day of that.
  public var on: Day

  /// A signature.
  public init(name: String, user: String, way: Way, reason: String, at: Instant, on: Day) {
    self.name = name
    self.user = user
    self.way = way
    self.reason = reason
    self.at = at
    self.on = on
  }

  /// Whether the same person says the same, at whatever time.
  public func says(_ other: Signature) -> Bool {
    (name, user, way, reason) == (other.name, other.user, other.way, other.reason)
  }
}

extension History {
  /// Adds what acts have done, by the instants at which they took effect.
  public mutating func apply(_ acts: [OfficerAct]) {
    let effective = acts.compactMap { act in act.effective.map { (act, $0) } }
      .sorted { ($0.1.at, $0.0.number) < ($1.1.at, $1.0.number) }
    for (act, word) in effective {
      switch act.deed {
      case .decide(let phase, let verdict):
        decisions.append(
          Decision(
            phase: phase, verdict: verdict ?? .withhold, at: word.at, on: word.on,
            stood: act.stood?.ofGate, asked: (act.signature.at, act.signature.on),
            isTakenBack: verdict == nil))
      case .waive(let phase, let criterion, let isTakenBack):
        waivers.append(
          Waiver(phase: phase, criterion: criterion, at: word.at, isTakenBack: isTakenBack))
      case .contest(let indicator, let period, let isTakenBack):
        contests.append(
          Contest(
            indicator: indicator, period: period, at: word.at, on: word.on,
            isTakenBack: isTakenBack))
      case .expunge: break
      }
    }
  }
}
