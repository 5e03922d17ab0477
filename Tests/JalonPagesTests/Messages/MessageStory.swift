import JalonCore
import JalonPages
import JalonTesting

/// One of each message, as it is sent.
struct MessageStory: CustomStringConvertible, Sendable {
  let name: String
  /// What it is, for the documentation.
  let title: String
  /// When it is sent.
  var day = MessageSample.day
  let content: @Sendable (Language) throws -> Content

  enum Content {
    case letter(AlertLetter)
    case digest(DigestLetter)
    case test
  }

  var description: String { name }

  static let team = "camille.martin@ministere.example.gouv.fr"
  static let followUp = "suivi@example.gouv.fr"

  static func letter(
    _ name: String, _ title: String, to recipient: String = followUp,
    _ news: @escaping @Sendable (Language) throws -> [AlertNews],
    deadlines: @escaping @Sendable () throws -> [Deadline] = { [] },
    silences: [Silence] = [], attachments: [MessageAttachment] = [], on day: String = "2021-07-20"
  ) -> MessageStory {
    MessageStory(name: name, title: title, day: RuleStory.day(day)) { language in
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
      }, on: "2021-07-10"),
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
            on: RuleStory.day("2021-07-02"), stood: .release)
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
