public import JalonCore

/// One gate judged twice, and what came between.
public struct GateComparison: Sendable {
  /// The day judged and what was known, each time.
  public typealias Question = (asOf: Day, knownAt: Instant)

  /// A file that arrived between, with the number of rows that counted.
  public typealias Arrival = (file: CitedFile, rows: Int)

  /// The plan of the later judgement.
  public let plan: Plan
  /// The phase.
  public let phase: String
  /// The two questions.
  public let questions: (before: Question, after: Question)
  /// The earlier judgement; `nil` when the plan of that time had no such phase.
  public let before: GateJudgement?
  /// The later judgement; `nil` when the plan of that time has no such phase.
  public let after: GateJudgement?
  /// Criteria, figures and milestones that differ.
  public let difference: GateDifference
  /// The accepted files that arrived between, in order.
  public let arrivals: [Arrival]
  /// The versions adopted between, in order.
  public let versions: [PlanVersion]
  /// What the follow-up team did between, in order.
  public let deeds: [SignedDeed]
  /// The files that the difference cites, by number.
  public let files: [Int64: CitedFile]

  /// A comparison.
  public init(
    plan: Plan, phase: String, questions: (before: Question, after: Question),
    before: GateJudgement?, after: GateJudgement?, difference: GateDifference,
    arrivals: [Arrival], versions: [PlanVersion], deeds: [SignedDeed],
    files: [Int64: CitedFile]
  ) {
    self.plan = plan
    self.phase = phase
    self.questions = questions
    self.before = before
    self.after = after
    self.difference = difference
    self.arrivals = arrivals
    self.versions = versions
    self.deeds = deeds
    self.files = files
  }

  /// Whether what holds at the gate is the same.
  var isSameVerdict: Bool {
    before?.recommendation == after?.recommendation && before?.crossed == after?.crossed
      && before?.effective == after?.effective
  }

  /// Whether nothing came between that anybody sent, adopted or decided.
  var isQuiet: Bool { arrivals.isEmpty && versions.isEmpty && deeds.isEmpty }
}
