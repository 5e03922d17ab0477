public import JalonCore

/// The portfolio on a Monday morning, for one reader of the follow-up team.
public struct DigestLetter: Sendable {
  /// A gate whose recommendation changed in the week.
  public struct Change: Hashable, Sendable {
    /// The project.
    public var project: String
    /// The phase whose gate it is.
    public var phase: String
    /// What was recommended at the week's start; `nil` when nothing was yet.
    public var before: Recommendation?
    /// What is recommended now.
    public var now: Recommendation
    /// The day of the last change.
    public var on: Day
    /// The money at stake, in euros.
    public var fundsAtStake: Quantity

    /// A change.
    public init(
      project: String, phase: String, before: Recommendation?, now: Recommendation, on: Day,
      fundsAtStake: Quantity
    ) {
      self.project = project
      self.phase = phase
      self.before = before
      self.now = now
      self.on = on
      self.fundsAtStake = fundsAtStake
    }
  }

  /// A project as it stands.
  public struct Entry: Sendable {
    /// Its plan.
    public var plan: Plan
    /// Its gates; `nil` where a figure overflowed.
    public var gates: [GateJudgement]?
    /// How many of its reports are overdue.
    public var overdue: Int

    /// An entry.
    public init(plan: Plan, gates: [GateJudgement]?, overdue: Int) {
      self.plan = plan
      self.gates = gates
      self.overdue = overdue
    }
  }

  /// The reader's address.
  public var recipient: String
  /// Every project of the programmes this reader follows, in any order.
  public var entries: [Entry]
  /// What changed in the last seven days.
  public var changes: [Change]
  /// What is due in the next thirty days, in order.
  public var deadlines: [Deadline]
  /// Silences that run.
  public var silences: [Silence]

  /// A digest.
  public init(
    to recipient: String, entries: [Entry], changes: [Change], deadlines: [Deadline],
    silences: [Silence]
  ) {
    self.recipient = recipient
    self.entries = entries
    self.changes = changes
    self.deadlines = deadlines
    self.silences = silences
  }
}
