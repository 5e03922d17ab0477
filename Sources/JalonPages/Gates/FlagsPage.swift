public import JalonCore

/// A gate whose money should be withheld.
public struct Flag: Sendable {
  /// The project's plan.
  public let plan: Plan
  /// The judged gate.
  public let gate: GateJudgement
  /// The first day it could be withheld: the day after the deadline, or the day of the decision.
  public var since: Day { gate.decision?.on ?? gate.deadline.adding(days: 1) }

  /// A flag.
  public init(_ plan: Plan, _ gate: GateJudgement) {
    self.plan = plan
    self.gate = gate
  }

  /// Worst first: the most money, then the oldest, then by id.
  public static func worstFirst(_ left: Flag, _ right: Flag) -> Bool {
    if left.gate.fundsAtStake != right.gate.fundsAtStake {
      return left.gate.fundsAtStake > right.gate.fundsAtStake
    }
    if left.since != right.since { return left.since < right.since }
    return (left.plan.project.id, left.gate.phase) < (right.plan.project.id, right.gate.phase)
  }

  /// The criteria that speak for withholding.
  public var reasons: [Criterion] { gate.criteria.filter { $0.status == .unmet } }
}

/// The flagged projects, worst first.
public struct FlagsPage: Sendable {
  private let flags: [Flag]
  private let day: Day
  private let knownAt: Instant
  private let figures: Figures

  /// A page about flags, in any order.
  public init(_ flags: [Flag], asOf day: Day, knownAt: Instant, in language: Language) {
    self.flags = flags.sorted(by: Flag.worstFirst)
    self.day = day
    self.knownAt = knownAt
    figures = Figures(language)
  }

  /// The flags for programs.
  public var json: JSONText {
    .object([
      ("asOf", .text(day)), ("knownAt", .text(knownAt)), ("flags", .array(flags.map(json))),
    ])
  }

  private func json(_ flag: Flag) -> JSONText {
    let page = CriterionPage(flag.plan, in: figures.language)
    return .object([
      ("project", .string(flag.plan.project.id)),
      ("programme", .string(flag.plan.project.programme)),
      ("title", .string(flag.plan.project.title)), ("lead", .string(flag.plan.project.lead)),
      ("phase", .string(flag.gate.phase)), ("nextPhase", .text(flag.gate.nextPhase)),
      ("fundsAtStake", .text(flag.gate.fundsAtStake)), ("since", .text(flag.since)),
      ("recommendation", .string(flag.gate.recommendation.rawValue)),
      ("decision", .text(flag.gate.decision?.verdict.rawValue)),
      ("discretionary", .bool(flag.gate.discretionary)),
      (
        "reasons",
        .array(
          flag.reasons.map { criterion in
            .object([
              ("id", .string(criterion.id)), ("grounds", .string(criterion.grounds.rawValue)),
              ("message", .string(page.sentence(criterion))),
            ])
          })
      ),
    ])
  }

  /// The flags for a terminal.
  public func text(width: Int) -> String {
    guard !flags.isEmpty else {
      return figures.say(
        "Aucun financement à suspendre au \(figures.day(day)).\n",
        "No funding to withhold as of \(figures.day(day)).\n")
    }
    let total = flags.reduce(Fraction.zero) { sum, flag in
      (try? sum.adding(Fraction(flag.gate.fundsAtStake))) ?? sum
    }
    let count = figures.count(
      flags.count, ("financement à suspendre", "financements à suspendre"),
      ("funding to withhold", "fundings to withhold"))
    var lines = [
      figures.say("Au \(figures.day(day)), ", "As of \(figures.day(day)), ") + count
        + figures.say(" : ", ": ") + figures.measure(total, unit: "€")
        + figures.say(" en jeu.", " at stake.")
    ]
    for flag in flags { lines += [""] + self.lines(flag) }
    return lines.map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private func lines(_ flag: Flag) -> [String] {
    let project = flag.plan.project
    let what =
      flag.gate.nextPhase.map { figures.say("phase \($0)", "phase \($0)") }
      ?? figures.say("solde", "balance")
    let choice =
      flag.gate.discretionary
      ? figures.say(
        "suspension possible, au choix de l’équipe de suivi",
        "may be withheld: the follow-up team’s choice")
      : figures.say("condition non remplie", "condition not met")
    return [
      "\(project.id)  \(figures.euros(flag.gate.fundsAtStake)) (\(what))  —  \(project.title)",
      "  "
        + figures.say(
          "Passage de la phase \(flag.gate.phase), \(choice), depuis le \(figures.day(flag.since))",
          "Gate of phase \(flag.gate.phase), \(choice), since \(figures.day(flag.since))"),
    ]
      + flag.reasons.map { criterion in
        "  - [\(figures.word(criterion.grounds))] "
          + CriterionPage(flag.plan, in: figures.language).sentence(criterion)
      }
  }
}
