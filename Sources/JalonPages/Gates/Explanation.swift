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
