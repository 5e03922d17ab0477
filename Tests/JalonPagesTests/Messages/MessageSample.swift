@testable import JalonCore
import JalonPages
import JalonTesting

/// Projects, gates and alerts that messages are made from, on 20 July 2021.
enum MessageSample {
  static let day = RuleStory.day("2021-07-20")

  static func frame(_ language: Language, on day: Day = day) -> MessageFrame {
    MessageFrame(
      from: "Jalon <jalon@example.gouv.fr>",
      now: Instant(microseconds: Instant(utc: day).microseconds + 6 * 3_600_000_000), day: day,
      language: language, site: "https://suivi.example.gouv.fr/",
      ledgerHead: (1234, "0a1b2c3d4e5f6789"))
  }

  /// A project with its programme's rules; the sample's, unless changed.
  static func plan(
    _ id: String = "SNAP3-017", _ title: String = "Postes de travail",
    _ change: (inout Project, inout Programme) -> Void = { _, _ in }
  ) -> Plan {
    var (project, programme) = (SampleFiles.projectValue, SampleFiles.programmeValue)
    (project.id, project.title) = (id, title)
    project.contacts = ["camille.martin@ministere.example.gouv.fr"]
    programme.operatorName = "DINUM, mission INFRA"
    change(&project, &programme)
    return Plan(project: project, programme: programme)
  }

  /// A project of another programme, with more money at stake.
  static var identity: Plan {
    plan("ITN3-004", "Identité numérique des agents") { project, programme in
      project.programme = "ITN3"
      (programme.id, programme.title) = ("ITN3", "Identité numérique")
      project.phases[1].funding = Quantity(900_000)
    }
  }

  /// What is known when the milestone is late and seats are missing.
  static var late: Knowledge {
    var knowledge = Knowledge()
    knowledge.units["postes"] = [
      RuleStory.unit(quarter: 1, 120), RuleStory.unit(quarter: 2, 250),
    ]
    knowledge.units["depenses"] = [
      RuleStory.unit(quarter: 1, 9000), RuleStory.unit(quarter: 2, 8000),
    ]
    return knowledge
  }

  /// What is known when all is well.
  static var well: Knowledge {
    var knowledge = late
    knowledge.units["postes"] = [
      RuleStory.unit(quarter: 1, 120), RuleStory.unit(quarter: 2, 410),
    ]
    knowledge.milestones["M1"] = RuleStory.reach("M1", "2021-03-12")
    return knowledge
  }

  /// The first gate of a plan.
  static func gate(
    _ plan: Plan, _ knowledge: Knowledge = late, on day: Day = day
  ) throws -> GateJudgement {
    guard let gate = try Judge(plan, knowing: knowledge).gates(asOf: day).first else {
      preconditionFailure("a plan without a gate")
    }
    return gate
  }

  /// What a plan misses of one due day.
  static func missing(
    _ plan: Plan, due: String, _ knowledge: Knowledge = Knowledge()
  ) -> [(indicator: String, expected: ExpectedPeriod)] {
    plan.indicators.flatMap { indicator in
      plan.missingPeriods(of: indicator, knowing: knowledge).map { (indicator.id, $0) }
    }.filter { $0.1.due == RuleStory.day(due) }
  }

  /// A decision to tell, as the rules make it.
  static func decision(
    _ kind: AlertKind, _ plan: Plan?, _ subject: String, to audience: Audience = .followUp,
    since: String = "2021-07-16", _ action: AlertAction = .fire, _ reason: AlertReason = .began
  ) -> AlertDecision {
    let key = AlertKey(
      kind, project: plan?.project.id ?? "", subject: subject, audience: audience)
    let since = RuleStory.day(since)
    let alert = Alert(key, programme: plan?.programme.id ?? "", since: since)
    return AlertDecision(
      alert: OpenAlert(alert, beganAt: Instant(utc: since)), action: action, reason: reason)
  }

  /// A gate that is to be withheld.
  static func withheld(
    _ plan: Plan, _ action: AlertAction = .fire, _ reason: AlertReason = .began,
    knowing knowledge: Knowledge = late, kind: AlertKind = .gateWithhold,
    since: String = "2021-07-16"
  ) throws -> AlertNews {
    AlertNews(
      decision(kind, plan, "P1", since: since, action, reason),
      .gate(plan, try gate(plan, knowledge)))
  }

  /// The days that come, for one who is told.
  static func deadlines(_ plan: Plan, to audience: Audience) throws -> [Deadline] {
    let gates = try Judge(plan, knowing: late).gates(asOf: day)
    return plan.deadlines(
      in: day...day.adding(days: 200), knowing: late, gates: gates
    ).filter { $0.matters(to: audience) }
  }

  /// A refused file with some errors.
  static func refused(errors: Int = 3, _ language: Language = .french) -> Receipt {
    let places = (0..<errors).map { index in
      ReceiptProblem(
        code: "value", line: 4 + index, column: 4, text: "1.234,5",
        message: language == .french
          ? "ligne \(4 + index), colonne « valeur » : « 1.234,5 » mélange le point et la virgule ; "
            .typesetInFrench + "écrivez 1234,5"
          : "line \(4 + index), column “valeur”: “1.234,5” mixes the point and the comma; "
            + "write 1234,5")
    }
    return Receipt(
      id: "J00000042", project: "SNAP3-017", file: "remontée T2.csv",
      sha256: String(repeating: "0", count: 64), bytes: 2048,
      receivedAt: Instant(microseconds: Instant(utc: day).microseconds + 5 * 3_600_000_000),
      status: .rejected, errors: places)
  }

  static func silence(_ number: Int64 = 3) -> Silence {
    Silence(
      number: number, project: nil, programme: "SNAP3", kind: nil,
      until: RuleStory.day("2021-07-19"), reason: "avenant en cours de signature", by: "Marie",
      user: "marie", at: Instant(utc: RuleStory.day("2021-07-01")))
  }
}
