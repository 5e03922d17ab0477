/// A programme and projects small enough to be read whole.
enum SmallPortfolio {
  static let programme = """
    {
      "id": "PRG", "title": "Petit programme", "operator": "DINUM", "form": "guichet",
      "reporting": { "cadence": "quarterly", "graceDays": 15 },
      "indicators": [], "commitments": [], "followUp": ["suivi@example.fr"],
    }
    """

  /// Two phases; the first gate asks for a milestone and 100 agents.
  static func project(_ id: String, min: String = "100", more: String = "") -> String {
    """
    {
      "id": "\(id)", "programme": "PRG", "title": "Projet \(id)", "lead": "Service \(id)",
      "contacts": ["equipe@example.fr"], "awarded": "2020-12-01",
      "totalCost": 200000, "grant": 150000,
      "indicators": [
        { "id": "agents", "title": "Agents équipés", "unit": "agents", "kind": "level",
          "direction": "up", "decimals": 0, "profiles": ["siege", "terrain"] },
        { "id": "depenses", "title": "Dépenses", "unit": "€", "kind": "flow",
          "direction": "target", "decimals": 2 },
      ],
      "phases": [
        { "id": "P1", "title": "Essai", "from": "2021-01-01", "to": "2021-06-30", "funding": 50000,
          "milestones": [{ "id": "M1", "title": "Socle", "due": "2021-03-31" }],
          "gate": { "thresholds": [{ "indicator": "agents", "min": \(min) }] } },
        { "id": "P2", "title": "Suite", "from": "2021-07-01", "to": "2021-12-31", "funding": 100000,
          "milestones": [{ "id": "M2", "title": "Fin", "due": "2021-12-31" }],
          "gate": { "thresholds": [] } },
      ],\(more)
    }
    """
  }

  static let header = "periode;indicateur;profil;valeur;jalon;date;commentaire\n"

  /// A good report: agents at the end of two quarters, and the first milestone.
  static func report(_ agents: Int = 120, comment: String = "") -> String {
    header + """
      2021-Q1;agents;;40;;;
      2021-Q2;agents;;\(agents);;;\(comment)
      ;;;;M1;2021-03-12;

      """
  }
}
