import JalonCore

extension ProjectRule {
  /// The granted phases' fundings and the balance add up to the grant.
  static let funding = ProjectRule { context, findings in
    let project = context.project
    guard findings.isWhole("balance"),
      findings.areWhole(".funding", ".granted", ofEach: "phases", project.phases.count)
    else { return }
    let parts = project.phases.filter(\.isGranted).map(\.funding) + [project.balance]
    let total = parts.euros
    if total != Int128(project.grant.micros) {
      findings.error("grant", .partsOfGrant(total, project.grant))
    }
  }

  /// The grant is within the programme's rate and ceilings, the cost within its sizes; where there
  /// are several dossiers, each of them is, and their sum keeps to the ceiling for a project.
  ///
  /// Real portfolios contain granted exceptions, so that these warn unless checking strictly.
  static let fundingRules = ProjectRule { context, findings in
    let project = context.project
    let money = FundingRules(
      context.programme, category: project.category, isRead: findings.isWhole("category"))
    if let ceiling = context.programme.cofinancing?.projectCeiling, project.grant > ceiling {
      findings.exception(
        "grant", money.cite(.aboveCeiling(project.grant, ceiling, "projectCeiling")))
    }
    if let requested = project.requested, project.grant > requested {
      findings.exception("grant", money.cite(.aboveRequest(project.grant, requested)))
    }
    guard context.knowsProgramme, findings.isThere("dossiers") else { return }
    guard !project.dossiers.isEmpty else {
      money.check(project.grant, of: project.totalCost, at: "", &findings)
      return
    }
    for (index, dossier) in project.dossiers.enumerated() {
      money.check(dossier.grant, of: dossier.totalCost, at: "dossiers[\(index)].", &findings)
    }
  }
}

extension [Quantity] {
  /// The sum, in millionths.
  var euros: Int128 { reduce(Int128(0)) { $0 + Int128($1.micros) } }
}

/// A programme's rules about one dossier's money.
private struct FundingRules {
  let rules: Cofinancing
  let size: ProjectSize
  let source: String?

  /// The rules for a category; where it could not be read, without the sizes that depend on it.
  init(_ programme: Programme, category: String?, isRead: Bool) {
    rules = programme.cofinancing ?? Cofinancing()
    let general = programme.projectSize ?? ProjectSize()
    size =
      isRead || general.categories.isEmpty
      ? category.flatMap { general.categories[$0] } ?? general : ProjectSize()
    source = programme.source
  }

  func check(
    _ grant: Quantity, of cost: Quantity, at path: String, _ findings: inout Findings
  ) {
    if !findings.areWhole("totalCost", of: path) {
      // Then nothing can be said of the grant's part in it.
    } else if let rate = rules.rate {
      let most = Int128(rate.micros) * Int128(cost.micros)
      if Int128(grant.micros) * 1_000_000 > most {
        findings.exception(
          "\(path)grant", cite(.aboveRate(grant, rate, cost, most: most / 1_000_000)))
      }
    } else if grant > cost {
      findings.exception("\(path)grant", cite(.aboveCost(grant, cost)))
    }
    let ceilings = [("fullUpTo", rules.fullUpTo), ("dossierCeiling", rules.dossierCeiling)]
    for case (let name, let ceiling?) in ceilings where grant > ceiling {
      findings.exception("\(path)grant", cite(.aboveCeiling(grant, ceiling, name)))
    }
    if let min = size.min, cost < min {
      findings.exception("\(path)totalCost", cite(.below(cost, min)))
    }
    if let above = size.above, cost <= above {
      findings.exception("\(path)totalCost", cite(.notAbove(cost, above)))
    }
    if let max = size.max, cost > max {
      findings.exception("\(path)totalCost", cite(.beyond(cost, max)))
    }
  }

  /// The sentence, with the published rule it rests on.
  func cite(_ sentence: Sentence) -> Sentence {
    guard let source else { return sentence }
    return Sentence(
      french: "\(sentence.french) [\(source)]", english: "\(sentence.english) [\(source)]")
  }
}

extension Sentence {
  fileprivate static func partsOfGrant(_ total: Int128, _ grant: Quantity) -> Sentence {
    let (sum, rest) = (Quantity.text(micros: total), Int128(grant.micros) - total)
    let gap = Quantity.text(micros: Int128(rest.magnitude))
    let (french, english) = rest > 0 ? ("moins", "little") : ("trop", "much")
    return Sentence(
      french:
        "les phases et le solde font \(sum) €, la subvention \(grant) € : \(gap) € de \(french)",
      english:
        "phases and balance make \(sum) euros, the grant is \(grant): \(gap) euros too \(english)"
    )
  }

  fileprivate static func aboveRate(
    _ grant: Quantity, _ rate: Quantity, _ cost: Quantity, most: Int128
  ) -> Sentence {
    let limit = Quantity.text(micros: most)
    return Sentence(
      french: "\(grant) € dépasse le taux de \(rate) du coût total \(cost) €, soit \(limit) €",
      english:
        "\(grant) euros is above the rate of \(rate) of total cost \(cost), which is \(limit)")
  }

  fileprivate static func aboveCost(_ grant: Quantity, _ cost: Quantity) -> Sentence {
    Sentence(
      french: "\(grant) € dépasse le coût total, \(cost) €",
      english: "\(grant) euros is above the total cost, \(cost)")
  }

  fileprivate static func aboveRequest(_ grant: Quantity, _ requested: Quantity) -> Sentence {
    Sentence(
      french: "\(grant) € dépasse la somme demandée, \(requested) €",
      english: "\(grant) euros is above the sum asked for, \(requested)")
  }

  fileprivate static func aboveCeiling(
    _ grant: Quantity, _ ceiling: Quantity, _ name: String
  ) -> Sentence {
    Sentence(
      french: "\(grant) € dépasse le plafond du programme, \(ceiling) € (\(name))",
      english: "\(grant) euros is above the programme's ceiling, \(ceiling) (\(name))")
  }

  fileprivate static func below(_ cost: Quantity, _ min: Quantity) -> Sentence {
    Sentence(
      french: "\(cost) € est sous le coût minimal du programme, \(min) €",
      english: "\(cost) euros is below the programme's smallest cost, \(min)")
  }

  fileprivate static func notAbove(_ cost: Quantity, _ above: Quantity) -> Sentence {
    Sentence(
      french: "\(cost) € doit dépasser \(above) €, taille minimale stricte du programme",
      english: "\(cost) euros has to be above \(above), the programme's strict minimum")
  }

  fileprivate static func beyond(_ cost: Quantity, _ max: Quantity) -> Sentence {
    Sentence(
      french: "\(cost) € dépasse le coût maximal du programme, \(max) €",
      english: "\(cost) euros is above the programme's greatest cost, \(max)")
  }
}
