public import JalonCore

/// What `team check` has found, for a terminal and for programs.
public struct DoorFindingsPage: Sendable {
  private let findings: [DoorFinding]
  private let count: Int
  private let figures: Figures
  private let language: Language

  /// A page about so many doors.
  public init(_ findings: [DoorFinding], doors count: Int, in language: Language) {
    self.findings = findings
    self.count = count
    self.language = language
    figures = Figures(language)
  }

  /// For programs.
  public var json: JSONText {
    .object([
      ("doors", .int(count)),
      ("findings", .array(findings.map(json))),
    ])
  }

  private func json(_ finding: DoorFinding) -> JSONText {
    .object([
      ("code", .string(finding.code.rawValue)),
      ("project", .text(finding.holder?.project)), ("officer", .text(finding.holder?.officer)),
      ("path", .string(finding.path)),
      ("message", .string(finding.message.typeset[language])),
      ("mend", .string(finding.mend)),
    ])
  }

  /// For a terminal: each finding with the command that mends it, which is never wrapped.
  public func text(width: Int) -> String {
    let lines = findings.flatMap { finding in
      [
        Table.wrap(finding.path + figures.colon + finding.message.typeset[language], to: width),
        "    " + finding.mend,
      ]
    }
    return (lines + [summary]).joined(separator: "\n") + "\n"
  }

  private var summary: String {
    let doors = figures.count(count, ("porte", "portes"), ("door", "doors"))
    guard !findings.isEmpty else {
      return figures.say("\(doors), tout est en ordre.", "\(doors), all in order.")
    }
    let faults = figures.count(
      findings.count, ("défaut", "défauts"), ("thing to mend", "things to mend"))
    return "\(doors), \(faults)."
  }
}
