/// What became of a file.
public enum ReceiptStatus: String, CaseIterable, Sendable {
  /// Its rows count.
  case accepted
  /// It has errors; nothing of it counts.
  case rejected
  /// The same bytes were accepted before; it changes nothing.
  case duplicate
}

/// A problem as a receipt shows it, in one language.
public struct ReceiptProblem: Hashable, Sendable {
  /// The stable code.
  public var code: String
  /// The line of the file, from 1.
  public var line: Int?
  /// The field of that line, from 1.
  public var column: Int?
  /// The offending text.
  public var text: String
  /// What to do about it.
  public var message: String

  /// A problem.
  public init(code: String, line: Int?, column: Int?, text: String, message: String) {
    self.code = code
    self.line = line
    self.column = column
    self.text = text
    self.message = message
  }

  /// A file's problem said in one language.
  public init(_ problem: Problem, in language: Language) {
    self.init(
      code: problem.code.rawValue, line: problem.line, column: problem.column,
      text: problem.text, message: problem.message[language])
  }
}

/// An act that an officer's file asked for, as its receipt tells it.
public struct ReceiptAct: Hashable, Sendable {
  /// Its number, by which a second person confirms it.
  public var number: Int64
  /// The project.
  public var project: String
  /// What was done, in one language.
  public var text: String
  /// What was recommended then, for the gate or for the project's gates.
  public var stood: StoodRecommendation?
  /// Whether it has effect; without, it waits for a second person.
  public var isEffective: Bool

  /// An act.
  public init(
    number: Int64, project: String, text: String, stood: StoodRecommendation?,
    isEffective: Bool
  ) {
    self.number = number
    self.project = project
    self.text = text
    self.stood = stood
    self.isEffective = isEffective
  }
}

/// The answer to one file (récépissé), SPEC §7.
public struct Receipt: Hashable, Sendable {
  /// Unique in the store.
  public var id: String
  /// The project, if the folder or the file told it.
  public var project: String?
  /// The file's name, escaped where it is not plain text.
  public var file: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public var sha256: String
  /// Its size.
  public var bytes: Int
  /// When it was received.
  public var receivedAt: Instant
  /// What became of it.
  public var status: ReceiptStatus
  /// The receipt of the first file with the same bytes.
  public var duplicateOf: String?
  /// How many rows counted.
  public var rows: Int
  /// The periods those rows speak of, in order; empty unless accepted.
  public var periods: [Period]
  /// Why it was rejected.
  public var errors: [ReceiptProblem]
  /// What was odd about it.
  public var warnings: [ReceiptProblem]
  /// What an officer's file did; `nil` for a team's file.
  public var acts: [ReceiptAct]?

  /// A receipt.
  public init(
    id: String, project: String?, file: String, sha256: String, bytes: Int, receivedAt: Instant,
    status: ReceiptStatus, duplicateOf: String? = nil, rows: Int = 0, periods: [Period] = [],
    errors: [ReceiptProblem] = [], warnings: [ReceiptProblem] = [], acts: [ReceiptAct]? = nil
  ) {
    self.id = id
    self.project = project
    self.file = file
    self.sha256 = sha256
    self.bytes = bytes
    self.receivedAt = receivedAt
    self.status = status
    self.duplicateOf = duplicateOf
    self.rows = rows
    self.periods = periods
    self.errors = errors
    self.warnings = warnings
    self.acts = acts
  }

  /// The id of the submission of a number in the store.
  public static func id(number: Int64) -> String {
    "J" + padded(Int(number), to: 8)
  }
}
