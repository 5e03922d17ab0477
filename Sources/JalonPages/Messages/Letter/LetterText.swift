/// A letter for a terminal.
struct LetterText {
  private static let width = 72
  private let body: LetterBody

  init(_ body: LetterBody) { self.body = body }

  /// Lines of at most 72 columns, but for words that are longer, ending in LF.
  var text: String {
    var lines: [String] = []
    for part in body.parts {
      if !lines.isEmpty { lines.append("") }
      lines += self.lines(part)
    }
    lines += ["", "-- "]
    lines += body.notes.flatMap { wrap(note($0)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ part: LetterBody.Part) -> [String] {
    switch part {
    case .heading(let text):
      let lines = wrap(text)
      let longest = lines.map(\.count).max() ?? 0
      return lines + [String(repeating: "=", count: min(longest, LetterText.width))]
    case .paragraph(let text): return wrap(text)
    case .item(let item):
      return wrap("[\(item.label.uppercased())] \(item.title)") + item.lines.flatMap(lines)
    }
  }

  private func lines(_ line: LetterItem.Line) -> [String] {
    switch line {
    case .text(let text): wrap(text, after: "  ")
    case .bullet(let text): wrap(text, after: "  - ")
    case .action(let text): wrap(text, after: "  > ")
    case .command(let text): ["      " + text]
    }
  }

  private func note(_ note: LetterBody.Note) -> String {
    switch note {
    case .text(let text): text
    case .mail(let words, let target), .link(let words, let target): words + " " + target
    }
  }

  /// A paragraph with something before its first line and as much space before the others.
  private func wrap(_ text: String, after mark: String = "") -> [String] {
    let margin = String(repeating: " ", count: mark.count)
    let wrapped = Table.wrap(margin + text, to: LetterText.width)
    return (mark + wrapped.dropFirst(mark.count)).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}
