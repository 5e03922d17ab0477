public import JalonCore

/// The flagged projects, worst first.
public struct FlagsPage: Sendable {
  private let flags: [Flag]
  private let contradicted: [ContradictedGate]
  private let day: Day
  private let knownAt: Instant
  private let figures: Figures

  /// A page about flags, and about decisions that a correction contradicts, in any order.
  public init(
    _ flags: [Flag], contradicted: [ContradictedGate] = [], asOf day: Day, knownAt: Instant,
    in language: Language
  ) {
    self.flags = flags.sorted(by: Flag.worstFirst)
    self.contradicted = contradicted.sorted { ($0.project, $0.phase) < ($1.project, $1.phase) }
    self.day = day
    self.knownAt = knownAt
    figures = Figures(language)
  }

  /// The flags for programs.
  public var json: JSONText {
    .object([
      ("asOf", .text(day)), ("knownAt", .text(knownAt)), ("flags", .array(flags.map(json))),
      ("contradicted", .array(contradicted.map(\.json))),
    ])
  }

  private func json(_ flag: Flag) -> JSONText {
    let page = CriterionPage(flag.plan, in: figures.language)
    let (citations, rules) = (citations(flag), rules(flag))
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
              ("message", .string(page.sentence(criterion))), ("rule", rules.json(criterion)),
              ("figures", .array(citations.json(criterion))),
            ])
          })
      ),
    ])
  }

  /// The flags for a terminal.
  public func text(width: Int) -> String {
    let lines = contradicted.map { "  " + $0.sentence(figures) }
    guard !lines.isEmpty else { return flagged(width: width) }
    let title = figures.say(
      "Décisions contredites par une correction :", "Decisions that a correction contradicts:")
    return flagged(width: width) + "\n"
      + ([title] + lines).map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private func flagged(width: Int) -> String {
    guard !flags.isEmpty else {
      return figures.say(
        "Aucun financement à suspendre au \(figures.day(day)).\n",
        "No payment to withhold as of \(figures.day(day)).\n")
    }
    let total = flags.reduce(Fraction.zero) { sum, flag in
      (try? sum.adding(Fraction(flag.gate.fundsAtStake))) ?? sum
    }
    let count = figures.count(
      flags.count, ("financement à suspendre", "financements à suspendre"),
      ("payment to withhold", "payments to withhold"))
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
      flag.gate.nextPhase.map { "phase \($0)" } ?? figures.say("solde", "balance")
    return [
      "\(project.id)  \(figures.euros(flag.gate.fundsAtStake)) (\(what))  —  \(project.title)",
      "  "
        + figures.say(
          "Passage de la phase \(flag.gate.phase) : ", "Gate of phase \(flag.gate.phase): ")
        + why(flag) + figures.say(", depuis le ", ", since ") + figures.day(flag.since),
    ] + flag.reasons.flatMap { lines($0, of: flag) } + origin(flag)
  }

  /// The programme's rules, once for all the reasons that rest on them.
  private func origin(_ flag: Flag) -> [String] {
    let rules = rules(flag)
    guard let source = flag.plan.programme.source,
      flag.reasons.contains(where: { rules.source($0) == source })
    else { return [] }
    return ["  " + figures.say("Règles : ", "Rules: ") + figures.reference(source)]
  }

  private func why(_ flag: Flag) -> String {
    if flag.gate.decision?.verdict == .withhold {
      return figures.say("suspension décidée", "withheld by decision")
    }
    return VerdictPage(plan: flag.plan, gate: flag.gate, figures: figures).letter
  }

  private func lines(_ criterion: Criterion, of flag: Flag) -> [String] {
    let sentence = CriterionPage(flag.plan, in: figures.language).sentence(criterion)
    let citations = citations(flag)
    var lines = ["  - [\(figures.word(criterion.grounds))] \(sentence)"]
    lines.append(citations.margin + rules(flag).line(criterion))
    lines += citations.lines(criterion)
    if let omitted = flag.omitted[criterion.id], omitted > 0 {
      let more = figures.count(
        omitted, ("ligne de plus", "lignes de plus"), ("more row", "more rows"))
      lines.append(
        "\(citations.margin)… \(more)\(figures.colon)"
          + "jalon explain \(flag.plan.project.id) \(flag.gate.phase)")
    }
    return lines
  }

  private func rules(_ flag: Flag) -> RulePage {
    RulePage(plan: flag.plan, gate: flag.gate, figures: figures)
  }

  private func citations(_ flag: Flag) -> CitationPage {
    CitationPage(
      plan: flag.plan, citations: flag.citations, files: flag.files, figures: figures)
  }
}
