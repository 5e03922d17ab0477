/// A manual page, as `man` reads it: roff with the macros of man(7).
///
/// In every text, what stands between backquotes is typed as it stands, and shown bold.
public struct ManualPage: Sendable {
  private var lines: [String]

  /// A page with its first section.
  ///
  /// - Parameters:
  ///   - name: what it is called, such as `jalon.json`.
  ///   - section: the manual's section, such as 5.
  ///   - source: the program and its version.
  ///   - summary: what the page is about, in a few words without a full stop.
  public init(_ name: String, section: Int, source: String, summary: String) {
    // No date, as in systemd's pages: two builds of one version give the same bytes.
    lines = [
      ".TH \"\(Roff.line(name.uppercased()))\" \(section) \"\" \"\(Roff.line(source))\"",
      // Neither stretched to the margin nor hyphenated: words are there to be copied. The register
      // is what groff's macros set hyphenation to at each paragraph.
      ".ad l", ".nr HY 0", ".nh",
      ".SH NAME", "\(Roff.line(name)) \\- \(Roff.line(summary))",
    ]
  }

  /// The page's bytes, as text.
  public var roff: String { lines.joined(separator: "\n") + "\n" }

  /// Begins a section.
  public mutating func section(_ title: String) { lines.append(".SH \"\(Roff.line(title))\"") }

  /// Begins a part of a section.
  public mutating func subsection(_ title: String) { lines.append(".SS \"\(Roff.line(title))\"") }

  /// A paragraph.
  public mutating func paragraph(_ text: String) {
    lines += space + Roff.sentences(text)
  }

  /// What parts a paragraph from the one before; a heading does so by itself.
  private var space: [String] {
    lines.last.map { $0.hasPrefix(".SH") || $0.hasPrefix(".SS") } ?? true ? [] : [".PP"]
  }

  /// A term, and below it what is to be said of it.
  ///
  /// - Parameters:
  ///   - term: typed as it stands.
  ///   - variable: what follows it and is chosen by the reader.
  ///   - texts: one or more paragraphs.
  public mutating func term(_ term: String, _ variable: String? = nil, _ texts: String...) {
    let value = variable.map { " \\fI\(Roff.line($0))\\fR" } ?? ""
    lines += [".TP", "\\fB\(Roff.line(term))\\fR\(value)"]
    for (index, text) in texts.enumerated() {
      lines += (index == 0 ? [] : [".IP"]) + Roff.sentences(text)
    }
  }

  /// Lines that are shown as they stand.
  public mutating func example(_ text: String) {
    let body = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Roff.protected(Roff.line($0)) }
    lines += space + [".RS 4", ".EX"] + body + [".EE", ".RE"]
  }

  /// Other pages, in the order given.
  public mutating func seeAlso(_ pages: [(name: String, section: Int)]) {
    section("SEE ALSO")
    let references = pages.map { "\\fB\(Roff.line($0.name))\\fR(\($0.section))" }
    lines.append(references.joined(separator: ",\n"))
  }
}

/// Text made safe for roff.
enum Roff {
  /// A line with what roff would take for its own escaped.
  ///
  /// A hyphen is written so that it can be copied: roff's own is another character.
  static func line(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "\"": result += "\\(dq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return result
  }

  /// A line that does not begin like a request.
  static func protected(_ line: String) -> String { line.hasPrefix(".") ? "\\&" + line : line }

  /// A text with one sentence a line, as roff likes it, and bold where backquotes stand.
  static func sentences(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in marked(text).split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      // Lines that an editor shows whole; roff fills them anew.
      if line.count + word.count > 76 || line.hasSuffix(".") || line.hasSuffix("!") {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).filter { !$0.isEmpty }.map(protected)
  }

  private static func marked(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index.isMultiple(of: 2) ? line(part) : "\\fB\(line(part))\\fR"
    }.joined()
  }
}
