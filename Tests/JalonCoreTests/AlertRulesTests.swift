import JalonCore
import Testing

@Suite("The decision to tell: fire, repeat, escalate, resolve, hold, each with its reason")
struct AlertRulesTests {
  static let rules = AlertRules(repeatDays: 7)
  static let start = Day(number: 18_800)

  /// A moment some days and minutes after the start.
  static func moment(_ days: Int, minutes: Int = 0) -> AlertRules.Moment {
    let day = start.adding(days: days)
    return AlertRules.Moment(
      now: Instant(
        microseconds: Instant(utc: day).microseconds + Int64(360 + minutes) * 60_000_000),
      day: day)
  }

  static func alert(
    _ kind: AlertKind, _ subject: String = "P1", project: String = "A",
    audience: Audience = .followUp, since days: Int = 0
  ) -> Alert {
    Alert(
      AlertKey(kind, project: project, subject: subject, audience: audience), programme: "PRG",
      since: start.adding(days: days))
  }

  /// A notebook of alerts, and runs over it.
  struct Story {
    var alerts: [OpenAlert] = []
    var lastTold: [AlertRules.Line: Instant] = [:]
    var silences: [Silence] = []

    /// One run; what it decided, as `action kind subject: reason`, held ones with `holds` only.
    mutating func run(
      _ holding: [Alert], _ days: Int, minutes: Int = 0, holds: Bool = false
    ) -> [String] {
      let moment = AlertRulesTests.moment(days, minutes: minutes)
      let decisions = AlertRulesTests.rules.decide(
        open: alerts, holding: holding, lastTold: lastTold,
        silences: silences.filter { moment.day <= $0.until }, at: moment)
      alerts = decisions.map(\.alert).filter { !$0.isClosed }
      for decision in decisions where decision.isTold {
        lastTold[AlertRules.Line(decision.alert.alert.key)] = moment.now
      }
      return decisions.filter { holds || $0.isTold }.map {
        let key = $0.alert.alert.key
        return "\($0.action.rawValue) \(key.kind.rawValue) \(key.subject): \($0.reason.code)"
      }.sorted()
    }
  }

