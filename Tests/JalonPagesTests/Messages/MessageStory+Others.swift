import JalonCore
import JalonPages
import JalonTesting

/// Everything else.
extension MessageStory {
  private typealias Sample = MessageSample

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
    letter("mixed", "Plusieurs nouvelles d’un coup", { _ in try mixed() }, on: "2021-07-31"),
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
        [
          AlertNews(
            Sample.decision(.mailUndeliverable, nil, team, since: "2021-07-19"),
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
      name: "digest", title: "Le point du lundi", day: monday,
      content: { _ in .digest(try digest()) }),
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

  /// A mention, an escalation, an end and two new things, in two programmes.
  static func mixed() throws -> [AlertNews] {
    let released = Sample.plan("SNAP3-019", "Téléphonie chiffrée")
    return [
      try Sample.withheld(Sample.plan(), .mention, .alongside),
      overdue(.followUp, .escalate, .lasted(days: 15)),
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
