import Foundation
import JalonCore
import Testing

/// Holds a page against the file that shows how it has to look.
///
/// `JALON_RECORD=1 swift test --filter JalonPagesTests` writes the files anew: read what changed
/// before committing it.
func expectPage(
  _ text: String, _ name: String, _ language: Language, type: String = "txt",
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Expected")
  let file = folder.appending(path: "\(name).\(language.rawValue).\(type)")
  if ProcessInfo.processInfo.environment["JALON_RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
  let pairs = zip(lines(text), lines(expected)).enumerated()
  let first = pairs.first { $0.element.0 != $0.element.1 }
  #expect(
    text == expected,
    """
    \(file.lastPathComponent), line \((first?.offset ?? -2) + 1)
    is:       \(first.map { String($0.element.0) } ?? "as long as one of the two")
    expected: \(first.map { String($0.element.1) } ?? "as long as one of the two")
    """,
    sourceLocation: sourceLocation)
}

private func lines(_ text: String) -> [Substring] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
}
