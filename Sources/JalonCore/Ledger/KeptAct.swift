/// A row of `act` as it stands, with its second person's word; nothing is taken for granted.
public struct KeptAct: Hashable, Sendable {
  /// Who did something, when and why; days by their number, instants in microseconds.
  public struct Word: Hashable, Sendable {
    /// The label beside the user.
    public var by: String
    /// The operating-system user, or the officer whose door it was.
    public var user: String
    /// How they came.
    public var way: String
    /// Why.
    public var reason: String
    /// When.
    public var at: Int64
    /// The civil day of that.
    public var day: Int64

    /// A word.
    public init(by: String, user: String, way: String, reason: String, at: Int64, day: Int64) {
      self.by = by
      self.user = user
      self.way = way
      self.reason = reason
      self.at = at
      self.day = day
    }
  }

  /// Its number.
  public var number: Int64
  /// The project's id.
  public var project: String
  /// What was done.
  public var deed: String
  /// The phase, where a gate is concerned.
  public var phase: String?
  /// The criterion that was waived.
  public var criterion: String?
  /// The indicator that was contested.
  public var indicator: String?
  /// Its period as printed; empty where the row's is none.
  public var period: String?
  /// What was decided.
  public var verdict: String?
  /// The SHA-256 of the bytes removed, in hexadecimal.
  public var sha256: String?
  /// 1 where an earlier act is taken back.
  public var takesBack: Int64
  /// What was recommended then, as ``StoodRecommendation`` writes it.
  public var stood: String?
  /// The SHA-256 of the project's version in force, in hexadecimal.
  public var version: String
  /// The version of the rules.
  public var rules: Int64
  /// 1 where a second person is needed.
  public var needsSecond: Int64
  /// Who asked.
  public var word: Word

  /// A row.
  public init(
    number: Int64, project: String, deed: String, phase: String?, criterion: String?,
    indicator: String?, period: String?, verdict: String?, sha256: String?, takesBack: Int64,
    stood: String?, version: String, rules: Int64, needsSecond: Int64, word: Word
  ) {
    self.number = number
    self.project = project
    self.deed = deed
    self.phase = phase
    self.criterion = criterion
    self.indicator = indicator
    self.period = period
    self.verdict = verdict
    self.sha256 = sha256
    self.takesBack = takesBack
    self.stood = stood
    self.version = version
    self.rules = rules
    self.needsSecond = needsSecond
    self.word = word
  }
}
