import JalonCore
import JalonPages
import JalonTesting

/// One of each message, as it is sent.
struct MessageStory: CustomStringConvertible, Sendable {
  let name: String
  /// What it is, for the documentation.
  let title: String
  let content: @Sendable (Language) throws -> Content

  enum Content {
    case letter(AlertLetter)
    case digest(DigestLetter)
    case test
  }

  var description: String { name }

  static let team = "camille.martin@ministere.example.gouv.fr"
  static let followUp = "suivi@example.gouv.fr"

  private static func letter(
    _ name: String, _ title: String, to recipient: String = followUp,
    _ news: @escaping @Sendable (Language) throws -> [AlertNews],
    deadlines: @escaping @Sendable () throws -> [Deadline] = { [] },
    silences: [Silence] = [], attachments: [MessageAttachment] = []
  ) -> MessageStory {
    MessageStory(name: name, title: title) { language in
      .letter(
        AlertLetter(
          to: recipient, news: try news(language), silences: silences, deadlines: try deadlines(),
          attachments: attachments))
    }
  }

  static let all: [MessageStory] = gates + teams + others
}

// MARK: Gates

extension MessageStory {
  private typealias Sample = MessageSample

  static let gates: [MessageStory] = [
    letter(
      "withhold", "Un passage à suspendre (équipe de suivi)",
      { _ in [try Sample.withheld(Sample.plan())] },
      deadlines: { try Sample.deadlines(Sample.plan(), to: .followUp) }),
    letter(
      "withhold-choice", "Un passage au choix de l’équipe de suivi",
      { _ in [try Sample.withheld(choice, knowing: nothing)] }),
    letter(
      "withhold-several", "Plusieurs passages à suspendre, dans deux programmes",
      { _ in
        [
          try Sample.withheld(Sample.plan()),
          try Sample.withheld(choice, knowing: nothing, since: "2021-07-17"),
          try Sample.withheld(Sample.identity),
        ]
      }),
    letter(
      "withhold-repeat", "Le rappel, sept jours plus tard",
      { _ in
        [try Sample.withheld(Sample.plan(), .repeat, .stillHolds(days: 7), since: "2021-07-13")]
      }
    ),
    letter(
      "withhold-end", "La fin d’une alerte",
      { _ in
        let plan = Sample.plan()
        var knowledge = Sample.late
        knowledge.decisions = [
          Decision(
            phase: "P1", verdict: .release, at: Instant(utc: Sample.day),
            on: Sample.day.adding(days: -1))
        ]
        return [try Sample.withheld(plan, .resolve, .ended, knowing: knowledge)]
      }),
    letter(
      "at-risk", "Un passage à risque",
      { _ in
        let plan = Sample.plan()
        let gate = try Sample.gate(plan, on: RuleStory.day("2021-07-10"))
        return [
          AlertNews(
            Sample.decision(.gateAtRisk, plan, "P1", since: "2021-04-16"), .gate(plan, gate))
        ]
      }),
    letter(
      "released", "Un passage franchi",
      { _ in
        [try Sample.withheld(Sample.plan(), knowing: Sample.well, kind: .gateReleased)]
      }),
    letter(
      "contradicted", "Une décision contredite par une correction",
      { _ in
        let plan = Sample.plan()
        var knowledge = Sample.late
        knowledge.decisions = [
          Decision(
            phase: "P1", verdict: .release, at: Instant(utc: Sample.day),
            on: RuleStory.day("2021-07-02"))
        ]
        return [
          AlertNews(
            Sample.decision(.decisionContradicted, plan, "P1"),
            .contradiction(plan, try Sample.gate(plan, knowledge), then: .release))
        ]
      }),
  ]

  /// A project whose only fault is a report that did not come.
  static let choice = Sample.plan("SNAP3-018", "Messagerie des préfectures") { project, _ in
    project.phases[0].thresholds[0].min = Quantity(100)
  }

  /// The milestone is reached, and the second quarter's seats are missing.
  static let nothing: Knowledge = {
    var knowledge = Sample.well
    knowledge.units["postes"]?.removeLast()
    return knowledge
  }()
}

// MARK: For teams

extension MessageStory {
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
        [overdue(.team, since: "2021-07-20", .fire, .began)]
      }, deadlines: { try Sample.deadlines(Sample.plan(), to: .team) }, attachments: [template]),
    letter(
      "overdue-escalated", "La même, quinze jours plus tard (équipe de suivi)",
      { _ in [overdue(.followUp, since: "2021-07-05", .escalate, .lasted(days: 15))] }),
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
      }),
    letter(
      "due-soon", "Ce qui est bientôt dû, dix jours avant", to: team,
      { _ in
        let plan = Sample.plan()
        return [
          AlertNews(
            Sample.decision(.dueSoon, plan, "2021-07-30", to: .team, since: "2021-07-20"),
            .dueSoon(
              plan, last: RuleStory.day("2021-07-30"),
              missing: Sample.missing(plan, due: "2021-06-30"), milestones: plan.milestones))
        ]
      }, attachments: [template]),
  ]

  static func overdue(
    _ audience: Audience, since: String, _ action: AlertAction, _ reason: AlertReason
  ) -> AlertNews {
    let plan = Sample.plan()
    return AlertNews(
      Sample.decision(
        .reportOverdue, plan, "2021-06-30", to: audience, since: since, action, reason),
      .reports(
        plan, due: RuleStory.day("2021-06-30"), missing: Sample.missing(plan, due: "2021-06-30")))
  }
}

