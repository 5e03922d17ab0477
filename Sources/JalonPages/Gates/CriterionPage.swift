public import JalonCore

/// What a criterion says, in one sentence for a person.
public struct CriterionPage: Sendable {
  private let plan: Plan
  private let figures: Figures

  /// Sentences about the criteria of a plan.
  public init(_ plan: Plan, in language: Language) {
    self.plan = plan
    figures = Figures(language)
  }

  /// Such as `Postes équipés : 250 agents en 2021-06, minimum 300`.
  public func sentence(_ criterion: Criterion) -> String {
    switch criterion.finding {
    case .milestone(let due, let last, let reach):
      milestone(String(criterion.id.dropFirst("milestone:".count)), due, last, reach)
    case .threshold(let threshold, let measure, _, let ratio):
      self.threshold(threshold, measure, ratio)
    case .reports(let overdue, let awaited):
      title(criterion) + figures.colon + reports(overdue, awaited)
    case .deviation(let level, let measure, let forecast):
      title(criterion) + figures.colon + deviation(criterion, level, measure, forecast)
    }
  }

  private func indicator(_ criterion: Criterion) -> Indicator? {
    criterion.id.split(separator: ":", maxSplits: 1).last.flatMap { plan.indicator(String($0)) }
  }

  private func title(_ criterion: Criterion) -> String {
    indicator(criterion)?.title ?? criterion.id
  }

  private func milestone(
    _ id: String, _ due: Day, _ last: Day, _ reach: MilestoneReach?
  ) -> String {
    let title = plan.milestones.first { $0.id == id }?.title ?? id
    let prefix = figures.say("Jalon", "Milestone") + " \(id) (\(title))" + figures.colon
    if let day = reach?.reached {
      return prefix
        + figures.say("atteint le \(figures.day(day))", "reached on \(figures.day(day))")
        + figures.say(
          ", échéance \(figures.day(due))", ", due \(figures.day(due))")
    }
    let withdrawn =
      reach == nil ? "" : figures.say(" (retiré par l’équipe)", " (withdrawn by the team)")
    return prefix + figures.say("non atteint", "not reached") + withdrawn
      + figures.say(
        ", échéance \(figures.day(due)), dernier délai \(figures.day(last))",
        ", due \(figures.day(due)), last day \(figures.day(last))")
  }

  private func threshold(_ threshold: Threshold, _ measure: Measure?, _ ratio: Fraction?)
    -> String
  {
    let indicator = plan.indicator(threshold.indicator)
    var subject = indicator?.title ?? threshold.indicator
    if let profile = threshold.profile { subject += " (\(profile))" }
    if let per = threshold.per {
      subject += figures.say(" rapporté à ", " per ") + (plan.indicator(per)?.title ?? per)
    }
    let unit = threshold.per == nil ? indicator?.unit ?? "" : "%"
    let value = threshold.per == nil ? measure?.value : ratio
    var text = subject + figures.colon
    if let value, let period = measure?.period {
      text += figures.measure(value, unit: unit) + figures.say(" en ", " in ") + "\(period)"
    } else {
      text += figures.say("aucune valeur", "no value")
    }
    if let evidence = threshold.evidence {
      let word = figures.word(evidence)
      text += figures.say(" (niveau « \(word) » exigé)", " (\(word) figures required)")
    }
    if let min = threshold.min { text += ", minimum " + figures.measure(Fraction(min), unit: unit) }
    if let max = threshold.max { text += ", maximum " + figures.measure(Fraction(max), unit: unit) }
    return text
  }

  private func reports(_ overdue: [Period], _ awaited: [Period]) -> String {
    var parts: [String] = []
    if !overdue.isEmpty {
      parts.append(
        figures.count(
          overdue.count, ("remontée en retard", "remontées en retard"),
          ("report overdue", "reports overdue")) + list(overdue))
    }
    if !awaited.isEmpty {
      parts.append(
        figures.count(
          awaited.count, ("remontée attendue", "remontées attendues"),
          ("report awaited", "reports awaited")) + list(awaited))
    }
    return parts.isEmpty
      ? figures.say("remontées à jour", "reports up to date") : parts.joined(separator: ", ")
  }

  private func list(_ periods: [Period]) -> String {
    let shown = periods.prefix(4).map(\.description).joined(separator: ", ")
    return " (" + shown + (periods.count > 4 ? "…" : "") + ")"
  }

  private func deviation(
    _ criterion: Criterion, _ level: DeviationLevel, _ measure: Measure, _ forecast: Quantity
  ) -> String {
    let unit = indicator(criterion)?.unit ?? ""
    let measured = figures.measure(measure.value, unit: unit)
    let planned = figures.measure(Fraction(forecast), unit: unit)
    return figures.word(level)
      + figures.say(
        ", \(measured) pour \(planned) prévus en \(measure.period)",
        ", \(measured) for \(planned) planned in \(measure.period)")
  }
}
