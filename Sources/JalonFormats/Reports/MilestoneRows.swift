import JalonCore

// What a row about a milestone must be (SPEC §6).
extension ReportIntake {
  mutating func addMilestone(_ row: ReportRow, _ whole: @autoclosure () -> Cell) {
    guard !row.milestone.isEmpty else {
      return refuseKind(row, whole(), ReportIntake.noMilestone)
    }
    if row.date.isEmpty, !row.isWithdrawal {
      let place = Place(line: row.line, column: .date)
      note(.blank, place, text: row.date) { _ in ReportIntake.blankDate.with() }
      return
    }
    dataRows += 1
    let milestone = milestone(row)
    let (reached, isSound) = reached(row)
    guard let milestone else { return }
    if let line = milestoneLines[milestone] {
      note(.duplicateRow, Place(line: row.line), text: row.milestone) { _ in
        ReportIntake.milestoneTwice.with(String(line))
      }
      return
    }
    milestoneLines[milestone] = row.line
    guard isSound else { return }
    milestones.append(
      MilestoneReach(
        milestone: milestoneID(milestone), reached: reached,
        source: Source(submission: 0, line: Int32(clamping: row.line))))
  }

  private func milestoneID(_ position: Int) -> String {
    milestoneNames.map { $0.names[position] } ?? ""
  }

  private mutating func milestone(_ row: ReportRow) -> Int? {
    var known =
      milestoneNames ?? KnownNames(project.found?.context.plan.milestones.map(\.id) ?? [])
    defer { milestoneNames = known }
    if let position = known.position(of: row.milestone) { return position }
    let names = known.names
    let place = Place(line: row.line, column: .milestone)
    note(.milestoneUnknown, place, text: row.milestone) { text in
      ReportIntake.suggestion(
        text, row.milestone, among: names, near: ReportIntake.unknownMilestoneNear,
        else: ReportIntake.unknownMilestone)
    }
    return nil
  }

  /// The day reached, `nil` for a withdrawal, and whether the cell says either.
  private mutating func reached(_ row: ReportRow) -> (day: Day?, isSound: Bool) {
    let isDash = row.date.count == 1 && row.date[0] == UInt8(ascii: "-") && !isJSON
    if row.isWithdrawal || isDash { return (nil, true) }
    let place = Place(line: row.line, column: .date)
    guard let day = isJSON ? DayNotation.read(row.date) : DayNotation.readCell(row.date) else {
      note(.date, place, text: row.date) { ReportIntake.badDate.with($0) }
      return (nil, false)
    }
    if day <= receivedOn { return (day, true) }
    let received = receivedOn.description
    note(.dateFuture, place, text: row.date) { ReportIntake.futureDate.with($0, received) }
    return (nil, false)
  }

  private static let noMilestone = Wording(
    "cette ligne a une date mais ne dit pas de quel jalon il s'agit ; "
      + "complétez-la ou supprimez-la",
    "this row has a date but does not say which milestone it is about; complete or remove it")
  private static let blankDate = Wording(
    "il n'y a pas de date ; la ligne n'a pas été lue", "there is no date; the row was not read")
  private static let milestoneTwice = Wording(
    "même jalon que la ligne {0} ; gardez une seule des deux",
    "same milestone as line {0}; keep only one of the two")
  private static let unknownMilestoneNear = Wording(
    "le jalon « {0} » n'existe pas dans ce projet ; vouliez-vous « {1} » ?",
    "this project has no milestone \"{0}\"; did you mean \"{1}\"?")
  private static let unknownMilestone = Wording(
    "le jalon « {0} » n'existe pas dans ce projet, qui a : {1}",
    "this project has no milestone \"{0}\"; it has: {1}")
  private static let badDate = Wording(
    "« {0} » n'est pas une date ; écrivez 2021-06-30 ou 30/06/2021, ou « - » pour retirer le jalon",
    "\"{0}\" is not a date; write 2021-06-30 or 30/06/2021, or \"-\" to withdraw the milestone")
  private static let futureDate = Wording(
    "« {0} » est après le jour de réception ({1}) ; un jalon s'annonce une fois atteint",
    "\"{0}\" is after the day of receipt ({1}); a milestone is reported once it is reached")
}
