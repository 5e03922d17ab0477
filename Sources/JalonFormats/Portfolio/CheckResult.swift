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

/// Where rules put what they find, and ask what could be read.
struct Findings {
  let file: String
  let source: SourceMap
  let strict: Bool
  let broken: BrokenPaths
  private(set) var result = CheckResult()

  init(file: String, source: SourceMap, strict: Bool, broken: BrokenPaths = BrokenPaths()) {
    self.file = file
    self.source = source
    self.strict = strict
    self.broken = broken
  }

  /// A broken rule; nothing is said where nothing could be read.
  mutating func error(_ path: String, _ message: @autoclosure () -> Sentence) {
    if broken.isThere(path) { result.errors.append(problem(path, message())) }
  }

  /// Something doubtful.
  mutating func warning(_ path: String, _ message: @autoclosure () -> Sentence) {
    if broken.isThere(path) { result.warnings.append(problem(path, message())) }
  }

  /// A broken funding rule: a granted exception, unless checking strictly.
  mutating func exception(_ path: String, _ message: Sentence) {
    if strict { error(path, message) } else { warning(path, message) }
  }

  /// Whether a list was read, whatever is wrong inside its elements.
  func isThere(_ path: @autoclosure () -> String) -> Bool { broken.isThere(path()) }

  /// Whether the value there was read, with everything inside it.
  func isWhole(_ path: @autoclosure () -> String) -> Bool { broken.isWhole(path()) }

  /// Whether some values were read whole: `.from` and `.to` of `phases[0]`.
  func areWhole(_ keys: String..., of path: @autoclosure () -> String) -> Bool {
    broken.isEmpty || keys.allSatisfy { broken.isWhole("\(path())\($0)") }
  }

  /// Whether a list was read, and some values of each of its elements.
  func areWhole(_ keys: String..., ofEach list: String, _ count: Int) -> Bool {
    guard !broken.isEmpty else { return true }
    guard broken.isThere(list) else { return false }
    return (0..<count).allSatisfy { index in
      keys.allSatisfy { broken.isWhole("\(list)[\(index)]\($0)") }
    }
  }

  private func problem(_ path: String, _ message: Sentence) -> PortfolioProblem {
    .shown(file: file, line: source.line(of: path), path: path, message: message)
  }
}
