import JalonCore

extension ProjectRule {
  /// Successive dossiers share out the phases, the grant and the cost (docs/portfolio.md).
  static let dossiers = ProjectRule { context, findings in
    let (project, dossiers) = (context.project, context.project.dossiers)
    guard !dossiers.isEmpty else { return }
    findings.unique(dossiers.map(\.id), at: "dossiers", from: ".id")
    let known = project.phases.map(\.id)
    var paid: [String: String] = [:]
    for (index, dossier) in dossiers.enumerated() {
      for (place, phase) in dossier.phases.enumerated() {
        let path = "dossiers[\(index)].phases[\(place)]"
        guard findings.isWhole(path) else { continue }
        if context.knowsPhases, !known.contains(phase) {
          let near = nearestName(to: phase, among: known)
          findings.error(path, .unknownPhase(phase, near: near, known))
        } else if let other = paid.updateValue(dossier.id, forKey: phase) {
          findings.error(path, .paidTwice(phase, other))
        }
      }
    }
    if findings.areWhole(".phases", ofEach: "dossiers", dossiers.count) {
      for (index, phase) in known.enumerated()
      where paid[phase] == nil && findings.isWhole("phases[\(index)].id") {
        findings.error("dossiers", .unpaid(phase))
      }
    }
    let sums = [
      ("grant", dossiers.map(\.grant).euros, project.grant),
      ("totalCost", dossiers.map(\.totalCost).euros, project.totalCost),
    ]
    for (key, sum, whole) in sums
    where sum != Int128(whole.micros)
      && findings.areWhole(".\(key)", ofEach: "dossiers", dossiers.count)
    {
      findings.error(key, .partsOfDossiers(sum, whole))
    }
  }
}

extension Sentence {
  fileprivate static func paidTwice(_ phase: String, _ dossier: String) -> Sentence {
    Sentence(
      french: "la phase \(phase) est déjà dans le dossier \(dossier) ; chacune n’en a qu’un",
      english: "phase \(phase) is in dossier \(dossier) already; each has but one")
  }

  fileprivate static func unpaid(_ phase: String) -> Sentence {
    Sentence(
      french: "la phase \(phase) n’est dans aucun dossier ; ajoutez-la à l’un d’eux",
      english: "phase \(phase) is in no dossier; add it to one of them")
  }

  fileprivate static func partsOfDossiers(_ sum: Int128, _ whole: Quantity) -> Sentence {
    let sum = Quantity.text(micros: sum)
    return Sentence(
      french: "les dossiers font \(sum) €, et non \(whole) €",
      english: "the dossiers make \(sum) euros, not \(whole)")
  }
}
