import JalonCore
import Testing

@testable import JalonFormats

/// One thing wrong with a sample: a part of its text, and what stands instead.
struct Mistake: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let part: String
  let by: String
  /// Where it is told.
  let path: String

  init(_ name: String, _ part: String, _ by: String, at path: String) {
    testDescription = name
    self.part = part
    self.by = by
    self.path = path
  }

  init(_ example: CheckTests.Break) {
    self.init(example.testDescription, example.part, example.by, at: example.path)
  }

  /// A text with this mistake in it.
  func text(_ sample: String) -> String {
    String(decoding: PortfolioSamples.breaking(sample, part, by), as: UTF8.self)
  }

  /// A text with some mistakes in it, where none is written over another.
  static func text(_ sample: String, with mistakes: [Mistake]) -> String? {
    let places = mistakes.compactMap { mistake in
      sample.firstRange(of: mistake.part).map { (range: $0, by: mistake.by) }
    }.sorted { $0.range.lowerBound > $1.range.lowerBound }
    let isApart = zip(places, places.dropFirst()).allSatisfy {
      $1.range.upperBound <= $0.range.lowerBound
    }
    guard places.count == mistakes.count, isApart else { return nil }
    return places.reduce(into: sample) { $0.replaceSubrange($1.range, with: $1.by) }
  }

  /// A text with each of its values, in turn, made what it cannot be; by the value's path.
  static func unreadable(_ text: String) throws -> [(path: String, text: String)] {
    let document = try JSONDocument(Array(text.utf8), options: .written)
    var values: [JSONNode] = []
    func walk(_ node: JSONNode) {
      values.append(node)
      for member in node.members { walk(member.value) }
      for element in node.elements { walk(element) }
    }
    walk(document.root)
    return values.map { node in
      let entry = document.entries[node.index]
      let (before, after) = (
        document.bytes[..<Int(entry.start)], document.bytes[Int(entry.end)...]
      )
      let other = node.truth == nil ? "true" : "5"
      return (node.path, String(decoding: before + other.utf8 + after, as: UTF8.self))
    }
  }

  /// Whether a value is one of some, or stands around or inside one.
  static func touches(_ path: String, _ others: [String]) -> Bool {
    others.contains { isAround(path, $0) || isAround($0, path) }
  }

  static func isAround(_ outer: String, _ inner: String) -> Bool {
    guard inner.hasPrefix(outer) else { return false }
    let next = inner.dropFirst(outer.count).first
    return outer.isEmpty || next == nil || next == "." || next == "["
  }
}

/// What is said of a file, without the line, which moves with what is written above.
struct Told: Hashable, CustomStringConvertible {
  let path: String
  let message: Sentence
  let isError: Bool

  var description: String { "\(path): \(message.english)" }

  /// What is said of the sample project's file, or of the sample programme's.
  static func of(project: String? = nil, programme: String? = nil) -> Set<Told> {
    let draft = PortfolioSamples.draft(
      programme: Array((programme ?? PortfolioSamples.programme).utf8),
      project: Array((project ?? PortfolioSamples.project).utf8))
    let file = project == nil ? "programmes/s.json" : "projects/a/p.json"
    func told(_ problems: [PortfolioProblem], isError: Bool) -> [Told] {
      problems.filter { $0.file == file }.map {
        Told(path: $0.path, message: $0.message, isError: isError)
      }
    }
    return Set(
      told(draft.result.errors, isError: true) + told(draft.result.warnings, isError: false))
  }
}
