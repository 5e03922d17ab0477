/// One thing wrong, or doubtful, in the portfolio or the configuration, at its place.
public struct PortfolioProblem: Hashable, Sendable {
  /// The file, relative to the portfolio's folder.
  public var file: String
  /// The line, from 1; `nil` for the whole file.
  public var line: Int?
  /// Where inside the object: `phases[1].gate.thresholds[0].min`; empty for the whole object.
  public var path: String
  /// What was expected.
  public var message: Sentence

  /// A problem.
  public init(file: String, line: Int?, path: String, message: Sentence) {
    self.file = file
    self.line = line
    self.path = path
    self.message = message
  }
}
