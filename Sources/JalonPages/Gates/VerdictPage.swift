import JalonCore

/// Which letter a verdict makes: a condition is not met, or somebody has the choice.
struct VerdictPage {
  let plan: Plan
  let gate: GateJudgement
  let figures: Figures

  /// Such as `suspendre — condition non remplie` or `suspension possible, au choix de l’équipe de
  /// suivi`.
  var letter: String {
    switch gate.recommendation {
    case .withhold:
      gate.discretionary ? choice : figures.word(gate.recommendation) + " — " + conditions
    case .atRisk:
      figures.word(gate.recommendation) + " — " + (gate.discretionary ? choice : conditions)
    case .release: figures.word(gate.recommendation) + crossing
    case .notReached, .stopped, .pending: figures.word(gate.recommendation)
    }
  }

  private var unmet: [Criterion] { gate.criteria.filter { $0.status == .unmet } }

  private var conditions: String {
    unmet.count { $0.grounds == .condition } > 1
      ? figures.say("conditions non remplies", "conditions not met")
      : figures.say("condition non remplie", "condition not met")
  }

  /// A reserve is the operator's own right; otherwise those who follow the project choose.
  private var choice: String {
    let isReserve = unmet.allSatisfy { $0.grounds == .reserve }
    let who = figures.operatorName(plan.programme)
    return isReserve
      ? figures.say(
        "suspension possible, au choix de \(who)", "may be withheld, at the choice of \(who)")
      : figures.say(
        "suspension possible, au choix de l’équipe de suivi",
        "may be withheld, at the choice of the follow-up team")
  }

  private var crossing: String {
    guard let crossed = gate.crossed else { return "" }
    let text = figures.say(
      ", passage franchi le \(figures.day(crossed))", ", crossed on \(figures.day(crossed))")
    let late = Int(crossed.number) - Int(gate.date.number)
    guard late > 0 else { return text }
    return text + ", " + figures.count(late, ("jour", "jours"), ("day", "days"))
      + figures.say(" après sa date", " after its date")
  }
}
