import JalonCore
import JalonPages
import Testing

@Suite("Every reason names the published rule it rests on")
struct RulePagesTests {
  static let stories: [RuleStory] = [
    RuleStory(name: "condition") { project, programme, knowledge in
      project.phases[0].thresholds = [
        Threshold(indicator: "postes", min: Quantity(300)),
        Threshold(indicator: "depenses", max: Quantity(10_000)),
      ]
      programme.commitments = [
        Commitment(
          id: "demonstration", title: "Démonstration", dueAfterMonths: 6,
          source: "Livret des thèmes, ITN5")
      ]
      knowledge.milestones["M1"] = nil
    },
    RuleStory(name: "duty") { _, _, knowledge in
      knowledge.units["postes"] = [RuleStory.unit(quarter: 1, 120)]
    },
    RuleStory(name: "reserve") { _, programme, knowledge in
      programme.tolerance.blocks = true
      knowledge.units["postes"] = [
        RuleStory.unit(quarter: 1, 100), RuleStory.unit(quarter: 2, 120),
      ]
    },
    RuleStory(name: "reserve-notable") { _, programme, _ in programme.tolerance.blocks = true },
    RuleStory(name: "balance", phase: "P2", day: "2022-02-01") { _, programme, knowledge in
      programme.reporting.blocks = true
      programme.tolerance.blocks = true
      knowledge.units["postes", default: []].append(RuleStory.unit(quarter: 4, 300))
    },
    RuleStory(name: "balance-condition", phase: "P2", day: "2022-02-01") { project, _, knowledge in
      project.phases[1].milestones = [
        Milestone(id: "M2", title: "Bilan remis", due: RuleStory.day("2021-12-15"))
      ]
      project.phases[1].thresholds = [
        Threshold(indicator: "postes", min: Quantity(700), max: Quantity(900))
      ]
      knowledge.units["postes", default: []] += [
        RuleStory.unit(quarter: 3, 500), RuleStory.unit(quarter: 4, 650),
      ]
    },
    RuleStory(name: "right-to-error") { project, programme, knowledge in
      programme.tolerance.blocks = true
      project.phases[0].rightToError = true
      project.phases[0].thresholds[0].min = Quantity(300)
      knowledge.units["postes"] = [
        RuleStory.unit(quarter: 1, 100), RuleStory.unit(quarter: 2, 120),
      ]
    },
    RuleStory(name: "right-to-error-milestone") { project, _, knowledge in
      project.phases[0].rightToError = true
      project.phases[0].thresholds[0].min = Quantity(300)
      knowledge.milestones["M1"] = nil
    },
    RuleStory(name: "withdrawn") { _, _, knowledge in
      knowledge.milestones["M1"] = RuleStory.reach("M1", nil, line: 7)
    },
    RuleStory(name: "waived") { project, _, knowledge in
      project.phases[0].thresholds[0].min = Quantity(300)
      knowledge.units["depenses"] = nil
      knowledge.waivers = [
        Waiver(
          phase: "P1", criterion: "threshold:postes",
          at: Instant(utc: RuleStory.day("2021-07-16")))
      ]
    },
    RuleStory(name: "released-late") { _, _, knowledge in
      knowledge.milestones["M1"] = RuleStory.reach("M1", "2021-07-17")
    },
    RuleStory(name: "at-risk", day: "2021-05-20") { _, _, knowledge in
      knowledge.milestones["M1"] = nil
      knowledge.units["postes"]?.removeLast()
    },
    RuleStory(name: "at-risk-duty", day: "2021-05-20") { _, _, knowledge in
      knowledge.units["postes"] = nil
    },
    RuleStory(name: "held", phase: "P2") { _, _, knowledge in
      knowledge.milestones["M1"] = nil
    },
    RuleStory(name: "held-by-decision", phase: "P2") { _, _, knowledge in
      let day = RuleStory.day("2021-07-19")
      knowledge.decisions = [
        Decision(phase: "P1", verdict: .withhold, at: Instant(utc: day), on: day)
      ]
    },
    RuleStory(name: "held-from-afar", phase: "P3") { project, _, knowledge in
      project.phases.append(
        Phase(
          id: "P3", title: "Généralisation", from: RuleStory.day("2022-01-01"),
          to: RuleStory.day("2022-06-30"), funding: Quantity(0)))
      knowledge.milestones["M1"] = nil
    },
    RuleStory(name: "own-sources") { project, programme, knowledge in
      project.phases[0].thresholds[0].min = Quantity(300)
      project.phases[0].thresholds[0].source = "Article de janvier 2024, CAMPUS"
      project.indicators[0].source = "Livret des thèmes, SNAP3, indicateurs"
      programme.tolerance.blocks = true
      knowledge.units["postes"] = [RuleStory.unit(quarter: 1, 60)]
    },
    RuleStory(name: "decided") { _, _, knowledge in
      let day = RuleStory.day("2021-07-19")
      knowledge.decisions = [
        Decision(phase: "P1", verdict: .withhold, at: Instant(utc: day), on: day)
      ]
    },
    RuleStory(name: "ready", day: "2021-06-25") { _, _, _ in },
    RuleStory(name: "not-begun", day: "2020-12-20") { _, _, _ in },
    RuleStory(name: "stopped", day: "2021-09-20") { project, _, knowledge in
      project.stopped = Stop(
        on: RuleStory.day("2021-05-10"), reason: "le marché n’a pas trouvé de titulaire")
      knowledge.milestones["M1"] = nil
    },
    RuleStory(name: "stopped-after", phase: "P2", day: "2021-09-20") { project, _, knowledge in
      project.stopped = Stop(
        on: RuleStory.day("2021-05-10"), reason: "le marché n’a pas trouvé de titulaire")
      knowledge.milestones["M1"] = nil
    },
  ]

