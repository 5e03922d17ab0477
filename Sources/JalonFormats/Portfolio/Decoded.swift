public import JalonCore

/// What reading a file gave: a value, or everything that is wrong with it.
public struct Decoded<Value: Sendable>: Sendable {
  /// The value; `nil` when there is any problem.
  public let value: Value?
  /// Every problem of shape, in the order of the file.
  public let problems: [PortfolioProblem]
  /// The lines of the file.
  public let source: SourceMap
  /// What could be read although there are problems, with placeholders for the rest.
  let draft: Value?
  /// The places that ``draft`` holds no truth about.
  let broken: BrokenPaths

  /// Reads a file that people write, with comments and trailing commas.
  init(
    _ bytes: [UInt8], file: String, _ read: (inout ObjectReader, JSONNode) -> Value?
  ) {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(bytes, options: .written)
      var reader = ObjectReader(file: file)
      let draft = read(&reader, document.root)
      self.draft = draft
      value = reader.problems.isEmpty ? draft : nil
      problems = reader.problems
      source = SourceMap(document)
      broken = reader.broken
    } catch {
      (value, draft, source, broken) = (nil, nil, .none, BrokenPaths())
      let message = Sentence.syntax(error.message, column: error.column)
      problems = [.shown(file: file, line: error.line, path: "", message: message)]
    }
  }
}

extension Sentence {
  fileprivate static func syntax(_ message: Sentence, column: Int) -> Sentence {
    Sentence(
      french: "colonne \(column) : \(message.french)",
      english: "column \(column): \(message.english)")
  }
}
