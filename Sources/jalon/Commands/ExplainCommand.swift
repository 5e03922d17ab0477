import JalonCore
import JalonPages
import JalonRound

/// `jalon explain`: why a gate stands where it stands, down to file and line; what has come since; and
/// what changed between two instants.
struct ExplainCommand: Command {
  static let help = CommandHelp(
    name: "explain", summary: "Show why a gate stands where it stands, down to file and line.",
    synopsis:
      "PROJECT PHASE [--as-of D] [--known-at T | --diff T1 T2] [--format text|json|markdown]",
    words: 2...3,
    options: [
      .init("--as-of", "DATE", "the day to judge (default: the civil day of what is known)"),
      .init("--known-at", "INSTANT", "with what had been received by then (default: now)"),
      .init("--diff", "T1 T2", "what changed the verdict between two instants"),
      .init("--format", "text|json|markdown", "how to print (default: text)"),
      .init("--json", nil, "the same as --format json"),
    ],
    example: "jalon explain SNAP3-017 P1 --as-of 2021-07-20")

  private enum Format: String {
    case text, json, markdown
  }

  private let project: String
  private let phase: String
  private let asOf: Day?
  private let knownAt: Instant?
  /// The two instants of `--diff`.
  private let span: (first: Instant, second: Instant)?
  private let format: Format

  init(_ arguments: Arguments) throws(Failure) {
    var words = arguments.words
    asOf = try arguments.day("--as-of")
    knownAt = try arguments.instant("--known-at")
    if let first = try arguments.instant("--diff") {
      span = (first, try Self.secondInstant(&words))
    } else {
      span = nil
    }
    guard words.count == 2, knownAt == nil || span == nil else {
      throw Failure(.usage, "explain takes other words: \(Self.help.usageLine)")
    }
    (project, phase) = (words[0], words[1])
    let name = try arguments.one("--format") ?? (arguments.has("--json") ? "json" : "text")
    guard let format = Format(rawValue: name) else {
      throw Failure(.usage, "--format '\(name)' is none of text, json, markdown")
    }
    self.format = format
  }

  /// The instant after `--diff T1`: the word that is one, wherever it stands; no id has colons.
  private static func secondInstant(_ words: inout [String]) throws(Failure) -> Instant {
    guard words.count == 3, let place = words.firstIndex(where: { Instant($0) != nil }),
      let instant = Instant(words[place])
    else {
      throw Failure(
        .usage, "--diff needs two instants, such as 2021-07-20T06:00:00Z (\(help.usageLine))")
    }
    words.remove(at: place)
    return instant
  }

  func run(_ program: Program) throws -> ExitStatus {
    if let span { return try compare(span, program) }
    let question = program.question(asOf, knownAt)
    // The same day, with what is known now, is another question only where an instant was given.
    let now = try knownAt.map { _ in try program.evaluation(program.question(question.asOf, nil)) }
    let explanation = try program.evaluation(question).fullExplanation(project, phase, now: now)
    let page = ExplanationPage(explanation, in: program.language)
    try show(json: page.json, markdown: page.markdown) { page.text(width: $0) }
    return .done
  }

  private func compare(
    _ span: (first: Instant, second: Instant), _ program: Program
  ) throws -> ExitStatus {
    guard span.first <= span.second else {
      throw Failure(.usage, "--diff takes the earlier instant first")
    }
    let before = try program.evaluation(program.question(asOf, span.first))
    let after = try program.evaluation(program.question(asOf, span.second))
    let page = ComparisonPage(
      try before.compare(project, phase, with: after), in: program.language)
    try show(json: page.json, markdown: page.markdown) { page.text(width: $0) }
    return .done
  }

  private func show(
    json: @autoclosure () -> JSONText, markdown: @autoclosure () -> String,
    text: (Int) -> String
  ) throws {
    switch format {
    case .json: try Output.write(json().indented)
    case .markdown: try Output.write(markdown())
    case .text: try Output.write(text(Output.width))
    }
  }
}
