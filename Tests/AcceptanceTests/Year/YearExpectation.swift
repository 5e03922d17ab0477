import JalonCore

/// Every message of the year, by the stories of the teams and not by the program.
struct YearExpectation {
  private(set) var letters: [YearLetter] = []
  /// The alerts that are open when the year is over.
  private(set) var standing: [String] = []

  /// A project's lines: what its files are refused for is told apart, as soon as they come in.
  private struct Lines {
    let member: YearPortfolio.Member
    var refusals: YearLine
    var team: YearLine
    var followUp: YearLine

    init(_ member: YearPortfolio.Member) {
      self.member = member
      let facts = member.story.facts
      refusals = YearLine(
        member.id, facts.filter { $0.kind == "file-rejected" })
      team = YearLine(
        member.id, facts.filter { $0.kind != "file-rejected" && $0.audience == .team })
      followUp = YearLine(member.id, facts.filter { $0.audience == .followUp })
    }
  }

  private let calendar: YearCalendar
  private var lines: [Lines]
  private var drafts: [String: [String]] = [:]

  init(_ portfolio: YearPortfolio, _ calendar: YearCalendar) {
    self.calendar = calendar
    lines = portfolio.members.map(Lines.init)
    for day in calendar.days {
      if calendar.isEvaluated(day) { morning(day) }
      if day == calendar.noticed { tellOfTheBrokenWeek("fire", YearMoment(day, .noon)) }
      evening(day)
    }
    standing = lines.flatMap { $0.refusals.standing + $0.team.standing + $0.followUp.standing }
      .sorted()
  }

  // MARK: Runs

  private mutating func morning(_ day: Day) {
    let moment = YearMoment(day, .morning)
    for index in lines.indices { tell(index, moment) }
    if day == calendar.broken.upperBound.adding(days: 1) {
      tellOfTheBrokenWeek("resolve", moment)
    } else {
      post(moment)
    }
    guard calendar.digests.contains(day) else { return }
    letters += YearPortfolio.followers.map {
      YearLetter(moment, to: $0, news: [], isDigest: true)
    }
  }

  /// Files come in: refusals are told first, then what the good ones change.
  private mutating func evening(_ day: Day) {
    let moment = YearMoment(day, .evening)
    for index in lines.indices {
      let member = lines[index].member
      guard member.story.filings.contains(where: { $0.day == day }) else { continue }
      write(lines[index].refusals.run(moment) { _ in false }, to: [member.team])
    }
    post(moment)
    for index in lines.indices {
      let filings = lines[index].member.story.filings
      if filings.contains(where: { $0.day == day && $0.rows != nil }) { tell(index, moment) }
    }
    post(moment)
  }

  private mutating func tellOfTheBrokenWeek(_ action: String, _ moment: YearMoment) {
    write(["\(action) evaluation-missed  "], to: YearPortfolio.followers)
    post(moment)
  }

  // MARK: Letters

  private mutating func tell(_ index: Int, _ moment: YearMoment) {
    let (member, calendar) = (lines[index].member, calendar)
    let isSilent = { (fact: YearStory.Fact) in
      (member.story.silence?.contains(moment.day) ?? false)
        || (fact.kind == "due-soon" && member.programme == calendar.quietProgramme
          && calendar.quiet.contains(moment.day))
    }
    write(lines[index].team.run(moment, isSilent: isSilent), to: [member.team])
    write(
      lines[index].followUp.run(moment, isSilent: isSilent),
      to: YearPortfolio.followUp[member.programme] ?? [])
  }

  private mutating func write(_ news: [String], to readers: [String]) {
    guard !news.isEmpty else { return }
    for reader in readers { drafts[reader, default: []] += news }
  }

  /// One letter a reader.
  private mutating func post(_ moment: YearMoment) {
    letters += drafts.map { YearLetter(moment, to: $0, news: $1) }
    drafts = [:]
  }
}
