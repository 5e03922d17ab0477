import JalonCore

/// A programme's rules, one sentence each, as its page and a new project's file say them.
struct ProgrammeFacts {
  let programme: Programme
  let figures: Figures

  /// A guichet, or a call, and its dates.
  var form: String {
    let name =
      switch programme.form {
      case .guichet: "guichet"
      case .call: figures.say("appel à projets", "call for projects")
      }
    let days = [programme.opens, programme.closes].map { $0.map(figures.day) }
    switch (days[0], days[1]) {
    case (let opens?, let closes?):
      return name + figures.say(", du \(opens) au \(closes)", ", \(opens) to \(closes)")
    case (let opens?, nil): return name + figures.say(", depuis le \(opens)", ", since \(opens)")
    case (nil, let closes?):
      return name + figures.say(", jusqu'au \(closes)", ", until \(closes)")
    case (nil, nil): return name
    }
  }

  /// What the State pays, in short.
  var share: String {
    let rules = programme.cofinancing
    var parts: [String] = []
    if let rate = rules?.rate { parts.append(percent(rate)) }
    if let full = rules?.fullUpTo {
      let amount = figures.euros(full)
      parts.append(figures.say("100 % jusqu'à \(amount)", "100% up to \(amount)"))
    }
    if let ceiling = rules?.dossierCeiling {
      let amount = figures.euros(ceiling)
      parts.append(figures.say("au plus \(amount) par dossier", "at most \(amount) a dossier"))
    }
    if let ceiling = rules?.projectCeiling {
      let amount = figures.euros(ceiling)
      parts.append(figures.say("au plus \(amount) par projet", "at most \(amount) a project"))
    }
    return parts.isEmpty ? "—" : parts.joined(separator: ", ")
  }

  /// The total costs accepted, in short.
  var size: String { programme.projectSize.map(words) ?? "—" }

  /// The scheme's own money.
  var envelope: String { programme.envelope.map(figures.euros) ?? "—" }

  /// Every rule that Jalon enforces, beyond indicators, commitments and conditions.
  var rules: [String] {
    var rules: [String] = []
    if programme.cofinancing != nil {
      rules.append(figures.say("Part financée : \(share).", "Share funded: \(share)."))
    }
    if programme.projectSize != nil {
      rules.append(figures.say("Coût total : \(size).", "Total cost: \(size)."))
    }
    if let window = programme.spendingWindow {
      let (from, to) = (figures.day(window.from), figures.day(window.to))
      rules.append(
        figures.say(
          "Seules comptent les dépenses du \(from) au \(to).",
          "Only spending from \(from) to \(to) counts."))
    }
    return rules + [reporting, tolerance]
  }

  private var reporting: String {
    let rules = programme.reporting
    let (cadence, measured) = (word(rules.cadence), word(rules.measured))
    var text = figures.say(
      "Remontées : rythme \(cadence), \(rules.graceDays) jours de grâce",
      "Reports: \(cadence), \(rules.graceDays) days of grace")
    if rules.measured != rules.cadence {
      text += figures.say(" ; indicateurs : rythme \(measured)", "; indicators: \(measured)")
    }
    return text
      + (rules.blocks
        ? figures.say(
          " ; un retard empêche le passage de phase.", "; being late blocks the gate.")
        : figures.say(
          " ; un retard n'empêche le passage que si un seuil porte sur l'indicateur.",
          "; being late blocks the gate only where a threshold rests on the indicator."))
  }

  private var tolerance: String {
    let rules = programme.tolerance
    let (notable, strong) = (percent(rules.notable), percent(rules.strong))
    return figures.say(
      "Écart à la prévision : notable dès \(notable), fort dès \(strong) ; ",
      "Deviation from forecast: notable from \(notable), strong from \(strong); ")
      + (rules.blocks
        ? figures.say(
          "un écart fort permet de ne pas financer la phase suivante.",
          "a strong one allows not to fund the next phase.")
        : figures.say("il est signalé, sans bloquer.", "it is shown and blocks nothing."))
  }

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
    return text + ")"
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
    if let categories = indicator.onlyFor {
      let list = categories.joined(separator: ", ")
      text += figures.say(
        " ; seulement pour la catégorie : \(list)", "; only for the category: \(list)")
    }
    return text
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
