public import JalonCore

/// What `jalon check` found: errors refuse a file, warnings do not.
public struct CheckResult: Hashable, Sendable {
  /// Broken rules.
  public var errors: [PortfolioProblem] = []
  /// Doubtful things.
  public var warnings: [PortfolioProblem] = []

  /// Nothing found.
  public init() {}

  /// Adds another result's problems.
  mutating func append(_ other: CheckResult) {
    errors += other.errors
    warnings += other.warnings
  }

  /// Puts problems in the order of files, lines and paths.
  mutating func sort() {
    errors.sort(by: CheckResult.isBefore)
    warnings.sort(by: CheckResult.isBefore)
  }

  private static func isBefore(_ left: PortfolioProblem, _ right: PortfolioProblem) -> Bool {
    (left.file, left.line ?? 0, left.path) < (right.file, right.line ?? 0, right.path)
  }
}

/// Where rules put what they find.
struct Findings {
  let file: String
  let source: SourceMap
  let strict: Bool
  private(set) var result = CheckResult()

  init(file: String, source: SourceMap, strict: Bool) {
    self.file = file
    self.source = source
    self.strict = strict
  }

  /// A broken rule.
  mutating func error(_ path: String, _ message: Sentence) {
    result.errors.append(problem(path, message))
  }

  /// Something doubtful.
  mutating func warning(_ path: String, _ message: Sentence) {
    result.warnings.append(problem(path, message))
  }

  /// A broken funding rule: a granted exception, unless checking strictly.
  mutating func exception(_ path: String, _ message: Sentence) {
    if strict { error(path, message) } else { warning(path, message) }
  }

  private func problem(_ path: String, _ message: Sentence) -> PortfolioProblem {
    .shown(file: file, line: source.line(of: path), path: path, message: message)
  }
}
