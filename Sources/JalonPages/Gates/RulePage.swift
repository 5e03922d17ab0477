import JalonCore

/// The published rule that a criterion rests on, in a sentence or two for a person.
///
/// A condition, a duty and a reserve make different letters: unmet, the first holds the money back,
/// the other two leave the choice to those who follow the project.
struct RulePage {
  let plan: Plan
  let gate: GateJudgement
  let figures: Figures

  /// What the rule says, and what follows from it here.
  ///
  /// Such as `Condition du financement : la phase suivante n’est débloquée qu’une fois ce jalon
  /// atteint.`
  func sentence(_ criterion: Criterion) -> String {
    var text =
      switch criterion.finding {
      case .milestone: milestone(criterion)
      case .threshold(let threshold, _, _, _): self.threshold(threshold, criterion)
      case .reports: duty(criterion)
      case .deviation(let level, _, _): reserve(criterion, level)
      }
    if criterion.status == .waived {
      text += figures.say(
        " Une dérogation en dispense ce passage.", " A waiver exempts this gate from it.")
    }
    return text
  }

  /// The document and section of the rule: its own, else the programme's; `nil` where neither says,
  /// and for a deviation that no rule takes up.
  func source(_ criterion: Criterion) -> String? {
    let own: String? =
      switch criterion.finding {
      case .milestone: milestoneSource(criterion.id)
      case .threshold(let threshold, _, _, _): threshold.source
      case .reports: indicator(criterion)?.source
      case .deviation: indicator(criterion)?.source
      }
    if case .deviation = criterion.finding, indicator(criterion)?.tolerance.blocks != true {
      return nil
    }
    return own ?? plan.programme.source
  }

  /// The rule for programs.
  func json(_ criterion: Criterion) -> JSONText {
    .object([("sentence", .string(sentence(criterion))), ("source", .text(source(criterion)))])
  }

  /// The rule for a person: its own source stands behind it, the programme's once in the verdict.
  func line(_ criterion: Criterion) -> String {
    guard let source = source(criterion), source != plan.programme.source else {
      return sentence(criterion)
    }
    return sentence(criterion) + " [\(source)]"
  }

  // MARK: Conditions

  private func milestone(_ criterion: Criterion) -> String {
    let id = String(criterion.id.dropFirst("milestone:".count))
    let isCommitment = plan.programme.commitments.contains { $0.id == id }
    let text = condition(
      isCommitment
        ? figures.say("cet engagement tenu", "this commitment is kept")
        : figures.say("ce jalon atteint", "this milestone is reached"))
    guard isUnmetUnderRightToError(criterion) else { return text }
    return text
      + figures.say(
        " Le droit à l’erreur de cette phase n’en dispense pas.",
        " This phase’s right to be wrong does not exempt from it.")
  }

  private func threshold(_ threshold: Threshold, _ criterion: Criterion) -> String {
    let level =
      if threshold.max == nil {
        figures.say("ce niveau minimal atteint", "this minimum level is reached")
      } else if threshold.min == nil {
        figures.say("ce niveau maximal respecté", "this maximum level is kept")
      } else {
        figures.say("ces deux niveaux respectés", "both levels are kept")
      }
    guard isUnmetUnderRightToError(criterion) else { return condition(level) }
    return condition(level)
      + (gate.discretionary
        ? figures.say(
          " Droit à l’erreur : l’équipe a le droit de se tromper dans cette phase, et le choix"
            + " revient à l’équipe de suivi.",
          " Right to be wrong: the team may be wrong in this phase, and the choice is the follow-up"
            + " team’s.")
        : figures.say(
          " Le droit à l’erreur de cette phase ne laisse le choix qu’une fois les jalons atteints.",
          " This phase’s right to be wrong leaves a choice only once the milestones are reached."))
  }

  private func condition(_ met: String) -> String {
    let isLast = gate.nextPhase == nil
    return figures.say(
      "Condition du financement : "
        + (isLast ? "le solde n’est débloqué" : "la phase suivante n’est débloquée")
        + " qu’une fois \(met).",
      "Condition of the funding: the \(isLast ? "balance" : "next phase") is released only once "
        + "\(met).")
  }

  private func isUnmetUnderRightToError(_ criterion: Criterion) -> Bool {
    criterion.status == .unmet && phase?.rightToError == true
  }

  // MARK: Duties and reserves

