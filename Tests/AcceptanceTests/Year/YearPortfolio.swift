import JalonCore

/// Fifty projects in three programmes, and who hears of them.
struct YearPortfolio {
  struct Member {
    let id: String
    let programme: String
    let team: String
    let story: YearStory

    /// The name of the file it sends on a day.
    func fileName(_ day: Day) -> String { "\(id)-\(day).csv" }
  }

  /// One address follows two programmes.
  static let followUp = [
    "PA": ["suivi-a@example.fr"],
    "PB": ["suivi-b@example.fr", "direction@example.fr"],
    "PC": ["suivi-c@example.fr", "direction@example.fr"],
  ]
  /// Everybody who follows a programme.
  static var followers: [String] { Set(followUp.values.flatMap { $0 }).sorted() }

  let members: [Member]

  init() throws {
    var members: [Member] = []
    for sort in YearStories.all {
      for index in 0..<sort.teams {
        let number = members.count + 1
        let programme = ["PA", "PB", "PC"][number % 3]
        let id = programme + (number < 10 ? "-0" : "-") + String(number)
        // The first two silent teams are one town's, with one address.
        let isTown = sort.name == "silent" && index < 2
        members.append(
          Member(
            id: id, programme: programme,
            team: isTown ? "ville@example.fr" : "equipe-\(number)@example.fr",
            story: try YearStory(
              sort.name, filingOn: sort.name == "early" ? 2 + index % 3 : 8 + index % 5, sort.text))
        )
      }
    }
    self.members = members
  }

  static func programme(_ id: String) -> String {
    let addresses = (followUp[id] ?? []).map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      { "id": "\(id)", "title": "Programme \(id)", "operator": "DINUM", "form": "guichet",
        "reporting": { "cadence": "quarterly", "graceDays": 15 },
        "indicators": [], "commitments": [], "followUp": [\(addresses)] }
      """
  }

  /// Two phases of half a year each.
  static func project(_ member: Member, stopping: Bool = false) -> String {
    let stop = member.story.stop.flatMap {
      stopping ? #""stopped": { "on": "\#($0)", "reason": "abandon" },"# : nil
    }
    let (first, second) = member.story.isUnfunded ? (150_000, 0) : (50_000, 100_000)
    return """
      { "id": "\(member.id)", "programme": "\(member.programme)", "title": "Projet \(member.id)",
        "lead": "Service \(member.id)", "contacts": ["\(member.team)"], "awarded": "2020-12-01",
        "totalCost": 200000, "grant": 170000, "balance": 20000, \(stop ?? "")
        "indicators": [
          { "id": "agents", "title": "Agents équipés", "unit": "agents", "kind": "level",
            "direction": "up", "decimals": 0 },
          { "id": "depenses", "title": "Dépenses", "unit": "€", "kind": "flow",
            "direction": "target", "decimals": 2,
            "forecast": { "2021-Q1": 10000, "2021-Q2": 25000, "2021-Q3": 45000, "2021-Q4": 70000 } },
        ],
        "phases": [
          { "id": "P1", "title": "Essai", "from": "2021-01-01", "to": "2021-06-30",
            "funding": \(first), "milestones": [{ "id": "M1", "title": "Socle", "due": "2021-03-31" }],
            "gate": { "thresholds": [{ "indicator": "agents", "min": 100 }] } },
          { "id": "P2", "title": "Suite", "from": "2021-07-01", "to": "2021-12-31",
            "funding": \(second), "milestones": [{ "id": "M2", "title": "Fin", "due": "2021-12-15" }],
            "gate": { "thresholds": [{ "indicator": "agents", "min": 120 }] } },
        ] }
      """
  }

  /// What a file of a project says.
  static func file(_ filing: YearStory.Filing, of member: Member) -> String {
    // An indicator that nobody knows.
    let rows = filing.rows ?? ["2021-Q1;agent;60;;"]
    return "projet;periode;indicateur;valeur;jalon;date\n"
      + rows.map { "\(member.id);\($0)\n" }.joined()
  }
}
