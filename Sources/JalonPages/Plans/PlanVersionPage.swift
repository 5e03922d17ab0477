import JalonCore

/// What an adopted version is and changes, in plain sentences.
struct PlanVersionPage {
  let version: PlanVersion
  let figures: Figures

  /// Who adopted it, when and why.
  var heading: String {
    let file =
      version.kind == .programme
      ? figures.say("règles du guichet", "the programme’s rules")
      : figures.say("plan du projet", "the project’s plan")
    return "\(version.at)\(figures.colon)\(file), \(version.by.name) (\(version.by.user))"
      + "\(figures.colon)\(version.reason) [SHA-256 \(version.sha256)]"
  }

  /// One sentence for each change; the points of one forecast stand in one.
  var sentences: [String] {
    var sentences: [String] = []
    var forecasts: [(indicator: String, points: [String])] = []
    for change in version.changes {
      guard case .forecast(let id, let period) = change.subject else {
        sentences.append(sentence(change))
        continue
      }
      let point =
        "\(period)\(figures.colon)\(value(change.before, id)) → \(value(change.after, id))"
      if forecasts.last?.indicator == id {
        forecasts[forecasts.count - 1].points.append(point)
      } else {
        forecasts.append((id, [point]))
      }
    }
    return sentences
      + forecasts.map { id, points in
        figures.say("Prévision de ", "Forecast of ") + title(id) + figures.colon
          + points.joined(separator: ", ")
      }
  }

  private func sentence(_ change: PlanChange) -> String {
    let subject = subject(change.subject)
    switch (change.before, change.after) {
    case (nil, let after?):
      return figures.say("Ajout — ", "Added — ") + subject + figures.colon + value(after, nil)
    case (let before?, nil):
      return figures.say("Retrait — ", "Removed — ") + subject + figures.colon
        + value(before, nil)
    default:
      return subject + figures.colon + "\(value(change.before, nil)) → \(value(change.after, nil))"
    }
  }

  private func title(_ indicator: String) -> String {
    version.plan.indicator(indicator)?.title ?? indicator
  }

  private func subject(_ subject: PlanChange.Subject) -> String {
    switch subject {
    case .title: figures.say("Intitulé", "Title")
    case .totalCost: figures.say("Coût total", "Total cost")
    case .grant: figures.say("Subvention", "Grant")
    case .balance: figures.say("Solde", "Balance")
    case .grace: figures.say("Jours de tolérance", "Days of grace")
    case .stop: figures.say("Arrêt du projet", "Project stopped")
    case .phase(let id): "Phase \(id)"
    case .funding(let id): figures.say("Financement de la phase ", "Funding of phase ") + id
    case .rightToError(let id):
      figures.say("Droit à l’erreur en phase ", "Right to error in phase ") + id
    case .milestone(let phase, let id):
      figures.say("Jalon \(id) (phase \(phase))", "Milestone \(id) (phase \(phase))")
    case .threshold(let phase, let id):
      figures.say("Niveau minimal ", "Threshold ") + id.dropFirst("threshold:".count)
        + " (phase \(phase))"
    case .indicator(let id): figures.say("Indicateur ", "Indicator ") + title(id)
    case .tolerance(let id): figures.say("Tolérance de ", "Tolerance of ") + title(id)
    case .forecast(let id, let period):
      figures.say("Prévision de ", "Forecast of ") + "\(title(id)), \(period)"
    }
  }

  private func value(_ value: PlanChange.Value?, _ indicator: String?) -> String {
    switch value {
    case nil: "—"
    case .text(let text): figures.say("« \(text) »", "“\(text)”")
    case .amount(let amount):
      figures.measure(
        Fraction(amount),
        unit: indicator.map { version.plan.indicator($0)?.unit ?? "" } ?? "€")
    case .count(let count): String(count)
    case .flag(let flag): flag ? figures.say("oui", "yes") : figures.say("non", "no")
    case .day(let day): figures.day(day)
    case .days(let from, let to):
      figures.say(
        "du \(figures.day(from)) au \(figures.day(to))",
        "\(figures.day(from)) to \(figures.day(to))")
    case .threshold(let threshold): bounds(threshold)
    case .tolerance(let tolerance):
      percent(tolerance.notable) + " / " + percent(tolerance.strong)
        + (tolerance.blocks ? figures.say(" (bloque)", " (blocks)") : "")
    case .stop(let stop): figures.day(stop.on) + figures.colon + stop.reason
    case .measured(let kind, let direction, let unit, let cadence):
      [kind.rawValue, direction.rawValue, unit, cadence.rawValue].filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
  }

  private func percent(_ share: Quantity) -> String {
    figures.measure(Fraction(micros: Int128(share.micros) * 100), unit: "%")
  }

  private func bounds(_ threshold: Threshold) -> String {
    let unit = threshold.per == nil ? version.plan.indicator(threshold.indicator)?.unit ?? "" : "%"
    var parts: [String] = []
    if let min = threshold.min {
      parts.append("minimum " + figures.measure(Fraction(min), unit: unit))
    }
    if let max = threshold.max {
      parts.append("maximum " + figures.measure(Fraction(max), unit: unit))
    }
    if let evidence = threshold.evidence { parts.append(figures.word(evidence)) }
    if threshold.since == .phase {
      parts.append(figures.say("depuis le début de la phase", "since the phase began"))
    }
    return parts.joined(separator: ", ")
  }
}
