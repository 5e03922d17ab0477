import JalonCore
import JalonPages
import JalonTesting

/// What teams are told.
extension MessageStory {
  private typealias Sample = MessageSample

  static let template = MessageAttachment(
    name: "SNAP3-017.csv", type: "text/csv; charset=utf-8",
    bytes: Array("projet;periode;indicateur\r\nSNAP3-017;2021-Q1;postes\r\n".utf8))

  static let teams: [MessageStory] = [
    letter(
      "rejected", "Un fichier refusé (équipe du projet)", to: team,
      { language in
        let plan = Sample.plan()
        return [
          AlertNews(
            Sample.decision(.fileRejected, plan, "J00000042", to: .team, since: "2021-07-20"),
            .rejection(plan, Sample.refused(language)))
        ]
      }),
    letter(
      "overdue", "Une remontée en retard, le premier jour (équipe du projet)", to: team,
      { _ in
        [overdue(.team, .fire, .began)]
      }, deadlines: { try Sample.deadlines(Sample.plan(), to: .team) }, attachments: [template],
      on: "2021-07-16"),
    letter(
      "overdue-escalated", "La même, quinze jours plus tard (équipe de suivi)",
      { _ in [overdue(.followUp, .escalate, .lasted(days: 15))] }, on: "2021-07-31"),
    letter(
      "milestone", "Un jalon en retard", to: team,
      { _ in
        let plan = Sample.plan()
        let criterion = try Sample.gate(plan).criteria.first { $0.id == "milestone:M1" }
        return [
          AlertNews(
            Sample.decision(.milestoneOverdue, plan, "M1", to: .team, since: "2021-04-16"),
            .milestone(plan, "M1", criterion))
        ]
      }, on: "2021-04-16"),
    letter(
      "due-soon", "Une remontée bientôt due, dix jours avant le dernier jour", to: team,
      { _ in
        let plan = Sample.plan()
        return [
          AlertNews(
            Sample.decision(.dueSoon, plan, "report:2021-06-30", to: .team, since: "2021-07-05"),
            .dueSoon(
              plan, last: RuleStory.day("2021-07-15"),
              missing: Sample.missing(plan, due: "2021-06-30"), milestones: []))
        ]
      }, attachments: [template], on: "2021-07-05"),
    letter(
      "due-soon-milestone", "Un jalon bientôt attendu, dix jours avant", to: team,
      { _ in
        let plan = Sample.plan()
        return [
          AlertNews(
            Sample.decision(.dueSoon, plan, "milestone:M1", to: .team, since: "2021-03-21"),
            .dueSoon(
              plan, last: RuleStory.day("2021-03-31"), missing: [], milestones: plan.milestones))
        ]
      }, on: "2021-03-21"),
  ]

  static func overdue(
    _ audience: Audience, _ action: AlertAction, _ reason: AlertReason
  ) -> AlertNews {
    let plan = Sample.plan()
    return AlertNews(
      Sample.decision(
        .reportOverdue, plan, "2021-06-30", to: audience, action, reason),
      .reports(
        plan, due: RuleStory.day("2021-06-30"), missing: Sample.missing(plan, due: "2021-06-30")))
  }
}
