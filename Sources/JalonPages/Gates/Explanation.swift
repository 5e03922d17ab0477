public import JalonCore

/// A file that a figure comes from, as it is cited.
public struct CitedFile: Hashable, Sendable {
  /// Its receipt.
  public let receipt: String
  /// Its name, escaped.
  public let file: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public let sha256: String
  /// When it was received.
  public let receivedAt: Instant

  /// A file.
  public init(receipt: String, file: String, sha256: String, receivedAt: Instant) {
    self.receipt = receipt
    self.file = file
    self.sha256 = sha256
    self.receivedAt = receivedAt
  }
}

/// A gate's verdict as an evaluation recorded it.
public struct RecordedVerdict: Sendable {
  /// When it was recorded.
  public let at: Instant
  /// The day that was judged.
  public let asOf: Day
  /// What was known.
  public let knownAt: Instant
  /// What was recommended.
  public let recommendation: Recommendation
  /// The day the gate had been crossed.
  public let crossed: Day?
  /// The day and knowledge of the record judged again by this program's rules.
  public let again: (recommendation: Recommendation, crossed: Day?)?

  /// A recorded verdict.
  public init(
    at: Instant, asOf: Day, knownAt: Instant, recommendation: Recommendation, crossed: Day?,
    again: (recommendation: Recommendation, crossed: Day?)?
  ) {
    self.at = at
    self.asOf = asOf
    self.knownAt = knownAt
    self.recommendation = recommendation
    self.crossed = crossed
    self.again = again
  }

  /// Whether this program's rules judge otherwise what was judged then.
  var isJudgedOtherwise: Bool {
    again.map { $0.recommendation != recommendation || $0.crossed != crossed } ?? false
  }
}

/// A gate's judgement with the file and line behind every figure.
public struct Explanation: Sendable {
  /// The plan in force.
  public var plan: Plan
  /// The judged gate.
  public var gate: GateJudgement
  /// The judged gates before it, in order of phase.
  public var earlier: [GateJudgement]
  /// The rows behind each criterion, by its id.
  public var citations: [String: [Citation]]
  /// The files cited, by number.
  public var files: [Int64: CitedFile]
  /// The day judged.
  public var asOf: Day
  /// What was known.
  public var knownAt: Instant
  /// The digest of the project's file as adopted, and when it was.
  public var version: (sha256: String, adoptedAt: Instant)
  /// Where the measures are heading, beside the verdict.
  public var warnings: [EarlyWarning] = []
  /// The verdict as it was recorded by then; `nil` when none was, or it was not asked for.
  public var recorded: RecordedVerdict?
  /// What officers had done by then that concerns the gate, oldest first.
  public var acts: [OfficerAct] = []
  /// What has become known since, and what it changes as of the same day; `nil` when not asked for.
  public var since: GateComparison?

  /// An explanation.
  public init(
    plan: Plan, gate: GateJudgement, after earlier: [GateJudgement] = [],
    citations: [String: [Citation]], files: [Int64: CitedFile], asOf: Day, knownAt: Instant,
    version: (sha256: String, adoptedAt: Instant)
  ) {
    self.plan = plan
    self.gate = gate
    self.earlier = earlier
    self.citations = citations
    self.files = files
    self.asOf = asOf
    self.knownAt = knownAt
    self.version = version
  }

  /// The earlier gate that keeps this one from being judged: not released, while all before it are.
  var holder: GateJudgement? {
    guard gate.recommendation == .notReached, let last = earlier.indices.last else { return nil }
    var place = last
    guard earlier[place].effective != Recommendation.release.rawValue else { return nil }
    while place > 0, earlier[place].recommendation == .notReached,
      earlier[place - 1].effective != Recommendation.release.rawValue
    {
      place -= 1
    }
    return earlier[place]
  }
}
