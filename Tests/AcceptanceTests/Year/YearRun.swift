import Foundation
import JalonCore

/// Drives the real program through the year, and reads what it has told.
struct YearRun {
  let installation: Installation
  private let portfolio: YearPortfolio
  private let calendar: YearCalendar

  init(_ portfolio: YearPortfolio, _ calendar: YearCalendar) throws {
    installation = try Installation()
    self.portfolio = portfolio
    self.calendar = calendar
  }

  // MARK: The year

  func live() async throws {
    for programme in YearPortfolio.followUp.keys {
      try installation.draw(
        "programmes/\(programme).json", YearPortfolio.programme(programme))
    }
    for member in portfolio.members {
      try installation.draw("projects/\(member.id).json", YearPortfolio.project(member))
    }
    try await jalon(
      ["adopt", "--by", "C. Roux", "--reason", "essai"], at: "2021-01-04T04:30:00Z")
    for day in calendar.days {
      if calendar.isEvaluated(day) {
        try await jalon(["evaluate"], at: YearMoment(day, .morning).instant)
      }
      if day == calendar.noticed { try await serve(YearMoment(day, .noon)) }
      try await evening(YearMoment(day, .evening))
    }
  }

  private func evening(_ moment: YearMoment) async throws {
    let day = moment.day
    for member in portfolio.members {
      if let silence = member.story.silence, silence.lowerBound == day {
        try await silent(["--project", member.id], silence, moment)
      }
      if member.story.stop == day.adding(days: 1) {
        try installation.draw(
          "projects/\(member.id).json", YearPortfolio.project(member, stopping: true))
        try await jalon(
          ["adopt", "--by", "C. Roux", "--reason", "abandon"], at: moment.instant)
      }
    }
    if day == calendar.quiet.lowerBound {
      try await silent(
        ["--programme", calendar.quietProgramme, "--kind", "due-soon"], calendar.quiet, moment)
    }
    try await ingest(moment)
    // When a message leaves does not matter here: once a month.
    if day == calendar.days.last || day.description.hasSuffix("-28") {
      try await jalon(["courier", "--once"], at: moment.instant)
    }
  }

  private func silent(
    _ scope: [String], _ days: ClosedRange<Day>, _ moment: YearMoment
  ) async throws {
    let rest = ["--until", days.upperBound.description, "--by", "C. Roux", "--reason", "accord"]
    try await jalon(["silence"] + scope + rest, at: moment.instant)
  }

  private func ingest(_ moment: YearMoment) async throws {
    var files: [String] = []
    var isGood = true
    for member in portfolio.members {
      for filing in member.story.filings where filing.day == moment.day {
        let file = try installation.write(
          YearPortfolio.file(filing, of: member), to: member.fileName(moment.day))
        files.append(file.path)
        if filing.rows == nil { isGood = false }
      }
    }
    guard !files.isEmpty else { return }
    try await jalon(["ingest"] + files, at: moment.instant, status: isGood ? 0 : 1)
  }

  /// The daemon, until it has noticed that nothing was evaluated.
  private func serve(_ moment: YearMoment) async throws {
    let told = "SELECT count(*) FROM alert WHERE kind = 'evaluation-missed' AND times_told = 1"
    let environment = try FakeClock.at(moment.instant)
    try await Daemon.serving(installation, environment: environment) { _ in
      try await eventually("the broken week is noticed") { () -> Bool? in
        try installation.query(told) == "1" ? true : nil
      }
    }
  }

  private func jalon(
    _ arguments: [String], at instant: String, status: Int32 = 0
  ) async throws {
    let outcome = try await installation.run(
      arguments, environment: try FakeClock.at(instant))
    guard outcome.status == status else {
      throw TooLate(
        description: "\(instant) \(arguments[0]): status \(outcome.status)\n\(outcome.complaint)")
    }
  }

  // MARK: What it told

  /// Every message, as the notebook has it.
  func letters() throws -> [YearLetter] {
    let rows = try installation.query(
      """
      SELECT strftime('%Y-%m-%d|%H', m.queued_at / 1000000, 'unixepoch'), m.recipient, m.kind,
        group_concat(t.action || ' ' || a.kind || ' ' || a.project || ' ' ||
          CASE a.kind WHEN 'file-rejected'
            THEN (SELECT substr(file, -9, 5) FROM submission AS s
              WHERE s.number = CAST(substr(a.subject, 2) AS INTEGER))
            ELSE a.subject END, ';')
      FROM message AS m LEFT JOIN telling AS t ON t.message = m.number
        LEFT JOIN alert AS a ON a.number = t.alert
      GROUP BY m.number ORDER BY m.number
      """)
    return try rows.split(separator: "\n").map { row in
      let fields = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5, let day = Day(fields[0]), let hour = Int(fields[1]),
        let time = YearMoment.Hour(rawValue: hour)
      else { throw TooLate(description: "no letter: \(row)") }
      return YearLetter(
        YearMoment(day, time), to: fields[2],
        news: fields[4].split(separator: ";").map(String.init), isDigest: fields[3] == "digest")
    }
  }

  /// The alerts that are open.
  func standing() throws -> [String] {
    try installation.query(
      """
      SELECT kind || ' ' || project || ' ' || subject || ' ' || audience FROM alert
      WHERE closed_at IS NULL
      """
    ).split(separator: "\n").map(String.init).sorted()
  }
}
