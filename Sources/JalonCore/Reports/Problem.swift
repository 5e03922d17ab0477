/// Everything that can be wrong, or odd, with a report file.
///
/// Raw values are the contract's codes.
public enum ProblemCode: String, CaseIterable, Sendable {
  case empty
  case tooLarge = "too-large"
  case encoding
  case syntax
  case header
  case columnCount = "column-count"
  case projectUnknown = "project-unknown"
  case projectForeign = "project-foreign"
  case period
  case periodCadence = "period-cadence"
  case periodFuture = "period-future"
  case periodBeforeStart = "period-before-start"
  case indicatorUnknown = "indicator-unknown"
  case profileUnknown = "profile-unknown"
  case profileMissing = "profile-missing"
  case totalMismatch = "total-mismatch"
  case value
  case valueRange = "value-range"
  case weight
  case evidence
  case milestoneUnknown = "milestone-unknown"
  case date
  case dateFuture = "date-future"
  case duplicateRow = "duplicate-row"
  case rowKind = "row-kind"
  case blank
  case lastLine = "last-line"
  case columnUnknown = "column-unknown"
  case cumulativeDecrease = "cumulative-decrease"
  case outlier
  case typeIgnored = "type-ignored"

  /// Whether the file is accepted all the same.
  public var isWarning: Bool {
    switch self {
    case .blank, .lastLine, .columnUnknown, .cumulativeDecrease, .outlier, .typeIgnored: true
    default: false
    }
  }
}

/// One thing wrong, or odd, with a report file, at its place.
public struct Problem: Hashable, Sendable {
  /// The stable code.
  public var code: ProblemCode
  /// The row's first physical line, from 1; `nil` for the whole file.
  public var line: Int?
  /// The field's number, from 1; `nil` for the whole row or file.
  public var column: Int?
  /// The offending text as it stands in the file.
  public var text: String
  /// What to do about it, for somebody without training.
  public var message: Sentence

  /// A problem.
  public init(
    _ code: ProblemCode, line: Int? = nil, column: Int? = nil, text: String = "",
    message: Sentence
  ) {
    self.code = code
    self.line = line
    self.column = column
    self.text = text
    self.message = message
  }
}
