import JalonCore
import JalonFormats

/// A programme and a project without any problem, to break one thing of.
enum PortfolioSamples {
  static let programme = """
    {
      "id": "SNAP3", "title": "SNAP 3", "operator": "DINUM", "form": "guichet",
      "opens": "2021-03-01", "closes": "2021-12-31",
      "cofinancing": { "rate": 0.75, "fullUpTo": 900000, "dossierCeiling": 950000 },
      "projectSize": { "min": 100000, "max": 2000000 },
      "spendingWindow": { "from": "2021-01-01", "to": "2023-12-31" },
      "reporting": { "cadence": "quarterly", "measured": "monthly", "graceDays": 20 },
      "indicators": [
        { "id": "etp", "title": "Équipe", "unit": "ETP", "kind": "level", "direction": "target" },
        { "id": "depenses", "title": "Dépenses", "unit": "€", "kind": "flow", "direction": "target",
          "tolerance": { "strong": 0.4 } },
        { "id": "note", "title": "Note", "unit": "%", "kind": "mean", "direction": "up",
          "onlyFor": ["formation"] },
      ],
      "commitments": [{ "id": "BILAN", "title": "Bilan", "dueAfterMonths": 12, "after": "launch" }],
      "tolerance": { "notable": 0.1, "strong": 0.2 },
      "followUp": ["suivi@example.gouv.fr"],
      "source": "Livret",
    }
    """

  static let project = """
    {
      "id": "SNAP3-017", "programme": "SNAP3", "title": "Postes", "lead": "Inspection",
      "contacts": ["chef.projet@example.fr"],
      "awarded": "2020-12-18", "funded": "2021-01-08",
      "totalCost": 1200000, "grant": "800000", "balance": 100000.50,
      "indicators": [
        { "id": "postes", "title": "Postes", "unit": "postes", "kind": "cumulative",
          "direction": "up", "decimals": 0, "profiles": ["siege", "terrain"],
          "range": { "min": 0, "max": 5000 }, "pilote": "IND-1",
          "forecast": { "2021-03": 40, "juin-21": 120 } },
        { "id": "reunions", "title": "Réunions", "unit": "", "kind": "flow", "direction": "up",
          "cadence": "quarterly", "phases": ["P2"] },
        { "id": "depenses", "title": "Dépenses du mois", "phases": ["P1", "P2"],
          "forecast": { "2021-03": 100, "2021-06": 100, "2021-12": 300 },
          "tolerance": { "blocks": true } },
      ],
      "phases": [
        { "id": "P1", "title": "Essai", "from": "2021-01-01", "to": "2021-06-30",
          "funding": 300000, "rightToError": true,
          "milestones": [{ "id": "M1", "title": "Socle", "due": "2021-03-31" }],
          "gate": { "thresholds": [
            { "indicator": "postes", "profile": "terrain", "per": "etp", "evidence": "observed",
              "min": 10, "max": 90 },
            { "indicator": "depenses", "since": "phase", "max": 5000 } ] } },
        { "id": "P2", "title": "Déploiement", "from": "2021-07-01", "to": "2022-03-31",
          "funding": 399999.50, "milestones": [],
          "gate": { "thresholds": [] } },
      ],
    }
    """

  /// A text with one part replaced; the part has to be there.
  static func breaking(_ text: String, _ part: String, _ by: String) -> [UInt8] {
    let pieces = text.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(pieces.count == 2, "the sample has no \(part)")
    return Array((pieces[0] + by + pieces[1]).utf8)
  }

  /// A folder of one programme and one project.
  static func draft(
    programme: [UInt8] = Array(programme.utf8), project: [UInt8] = Array(project.utf8),
    strict: Bool = false
  ) -> Draft {
    Draft(
      files: [
        (path: "projects/a/p.json", bytes: project), (path: "programmes/s.json", bytes: programme),
      ], strict: strict)
  }
}