  @Test("what a person reads of a gate", arguments: stories, Language.allCases)
  func page(_ story: RuleStory, _ language: Language) throws {
    let text = try story.page(language)
    try expectPage(text, "rule-\(story.name)", language)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  func story(_ name: String) throws -> Explanation {
    try #require(Self.stories.first { $0.name == name }).explanation()
  }

  @Test("each reason for programs carries the sentence of its rule and where it is published")
  func json() throws {
    let text = String(
      decoding: ExplanationPage(try story("condition"), in: .english).json.compact, as: UTF8.self)
    #expect(
      text.contains(
        #""rule":{"sentence":"Condition of the funding: the next phase is released only once "#
          + #"this commitment is kept.","source":"Livret des thèmes, ITN5"}"#))
    // A deviation that no published rule takes up rests on none.
    #expect(
      text.contains(
        #""rule":{"sentence":"For information: a deviation of this indicator from its forecast "#
          + #"does not hold the gate.","source":null}"#))
  }

  @Test(
    "a duty says how often figures are due",
    arguments: [
      (Cadence.monthly, "chaque mois", "every month"),
      (.quarterly, "chaque trimestre", "every quarter"),
      (.halfYearly, "chaque semestre", "every half-year"),
      (.yearly, "chaque année", "every year"),
    ])
  func cadence(_ cadence: Cadence, _ french: String, _ english: String) throws {
    var explanation = try story("duty")
    var programme = explanation.plan.programme
    programme.reporting.cadence = cadence
    explanation.plan = Plan(project: explanation.plan.project, programme: programme)
    let texts = Language.allCases.map { ExplanationPage(explanation, in: $0).text(width: 400) }
    #expect(texts[0].contains("ces chiffres sont dus \(french)\u{A0};"))
    #expect(texts[1].contains("these figures are due \(english);"))
  }

  @Test("a programme that names no document leaves the sources out")
  func silent() throws {
    var explanation = try story("duty")
    var programme = explanation.plan.programme
    programme.source = nil
    explanation.plan = Plan(project: explanation.plan.project, programme: programme)
    let flags = FlagsPage(
      [Flag(explanation)], asOf: explanation.asOf, knownAt: explanation.knownAt, in: .french)
    #expect(!flags.text(width: 80).contains("Règles"))
    let json = String(decoding: flags.json.compact, as: UTF8.self)
    #expect(json.contains(#""source":null"#))
  }

  @Test("a flag names document and section: the first sentence of a source, and no page of it")
  func reference() throws {
    var explanation = try story("duty")
    var programme = explanation.plan.programme
    let long = String(repeating: "suivi mensuel des jalons, ", count: 20)
    func text(_ source: String) -> String {
      programme.source = source
      explanation.plan = Plan(project: explanation.plan.project, programme: programme)
      return FlagsPage(
        [Flag(explanation)], asOf: explanation.asOf, knownAt: explanation.knownAt, in: .english
      ).text(width: 400)
    }
    #expect(text("Livret, p. 12, SNAP3.").hasSuffix("Rules: Livret, p. 12, SNAP3.\n"))
    #expect(text("Livret, p. 12. Choix de Jalon.").hasSuffix("Rules: Livret, p. 12. […]\n"))
    #expect(text("Livret, ITN3, " + long).hasSuffix("suivi mensuel des jalons […]\n"))
  }

  @Test(
    "who may choose is named in short, with its article",
    arguments: [
      ("DINUM, mission INFRA", "la DINUM", "the DINUM"),
      ("DITP avec la DINUM", "la DITP", "the DITP"), ("ANCT", "l’ANCT", "the ANCT"),
      ("Vallée-Haute, pôle 2", "l’opérateur (Vallée-Haute)", "the operator (Vallée-Haute)"),
    ])
  func operatorName(_ name: String, _ french: String, _ english: String) throws {
    var explanation = try story("reserve")
    var programme = explanation.plan.programme
    programme.operatorName = name
    explanation.plan = Plan(project: explanation.plan.project, programme: programme)
    let texts = Language.allCases.map { ExplanationPage(explanation, in: $0).text(width: 400) }
    #expect(texts[0].contains("suspension possible, au choix de \(french)\n"), "\(texts[0])")
    #expect(texts[0].contains("\(french) se réserve le droit de ne pas financer"))
    #expect(texts[1].contains("may be withheld, at the choice of \(english)\n"), "\(texts[1])")
    #expect(texts[1].contains("\(english) reserves the right not to fund"))
  }
}