  private func duty(_ criterion: Criterion) -> String {
    let (each, every) =
      switch plan.programme.reporting.cadence {
      case .monthly: ("chaque mois", "every month")
      case .quarterly: ("chaque trimestre", "every quarter")
      case .halfYearly: ("chaque semestre", "every half-year")
      case .yearly: ("chaque année", "every year")
      }
    let due = figures.say(
      "Obligation de remontée : ces chiffres sont dus \(each) ; ",
      "Duty to report: these figures are due \(every); ")
    guard binds(criterion) else {
      return due
        + figures.say(
          "aucun niveau exigé à ce passage n’en dépend, un retard ne le bloque pas.",
          "no level that this gate demands rests on them, and being late does not hold it.")
    }
    return due
      + figures.say(
        "tant qu’il en manque, l’équipe de suivi peut suspendre "
          + (gate.nextPhase == nil ? "le solde." : "la phase suivante."),
        "while any is missing, the follow-up team may withhold the "
          + (gate.nextPhase == nil ? "balance." : "next phase."))
  }

  private func reserve(_ criterion: Criterion, _ level: DeviationLevel) -> String {
    guard indicator(criterion)?.tolerance.blocks == true else {
      return figures.say(
        "Signalement : pour cet indicateur, un écart avec la prévision ne bloque pas le passage.",
        "For information: a deviation of this indicator from its forecast does not hold the gate.")
    }
    if phase?.rightToError == true {
      return figures.say(
        "Droit à l’erreur : dans cette phase, un écart avec la prévision est signalé et ne bloque"
          + " pas le passage.",
        "Right to be wrong: in this phase a deviation from the forecast is told, and does not hold"
          + " the gate.")
    }
    let isLast = gate.nextPhase == nil
    let who = figures.operatorName(plan.programme)
    let reserve = figures.say(
      "Réserve : en cas d’écart fort avec la prévision, \(who) se réserve le droit de ne pas "
        + (isLast ? "verser le solde." : "financer la phase suivante."),
      "Reserve: when a measure strays strongly from its forecast, \(who) reserves the right not to "
        + (isLast ? "pay the balance." : "fund the next phase."))
    guard level == .notable else { return reserve }
    return reserve + figures.say(" Cet écart n’est pas fort.", " This deviation is not strong.")
  }

  // MARK: What the plan says

  private var phase: Phase? { plan.phases.first { $0.id == gate.phase } }

  private func binds(_ criterion: Criterion) -> Bool {
    plan.programme.reporting.blocks
      || phase?.thresholds.contains {
        $0.indicator == subject(criterion) || $0.per == subject(criterion)
      } == true
  }

  private func milestoneSource(_ id: String) -> String? {
    plan.milestones.first { "milestone:" + $0.id == id }?.source
  }

  private func indicator(_ criterion: Criterion) -> Indicator? {
    plan.indicator(subject(criterion))
  }

  /// The indicator's id in `reports:` and `deviation:`.
  private func subject(_ criterion: Criterion) -> String {
    String(criterion.id.drop { $0 != ":" }.dropFirst())
  }
}

extension Figures {
  /// Who runs a programme, in short and with its article: `la DINUM` of `DINUM, mission INFRA`.
  func operatorName(_ programme: Programme) -> String {
    let short = programme.operatorName.prefix { $0 != "," }
    let acronym = String(short.prefix { $0 != " " })
    return switch acronym {
    case "DINUM", "DITP": say("la \(acronym)", "the \(acronym)")
    case "ANCT": say("l’ANCT", "the ANCT")
    default: say("l’opérateur (\(short))", "the operator (\(short))")
    }
  }

  /// The beginning of a source, which names document and section.
  ///
  /// It is the first sentence, cut at a word when it is long; `[…]` says that `explain` shows more.
  func reference(_ source: String) -> String {
    let limit = 200
    var text = Substring(source)
    if let stop = source.firstSentenceEnd { text = source[..<stop] }
    guard text.count > limit else {
      return text.endIndex == source.endIndex ? source : text + " […]"
    }
    var cut = text.prefix(limit)
    if let space = cut.lastIndex(of: " ") { cut = cut[..<space] }
    while let last = cut.last, ",;:( \u{A0}".contains(last) { cut.removeLast() }
    return cut + " […]"
  }
}

extension String {
  /// The place after the first full stop that a capital letter follows.
  fileprivate var firstSentenceEnd: Index? {
    indices.first { place in
      guard self[place] == "." else { return false }
      let rest = self[index(after: place)...]
      return rest.first == " " && rest.dropFirst().first?.isUppercase == true
    }.map(index(after:))
  }
}