// MARK: The rest

extension MessageStory {
  static let others: [MessageStory] = [
    letter(
      "deviation", "Un écart fort avec la prévision",
      { _ in
        let plan = Sample.plan()
        return [
          AlertNews(
            Sample.decision(.deviationStrong, plan, "postes", since: "2021-07-10"),
            .deviation(plan, "postes", strong))
        ]
      }),
    letter("mixed", "Plusieurs nouvelles d’un coup", { try mixed($0) }),
    letter(
      "silence-ended", "La fin d’un silence",
      { _ in
        [
          try Sample.withheld(Sample.plan(), .fire, .silenceEnded(3)),
          AlertNews(
            Sample.decision(
              .reportOverdue, choice, "2021-06-30", since: "2021-07-16", .resolve, .silenceEnded(3)),
            .reports(choice, due: RuleStory.day("2021-06-30"), missing: [])),
        ]
      }, silences: [Sample.silence()]),
    letter(
      "undeliverable", "Une adresse que rien n’atteint",
      { _ in
        let plan = Sample.plan()
        return [
          AlertNews(
            Sample.decision(.mailUndeliverable, plan, team, since: "2021-07-19"),
            .undeliverable(failed))
        ]
      }),
    letter(
      "evaluation-missed", "L’évaluation ne tourne plus",
      { _ in
        [
          AlertNews(
            Sample.decision(.evaluationMissed, nil, "", since: "2021-07-16"),
            .evaluationMissed(last: Instant(utc: RuleStory.day("2021-07-16"))))
        ]
      }),
    MessageStory(
      name: "digest", title: "Le point du lundi", content: { _ in .digest(try digest()) }),
    MessageStory(name: "test", title: "L’essai (jalon mail --test)", content: { _ in .test }),
  ]

  static let failed = FailedMessage(
    number: 42, address: team, subject: "[Jalon] SNAP3-017 : remontée en retard",
    queuedAt: Instant(utc: RuleStory.day("2021-07-14")),
    reply: "550 5.1.1 <\(team)>: Recipient address rejected: User unknown")

  static var strong: Criterion? {
    guard let forecast = Quantity("333.333333"),
      let quarter = Period(.quarterly, year: 2021, ordinal: 2)
    else { return nil }
    return Criterion(
      id: "deviation:postes", grounds: .reserve, status: .unmet,
      finding: .deviation(
        .strong, measure: Measure(value: Fraction(Quantity(150)), period: quarter),
        forecast: forecast))
  }

  /// A reminder, an escalation, an end and two new things, in two programmes.
  static func mixed(_ language: Language) throws -> [AlertNews] {
    let released = Sample.plan("SNAP3-019", "Téléphonie chiffrée")
    return [
      try Sample.withheld(Sample.plan(), .repeat, .alongside),
      overdue(.followUp, since: "2021-07-05", .escalate, .lasted(days: 15)),
      AlertNews(
        Sample.decision(.deviationStrong, choice, "postes", .resolve, .ended),
        .deviation(choice, "postes", nil)),
      try Sample.withheld(Sample.identity),
      try Sample.withheld(released, knowing: Sample.well, kind: .gateReleased),
    ]
  }

  static let monday = RuleStory.day("2021-07-19")

  static func digest() throws -> DigestLetter {
    let released = Sample.plan("SNAP3-019", "Téléphonie chiffrée")
    let judged = [
      (Sample.plan(), Sample.late, 0), (choice, nothing, 1), (Sample.identity, Sample.late, 0),
      (released, Sample.well, 0),
    ]
    let entries = try judged.map { plan, knowledge, overdue in
      DigestLetter.Entry(
        plan: plan, gates: try Judge(plan, knowing: knowledge).gates(asOf: monday),
        overdue: overdue)
    }
    let changes = [
      ("SNAP3-017", Recommendation.atRisk, Recommendation.withhold),
      ("SNAP3-018", .atRisk, .withhold), ("SNAP3-019", .pending, .release),
    ].map { project, before, now in
      DigestLetter.Change(
        project: project, phase: "P1", before: before, now: now,
        on: RuleStory.day("2021-07-16"), fundsAtStake: Quantity(450_000))
    }
    var silence = Sample.silence()
    silence.until = RuleStory.day("2021-07-31")
    return DigestLetter(
      to: followUp, entries: entries, changes: changes,
      deadlines: coming, silences: [silence])
  }

  /// What comes in the thirty days after Monday.
  static var coming: [Deadline] {
    [
      ("2021-07-31", "SNAP3-019", Deadline.Matter.milestone("recette"), "Recette signée"),
      ("2021-08-10", "ITN3-004", .gate("P2"), "Généralisation"),
    ].map { day, project, matter, title in
      Deadline(
        day: RuleStory.day(day), project: project, projectTitle: "Téléphonie chiffrée",
        matter: matter, title: title)
    }
  }
}
