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

  /// The bounds that stand instead for projects of some categories.
  private var sizesByCategory: [String] {
    let categories = programme.projectSize?.categories ?? [:]
    return categories.sorted { $0.key < $1.key }.map { category, size in
      let bounds = words(size)
      return figures.say(
        "Coût total, catégorie « \(category) » : \(bounds).",
        "Total cost, category “\(category)”: \(bounds).")
    }
  }

  /// Every rule that Jalon enforces, beyond indicators, commitments and conditions.
  var rules: [String] {
    var rules: [String] = []
    if programme.cofinancing != nil {
      rules.append(figures.say("Part financée : \(share).", "Share funded: \(share)."))
    }
    if programme.projectSize != nil {
      rules.append(figures.say("Coût total : \(size).", "Total cost: \(size)."))
    }
    rules += sizesByCategory
    if programme.alreadyGranted > .zero {
      let amount = figures.euros(programme.alreadyGranted)
      rules.append(
        figures.say(
          "Déjà accordé hors de Jalon : \(amount).", "Granted outside Jalon: \(amount)."))
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
}