  @Test("an alert is told once, again each week while it lasts, and once that it is over")
  func life() {
    var story = Story()
    let late = Self.alert(.gateWithhold)
    var told: [Int: [String]] = [:]
    for day in 0..<20 {
      let lines = story.run(day < 16 ? [late] : [], day)
      if !lines.isEmpty { told[day] = lines }
    }
    #expect(
      told == [
        0: ["fire gate-withhold P1: began"], 7: ["repeat gate-withhold P1: still-holds 7"],
        14: ["repeat gate-withhold P1: still-holds 7"], 16: ["resolve gate-withhold P1: ended"],
      ])
    #expect(story.alerts.isEmpty)
  }

  @Test("a run that comes a little earlier than a week ago still repeats: days count, not hours")
  func repetition() {
    var story = Story()
    _ = story.run([Self.alert(.gateWithhold)], 0, minutes: 10)
    #expect(story.run([Self.alert(.gateWithhold)], 7).count == 1)
  }

  @Test(
    "what is only worth one word is said once, and its end is not news",
    arguments: [AlertKind.gateReleased, .dueSoon])
  func once(_ kind: AlertKind) {
    var story = Story()
    var told: [String] = []
    for day in 0..<30 { told += story.run(day < 20 ? [Self.alert(kind)] : [], day) }
    #expect(told == ["fire \(kind.rawValue) P1: began"])
    #expect(story.alerts.isEmpty)
  }

  @Test("a delay that lasts is an escalation for those who follow the team")
  func escalation() {
    var story = Story()
    let day = "2021-03-31"
    #expect(
      story.run([Self.alert(.reportOverdue, day, audience: .team)], 0)
        == ["fire report-overdue \(day): began"])
    let both = [Audience.team, .followUp].map { Self.alert(.reportOverdue, day, audience: $0) }
    #expect(
      story.run(both, 15) == [
        "escalate report-overdue \(day): lasted 15", "repeat report-overdue \(day): still-holds 15",
      ])
  }

  @Test("a gate that moves is told as it stands now, without the end of what stood before")
  func superseded() {
    var story = Story()
    _ = story.run([Self.alert(.gateAtRisk)], 0)
    #expect(
      story.run([Self.alert(.gateWithhold)], 3, holds: true) == [
        "close gate-at-risk P1: superseded", "fire gate-withhold P1: began",
      ])
    #expect(
      story.run([Self.alert(.gateReleased)], 9, holds: true) == [
        "close gate-withhold P1: superseded", "fire gate-released P1: began",
      ])
  }

  @Test("a gate that flaps is told at most every five minutes, and then as it stands")
  func flapping() {
    var story = Story()
    var told: [String] = []
    for minute in 0..<60 {
      let kind = minute % 2 == 0 ? AlertKind.gateWithhold : .gateReleased
      told += story.run([Self.alert(kind)], 0, minutes: minute)
    }
    #expect(told.count == 12, "\(told)")
  }

  @Test("what began and ended unseen is not told, unless it moved a gate")
  func unseen() {
    var story = Story()
    _ = story.run([Self.alert(.deviationStrong, "postes")], 0)
    let hidden = [Self.alert(.deviationStrong, "etp"), Self.alert(.gateAtRisk)]
    #expect(
      story.run(hidden + [Self.alert(.deviationStrong, "postes")], 0, minutes: 2).isEmpty,
      "two minutes later it is too soon")
    #expect(
      story.run([Self.alert(.deviationStrong, "postes")], 0, minutes: 6).contains(
        "resolve gate-at-risk P1: ended-untold"))
    #expect(!story.alerts.contains { $0.alert.key.subject == "etp" })
  }

  @Test("where something is told of a project, what still holds there is mentioned, on no clock")
  func alongside() {
    var story = Story()
    let withhold = Self.alert(.gateWithhold)
    let other = Self.alert(.gateWithhold, project: "B")
    _ = story.run([withhold, other], 0)
    #expect(
      story.run([withhold, other, Self.alert(.deviationStrong, "postes")], 2) == [
        "fire deviation-strong postes: began", "mention gate-withhold P1: alongside",
      ], "of A; B's waits its week")
    #expect(
      story.run([withhold, other, Self.alert(.deviationStrong, "postes")], 7) == [
        "mention deviation-strong postes: alongside", "repeat gate-withhold P1: still-holds 7",
        "repeat gate-withhold P1: still-holds 7",
      ], "of A and of B: each on its own seventh day")
    #expect(
      story.run([withhold, Self.alert(.deviationStrong, "postes")], 9).filter {
        !$0.contains("resolve")
      } == [
        "mention gate-withhold P1: alongside", "repeat deviation-strong postes: still-holds 7",
      ])
  }

  @Test("a reminder comes every seventh day, whatever else is told of the project meanwhile")
  func series() {
    var story = Story()
    let withhold = Self.alert(.gateWithhold)
    let late = Self.alert(.reportOverdue, "2021-03-31")
    var told: [Int: [String]] = [:]
    for day in 0..<24 {
      told[day] = story.run(day < 15 ? [withhold] : [withhold, late], day)
    }
    let days = told.filter { $1.contains { $0.hasPrefix("repeat gate-withhold") } }.keys.sorted()
    #expect(days == [7, 14, 21])
    #expect(
      told[15] == [
        "escalate report-overdue 2021-03-31: lasted 15", "mention gate-withhold P1: alongside",
      ])
    #expect(told[22]?.contains("repeat report-overdue 2021-03-31: still-holds 7") == true)
  }

  @Test("what was told in the morning is not told again in the evening, whatever is told then")
  func sameDay() {
    var story = Story()
    let withhold = Self.alert(.gateWithhold)
    _ = story.run([withhold], 0)
    #expect(
      story.run([withhold, Self.alert(.deviationStrong, "postes")], 0, minutes: 600)
        == ["fire deviation-strong postes: began"])
  }

  @Test("a silence hides, and its end sums up what it hid: what holds, and what ended meanwhile")
  func silence() {
    var story = Story()
    story.silences = [
      Silence(
        number: 4, project: "A", programme: nil, kind: nil, until: Self.start.adding(days: 9),
        reason: "audit", by: "Zoé", user: "zoe", at: Self.moment(0).now)
    ]
    let holding = [Self.alert(.gateWithhold), Self.alert(.deviationStrong, "etp")]
    for day in 0..<10 {
      #expect(story.run(day < 5 ? holding : [Self.alert(.gateWithhold)], day).isEmpty)
    }
    #expect(story.run([Self.alert(.gateWithhold, project: "B")], 5).isEmpty == false)
    var after = story
    #expect(
      after.run([Self.alert(.gateWithhold)], 10).filter { !$0.contains("still") } == [
        "fire gate-withhold P1: silence-ended 4",
        "resolve deviation-strong etp: silence-ended 4", "resolve gate-withhold P1: ended",
      ])
    #expect(after.run([Self.alert(.gateWithhold)], 11).isEmpty, "one summary")
  }

  @Test("silences cover a project, a programme, a kind, or what falls under all they name")
  func coverage() {
    func covers(_ project: String?, _ programme: String?, _ kind: AlertKind?) -> Bool {
      Silence(
        number: 1, project: project, programme: programme, kind: kind, until: Self.start,
        reason: "", by: "", user: "", at: Self.moment(0).now
      ).covers(Self.alert(.gateWithhold))
    }
    #expect(covers("A", nil, nil) && covers(nil, "PRG", nil) && covers(nil, nil, .gateWithhold))
    #expect(covers("A", "PRG", .gateWithhold))
    #expect(!covers("B", nil, nil) && !covers("A", nil, .gateAtRisk) && !covers("A", "X", nil))
  }

  @Test("a clock that is set back a year silences nobody", arguments: [-365, 365])
  func clock(_ days: Int) {
    var story = Story()
    _ = story.run([Self.alert(.gateWithhold)], 0)
    #expect(story.run([Self.alert(.gateWithhold)], days).count == 1)
    #expect(story.run([Self.alert(.gateWithhold), Self.alert(.gateAtRisk, "P2")], -366).count == 2)
  }

  @Test("an alert goes on since the first day it was seen, whatever the reports say later")
  func since() {
    var story = Story()
    _ = story.run([Self.alert(.deviationStrong, "postes", since: 0)], 0)
    _ = story.run([Self.alert(.deviationStrong, "postes", since: 30)], 31)
    #expect(story.alerts.first?.alert.since == Self.start)
  }
}
