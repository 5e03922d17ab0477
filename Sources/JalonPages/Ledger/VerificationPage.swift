public import JalonCore

/// What came of holding ledger, tables and archive against each other.
public struct VerificationReport: Sendable {
  /// The end of the ledger, as far as it was walked.
  public var head: LedgerHead
  /// How many entries were walked.
  public var entries: Int
  /// How many archived files were read again.
  public var files: Int
  /// How many bytes they have.
  public var bytes: Int64
  /// The first things that do not fit, in the ledger's order.
  public var misfits: [Misfit]
  /// How many do not fit in all.
  public var misfitCount: Int
  /// What is worth knowing and nothing wrong.
  public var notes: [Sentence]

  /// A report.
  public init(
    head: LedgerHead, entries: Int, files: Int, bytes: Int64, misfits: [Misfit], misfitCount: Int,
    notes: [Sentence]
  ) {
    self.head = head
    self.entries = entries
    self.files = files
    self.bytes = bytes
    self.misfits = misfits
    self.misfitCount = misfitCount
    self.notes = notes
  }
}

/// The report of `verify`, for a terminal and for programs.
public struct VerificationPage: Sendable {
  /// How many digits of a digest are shown: as many as messages carry.
  private static let shownDigits = 16

  private let report: VerificationReport
  private let figures: Figures
  private let language: Language

  /// A page about a report.
  public init(_ report: VerificationReport, in language: Language) {
    self.report = report
    self.language = language
    figures = Figures(language)
  }

  /// For programs.
  public var json: JSONText {
    .object([
      ("fits", .bool(report.misfitCount == 0)),
      (
        "head",
        .object([
          ("sequence", .int(Int(report.head.sequence))),
          ("sha256", .string(report.head.sha256.hexadecimal)),
        ])
      ),
      ("entries", .int(report.entries)), ("files", .int(report.files)),
      ("bytes", .int(Int(report.bytes))), ("misfitCount", .int(report.misfitCount)),
      (
        "misfits",
        .array(
          report.misfits.map { misfit in
            .object([
              ("code", .string(misfit.code.rawValue)),
              ("entry", .number(misfit.sequence.map { Int($0) })),
              ("message", .string(misfit.message.typeset[language])),
            ])
          })
      ),
      ("notes", .array(report.notes.map { .string($0.typeset[language]) })),
    ])
  }

  /// For a terminal.
  public func text(width: Int) -> String {
    (summary + report.misfits.map(line) + rest + notes)
      .map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private var summary: [String] {
    let head = report.head
    let digits = head.sha256.hexadecimal.prefix(Self.shownDigits)
    let entries = figures.count(report.entries, ("entrée", "entrées"), ("entry", "entries"))
    let files = figures.count(
      report.files, ("fichier relu", "fichiers relus"), ("file read again", "files read again"))
    let outcome =
      report.misfitCount == 0
      ? figures.say("Tout concorde.", "Everything fits.")
      : figures.count(
        report.misfitCount, ("écart, dont le premier :", "écarts, dont le premier :"),
        ("thing does not fit:", "things do not fit, the first being:"))
    return [
      figures.say("Registre n° ", "Ledger no. ") + "\(head.sequence) · \(digits)"
        + figures.say(" : ", ": ") + "\(entries), \(files).",
      outcome,
    ].map { language == .french ? $0.typesetInFrench : $0 }
  }

  private func line(_ misfit: Misfit) -> String {
    let place = misfit.sequence.map { figures.say("n° \($0)", "no. \($0)") }
    return "  "
      + [place, misfit.message.typeset[language]].compactMap(\.self)
      .joined(separator: "  ")
  }

  private var rest: [String] {
    let left = report.misfitCount - report.misfits.count
    guard left > 0 else { return [] }
    return ["  " + figures.say("… et \(left) de plus", "… and \(left) more")]
  }

  private var notes: [String] {
    report.notes.map {
      let name = figures.say("Remarque : ".typesetInFrench, "Note: ")
      return name + $0.typeset[language]
    }
  }
}
