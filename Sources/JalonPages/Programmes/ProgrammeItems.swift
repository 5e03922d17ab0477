import JalonCore

/// What projects inherit from a programme, a sentence for each.
extension ProgrammeFacts {
  /// A commitment, with its day once the award is known.
  func commitment(_ commitment: Commitment, awarded: Day? = nil) -> String {
    let months = commitment.dueAfterMonths
    let start =
      switch commitment.after {
      case .award: figures.say("l'attribution", "the award")
      case .launch: figures.say("le début de la première phase", "the first phase's start")
      case .funds: figures.say("le premier versement", "the first payment")
      }
    let when = figures.say("\(months) mois après \(start)", "\(months) months after \(start)")
    var text = "\(commitment.id)\(figures.colon)\(commitment.title) (\(when)"
    if let awarded, commitment.after == .award {
      let due = figures.day(awarded.adding(months: months))
      text += figures.say(", soit le \(due)", ", which is \(due)")
    }
    return text + ")" + source(commitment.source)
  }

  /// An inherited indicator, with its unit and profiles.
  func indicator(_ indicator: IndicatorEntry) -> String {
    var facts = [indicator.unit.flatMap { $0.isEmpty ? nil : $0 }].compactMap(\.self)
    if let kind = indicator.kind { facts.append(word(kind)) }
    facts.append(word(indicator.cadence ?? programme.reporting.measured))
    var text = "\(indicator.id)\(figures.colon)\(indicator.title ?? indicator.id) ("
    text += facts.joined(separator: ", ") + ")"
    if let profiles = indicator.profiles, !profiles.isEmpty {
      let list = profiles.joined(separator: ", ")
      text += figures.say(" ; profils : \(list)", "; profiles: \(list)")
    }
    text += only(for: indicator.onlyFor)
    if indicator.openProfiles == true {
      text += figures.say(
        " ; chaque projet nomme ses propres profils", "; each project names its own profiles")
    }
    if indicator.isSpending, programme.spendingWindow != nil {
      text += figures.say(
        " ; les dépenses hors de la période admise ne comptent pas",
        "; spending outside the window does not count")
    }
    return text + source(indicator.source)
  }

  /// A threshold that every project inherits.
  func condition(_ condition: Condition) -> String {
    let threshold = condition.threshold
    let entry = programme.indicators.first { $0.id == threshold.indicator }
    let unit = threshold.per == nil ? entry?.unit ?? "" : "%"
    var text = threshold.indicator + (threshold.profile.map { " (\($0))" } ?? "")
    if let per = threshold.per { text += figures.say(" rapporté à \(per)", " per \(per)") }
    text += figures.colon
    let bounds = [
      threshold.min.map { bound($0, unit, figures.say("au moins", "at least")) },
      threshold.max.map { bound($0, unit, figures.say("au plus", "at most")) },
    ].compactMap(\.self)
    text += bounds.joined(separator: ", ")
    if let evidence = threshold.evidence { text += ", " + figures.word(evidence) }
    if threshold.since == .phase {
      text += figures.say(", depuis le début de la phase", ", since the phase's start")
    }
    text +=
      condition.at == .last
      ? figures.say(", au dernier passage", ", at the last gate")
      : figures.say(", à chaque passage", ", at each gate")
    return text + only(for: condition.onlyFor) + source(threshold.source)
  }

  private func bound(_ value: Quantity, _ unit: String, _ words: String) -> String {
    words + " " + figures.measure(Fraction(value), unit: unit)
  }

  private func only(for categories: [String]?) -> String {
    guard let categories else { return "" }
    let list = categories.joined(separator: ", ")
    return figures.say(
      " ; seulement pour la catégorie : \(list)", "; only for the category: \(list)")
  }

  private func source(_ source: String?) -> String {
    source.map { figures.say(" — source : ", " — source: ") + $0 } ?? ""
  }
}

extension ProgrammeFacts {
  func words(_ size: ProjectSize) -> String {
    let max = size.max.map(figures.euros)
    if let above = size.above.map(figures.euros) {
      let upTo = max.map { figures.say(", jusqu'à \($0)", ", up to \($0)") } ?? ""
      return figures.say("plus de \(above)", "above \(above)") + upTo
    }
    switch (size.min.map(figures.euros), max) {
    case (let min?, let max?): return figures.say("de \(min) à \(max)", "\(min) to \(max)")
    case (let min?, nil): return figures.say("au moins \(min)", "at least \(min)")
    case (nil, let max?): return figures.say("au plus \(max)", "at most \(max)")
    case (nil, nil): return "—"
    }
  }

  func percent(_ share: Quantity) -> String {
    figures.measure(Fraction(micros: Int128(share.micros) * 100), unit: "%")
  }

  func word(_ cadence: Cadence) -> String {
    switch cadence {
    case .monthly: figures.say("mensuel", "monthly")
    case .quarterly: figures.say("trimestriel", "quarterly")
    case .halfYearly: figures.say("semestriel", "half-yearly")
    case .yearly: figures.say("annuel", "yearly")
    }
  }

  func word(_ kind: Kind) -> String {
    switch kind {
    case .level: figures.say("état en fin de période", "level at the period's end")
    case .cumulative: figures.say("cumul depuis le début", "running total")
    case .flow: figures.say("quantité de la période", "quantity of the period")
    case .mean: figures.say("moyenne", "mean")
    }
  }
}
