extension ProblemCode {
  /// What it stands for, for whoever administers: `jalon-report(5)`.
  ///
  /// A team reads more than that in its receipt: the place, the text, and what to write instead.
  public var meaning: String {
    switch self {
    case .empty: "There is no row with data."
    case .tooLarge:
      "The file has more bytes than `intake.maxFileBytes` allows, or than the project's "
        + "`intake.projectQuotaBytes` leaves."
    case .encoding: "The bytes are no text in any encoding that is read."
    case .syntax:
      "Quotes or JSON cannot be read, or the file is not one that is read; or it is not the file "
        + "that its `.sha256` announces."
    case .header: "A column that is needed is missing, or one is there twice."
    case .columnCount: "A row has more cells than the header."
    case .projectUnknown: "No project of that id is adopted, or nothing says whose file it is."
    case .projectForeign: "The file names another project than the depot, or `--project`, tells."
    case .period: "The cell is no period."
    case .periodCadence: "The period is a month where quarters are expected, or the like."
    case .periodFuture: "The period ends after the day on which the file came."
    case .periodBeforeStart: "The period ends before the project's first phase begins."
    case .indicatorUnknown: "The project has no such indicator."
    case .profileUnknown: "The indicator has no such profile."
    case .profileMissing:
      "Some profiles of a period are there, but neither all of them nor the total."
    case .totalMismatch: "The total is not what the profiles make."
    case .value: "The cell is no number that can only be read in one way."
    case .valueRange: "The number is outside the indicator's range."
    case .weight: "The weight is no number above 0, or stands where none is used."
    case .evidence: "The level of evidence is none of the three."
    case .milestoneUnknown: "The project has no such milestone."
    case .date: "The cell is no date."
    case .dateFuture: "The date is after the day on which the file came."
    case .duplicateRow: "Two rows speak of the same indicator, profile and period, or milestone."
    case .rowKind: "A row reports both an indicator and a milestone, or neither."
    case .blank: "A row names what it is about and gives no value or date. It is left out."
    case .lastLine: "The last line has no end: the file may have been cut."
    case .columnUnknown: "No column of that name is read."
    case .cumulativeDecrease: "A running total is below that of the period before."
    case .outlier: "The value changed by over ten times the largest change before."
    case .typeIgnored: "Rows of a type that is not read. They are left out."
    }
  }
}
