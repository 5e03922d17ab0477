import JalonCore

extension ProjectRule {
  /// The phases' fundings and the balance add up to the grant.
  static let funding = ProjectRule(reads: ["phases", "grant", "balance"]) { context, findings in
    let project = context.project
    let parts = project.phases.map(\.funding) + [project.balance]
    let total = parts.reduce(Int128(0)) { $0 + Int128($1.micros) }
    if total != Int128(project.grant.micros) {
      findings.error("grant", .partsOfGrant(total, project.grant))
    }
  }

  /// The grant is within the programme's rate and ceilings, the cost within its sizes.
  ///
  /// Real portfolios contain granted exceptions, so that these warn unless checking strictly.
  static let fundingRules = ProjectRule(reads: ["grant", "totalCost", "programme"]) {
    context, findings in
    let (grant, cost) = (context.project.grant, context.project.totalCost)
    let rules = context.programme.cofinancing ?? Cofinancing()
    if let rate = rules.rate {
      let most = Int128(rate.micros) * Int128(cost.micros)
      if Int128(grant.micros) * 1_000_000 > most {
        findings.exception("grant", .aboveRate(grant, rate, cost, most: most / 1_000_000))
      }
    } else if grant > cost {
      findings.exception("grant", .aboveCost(grant, cost))
    }
    let ceilings = [
      ("fullUpTo", rules.fullUpTo), ("dossierCeiling", rules.dossierCeiling),
      ("projectCeiling", rules.projectCeiling),
    ]
    for case (let name, let ceiling?) in ceilings where grant > ceiling {
      findings.exception("grant", .aboveCeiling(grant, ceiling, name))
    }
    let size = context.programme.projectSize ?? ProjectSize()
    if let min = size.min, cost < min { findings.exception("totalCost", .below(cost, min)) }
    if let above = size.above, cost <= above {
      findings.exception("totalCost", .notAbove(cost, above))
    }
    if let max = size.max, cost > max { findings.exception("totalCost", .beyond(cost, max)) }
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
