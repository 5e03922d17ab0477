import JalonCore
import JalonFormats
import JalonPages
import JalonRound

/// jalon-report(5): what a team may put into its depot, for whoever administers.
enum ReportManual {
  static func page() -> ManualPage {
    var page = Manual.page(
      "jalon-report", section: 5, summary: "report files that Jalon takes, and their receipts")
    page.section("DESCRIPTION")
    page.paragraph(
      "A report file holds rows of one project, for any periods. Any error rejects the whole file, "
        + "with every error listed at once in the receipt; nothing of it counts and nothing of it "
        + "is lost. The team corrects it and sends it whole again. `jalon template` prints the "
        + "file to fill in.")
    table(&page)
    figures(&page)
    json(&page)
    receipt(&page)
    problems(&page)
    taking(&page)
    Manual.seeAlso(&page, except: "jalon-report.5")
    return page
  }

  private static func table(_ page: inout ManualPage) {
    page.section("CSV")
    page.paragraph(
      "As French or English spreadsheets save it: fields parted by semicolons, commas or tabs; "
        + "UTF-8 with or without a mark, UTF-16 with a mark, else Windows-1252; double quotes; any "
        + "line end. The first row names the columns, in any order, case and accents ignored. An "
        + "unknown column is a warning.")
    for column in ReportNotes.columns {
      page.term(column.names.joined(separator: ", "), nil, column.meaning)
    }
    page.paragraph(
      "A row reports an indicator, with period and value, or a milestone, with date; never both.")
  }

  private static func figures(_ page: inout ManualPage) {
    page.section("NOTATIONS")
    page.term(
      "Numbers", nil,
      "All of these are the same: \(quoted(ReportNotes.numbers)). Spaces (no-break ones, too) or "
        + "apostrophes may stand between groups of three digits, and the indicator's unit behind. "
        + "At most six decimals, or as many as the indicator allows.",
      "Refused, with what to write instead: \(quoted(ReportNotes.refusedNumbers)), and whatever "
        + "else can be read in two ways.",
      "What does not apply: \(quoted(ReportNotes.notApplicable)). What is unknown is left out.")
    page.term(
      "Periods", nil,
      ReportNotes.periods.map { quoted($0) }.joined(separator: "; ")
        + ". Case and accents do not count. A period has the indicator's cadence.")
    page.term("Dates", nil, quoted(ReportNotes.days) + ".")
    page.term(
      "Evidence", nil,
      "From the weakest: "
        + ReportNotes.evidence.map { $0.map { "`\($0)`" }.joined(separator: " or ") }
        .joined(separator: "; ") + ".")
    page.term(
      "Totals and profiles", nil,
      "For each period the total, or every profile, or both, which then have to agree. Where "
        + "profiles overlap (`across: none`), the total, and any profiles.")
    page.term(
      "Corrections", nil,
      "The rows of an indicator and period in a later file replace the earlier ones whole. The same "
        + "bytes sent twice change nothing.")
  }

  private static func json(_ page: inout ManualPage) {
    page.section("JSON")
    page.example(
      """
      { "project": "SNAP3-017",
        "indicators": [ { "id": "postes", "period": "2021-06",
                          "value": "250", "evidence": "observed" } ],
        "milestones": [ { "id": "M1", "reached": "2021-03-12" } ],
        "comment": "second quarter" }
      """)
    page.paragraph(
      "`value` is a number, or a string with a decimal point. `profile`, `weight`, `evidence` and "
        + "`comment` may be left out; `\"reached\": null` withdraws a milestone. An unknown key, or "
        + "one that is there twice, is an error.")
  }

  private static func receipt(_ page: inout ManualPage) {
    page.section("RECEIPTS")
    page.paragraph(
      "For each file NAME there are NAME`.receipt.txt` for people and NAME`.receipt.json` for "
        + "programs, in the folder `recepisses` beside the depot: its `status`, how many rows "
        + "counted, and every error and warning with code, line, column, text and message. Lines "
        + "count from 1, a row's first line; columns are the field's number.")
    for status in ReceiptStatus.allCases {
      page.term(status.rawValue, nil, status.meaning)
    }
  }

  private static func problems(_ page: inout ManualPage) {
    page.section("ERRORS")
    page.paragraph("Codes are stable: programs may rely on them.")
    for code in ProblemCode.allCases where !code.isWarning {
      page.term(code.rawValue, nil, code.meaning)
    }
    page.section("WARNINGS")
    page.paragraph("The file is accepted all the same.")
    for code in ProblemCode.allCases where code.isWarning {
      page.term(code.rawValue, nil, code.meaning)
    }
  }

  private static func taking(_ page: inout ManualPage) {
    page.section("WHEN A FILE IS TAKEN")
    page.paragraph(
      "Renamed into the depot: at once. Written in place: when it has been closed and unchanged for "
        + "`intake.settleSeconds`. Found by a scan, or without an end to its last line: when it has "
        + "been unchanged for `intake.scanSettleSeconds`.")
    page.paragraph(
      "Left alone are names that begin with a point or end in \(quoted(unfinishedEndings)) or a "
        + "point and ten digits. A file NAME`.sha256` beside a file, as sha256sum(1) prints it, has "
        + "to match. Links, pipes, folders and files with several names are set aside unread.")
  }

  private static func quoted(_ texts: [String]) -> String {
    texts.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension ReceiptStatus {
  fileprivate var meaning: String {
    switch self {
    case .accepted: "The file counts."
    case .rejected: "It has errors, and nothing of it counts."
    case .duplicate:
      "The same bytes were accepted for this project before; `duplicateOf` is that receipt."
    }
  }
}
