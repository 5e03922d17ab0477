/// What may stand in a report file, as its manual page tells it: `jalon-report(5)`.
public enum ReportNotes {
  /// A column of a table.
  public struct Column: Hashable, Sendable {
    /// Its names in a header, French first.
    public let names: [String]
    /// What it holds.
    public let meaning: String
  }

  /// Every column there is.
  public static let columns = ReportColumn.allCases.map {
    Column(names: $0.names, meaning: $0.meaning)
  }

  /// How a period may be written, by cadence.
  ///
  /// Tests read each of these, and what follows, as a file would have it.
  public static let periods = [
    ["2021-03", "2021-M03", "03/2021", "01/03/2021", "mars-21", "mars 2021", "févr.-21", "Mar-21"],
    ["2021-Q1", "2021-T1", "T1 2021", "2021T1"], ["2021-H1", "2021-S1", "S1 2021"], ["2021"],
  ]

  /// How a date may be written.
  public static let days = ["2021-06-30", "30/06/2021", "30/06/21"]

  /// How the same number may be written, of an indicator in euros.
  public static let numbers = ["1234.5", "1234,5", "1 234,5", "1'234.5", "1234,50 €"]

  /// Numbers that are refused, for they can be read in two ways or in none.
  public static let refusedNumbers = ["1.234,5", "+3", "1E5", "NC", "-"]

  /// What stands for a figure that does not apply.
  public static var notApplicable: [String] { ReportIntake.notApplicable.sorted() }

  /// The levels of evidence, from the weakest: in French and in English.
  public static var evidence: [[String]] { ReportIntake.evidenceNames }
}

extension ReportColumn {
  var meaning: String {
    switch self {
    case .project:
      "The project's id. It may be left out in a depot and with `--project`; any other id there is "
        + "`project-foreign`."
    case .period: "The month, quarter, half-year or year that the value is about."
    case .indicator: "The indicator's id."
    case .profile: "One of the indicator's profiles; empty is the total."
    case .value: "A number, or that it does not apply."
    case .weight: "What the value counts for, where means are made: the number of answers, say."
    case .evidence: "How sure the value is. Empty is the weakest."
    case .milestone: "A milestone's id. Such a row has a date and no indicator."
    case .date: "The day on which the milestone was reached; `-` withdraws it."
    case .comment: "Anything. It is kept, and not read."
    }
  }
}
