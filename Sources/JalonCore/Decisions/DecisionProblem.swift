/// Everything that can be wrong, or odd, with an officer's file.
///
/// Raw values are stable, as those of ``ProblemCode`` are; what means the same has the same code.
public enum DecisionProblemCode: String, CaseIterable, Sendable {
  case empty
  case tooLarge = "too-large"
  case encoding
  case syntax
  case header
  case columnCount = "column-count"
  case rowKind = "row-kind"
  case duplicateRow = "duplicate-row"
  case act
  case reason
  case projectUnknown = "project-unknown"
  case phaseUnknown = "phase-unknown"
  case criterionUnknown = "criterion-unknown"
  case indicatorUnknown = "indicator-unknown"
  case period
  case figureUnknown = "figure-unknown"
  case fileUnknown = "file-unknown"
  case actUnknown = "act-unknown"
  case nothingToTakeBack = "nothing-to-take-back"
  case verdictChanged = "verdict-changed"
  case alreadyDecided = "already-decided"
  case samePerson = "same-person"
  case notJudged = "not-judged"
  case columnUnknown = "column-unknown"
}

/// One thing wrong, or odd, with an officer's file, at its place.
public struct DecisionProblem: Hashable, Sendable {
  /// The stable code.
  public var code: DecisionProblemCode
  /// The row's first physical line, from 1; `nil` for the whole file.
  public var line: Int?
  /// The field's number, from 1; `nil` for the whole row or file.
  public var column: Int?
  /// The offending text as it stands in the file.
  public var text: String
  /// What to do about it.
  public var message: Sentence

  /// A problem.
  public init(
    _ code: DecisionProblemCode, line: Int? = nil, column: Int? = nil, text: String = "",
    message: Sentence
  ) {
    self.code = code
    self.line = line
    self.column = column
    self.text = text
    self.message = message
  }

  /// A problem with a field of a row, or with the row where that field is empty.
  public init(
    _ code: DecisionProblemCode, _ field: DecisionField?, of row: RequestedAct, message: Sentence
  ) {
    let cell = field.flatMap { row.cells[$0] }
    self.init(
      code, line: row.line, column: cell?.column, text: cell?.text ?? "", message: message)
  }
}

extension ReceiptProblem {
  /// A problem of an officer's file said in one language, with its line.
  public init(_ problem: DecisionProblem, in language: Language) {
    let place = problem.line.map { line in
      Sentence(french: "ligne \(line)\u{A0}: ", english: "line \(line): ")[language]
    }
    self.init(
      code: problem.code.rawValue, line: problem.line, column: problem.column,
      text: problem.text, message: (place ?? "") + problem.message[language])
  }
}
