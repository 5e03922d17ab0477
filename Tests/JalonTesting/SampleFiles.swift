public import JalonCore
import JalonFormats
public import JalonRound

/// A small programme and a small project: as the files people write, and as values.
///
/// The project has two phases of six months in 2021, quarterly reports, a milestone, a threshold and
/// a spending plan; 450 000 € hang on its first gate, 90 000 € on its last.
public enum SampleFiles {
  /// A programme's file.
  public static func programme(
    _ id: String = "SNAP3", tolerance: String = "{}", followUp: String = "[]", more: String = ""
  ) -> PortfolioFile {
    let text = """
      // Ce que le guichet demande.
      {
        "id": "\(id)", "title": "Terminaux sécurisés", "operator": "DINUM", "form": "guichet",
        "reporting": { "cadence": "quarterly", "graceDays": 15 },
        "indicators": [], "commitments": [], "tolerance": \(tolerance), "followUp": \(followUp),
        "source": "Livret des thèmes, SNAP3", \(more)
      }
      """
    return PortfolioFile(
      kind: .programme, path: "programmes/\(id).json", bytes: Array(text.utf8))
  }

  /// A project's file.
  public static func project(
    _ id: String = "SNAP3-017", programme: String = "SNAP3", minimum: String = "300",
    title: String = "Postes de travail", contacts: String = "[]", more: String = ""
  ) -> PortfolioFile {
    let text = """
      {
        "id": "\(id)", "programme": "\(programme)", "title": "\(title)", "lead": "Ministère",
        "contacts": \(contacts), "awarded": "2020-11-15",
        "totalCost": 1350000, "grant": 900000, "balance": 90000, \(more)
        "indicators": [
          { "id": "postes", "title": "Postes équipés", "unit": "postes", "kind": "cumulative",
            "direction": "up", "decimals": 0, "forecast": { "2021-Q1": 100, "2021-Q4": 800 } },
          { "id": "depenses", "title": "Dépenses", "unit": "€", "kind": "flow",
            "direction": "target", "profiles": ["achats", "études"] },
        ],
        "phases": [
          { "id": "P1", "title": "Essai", "from": "2021-01-01", "to": "2021-06-30",
            "funding": 360000,
            "milestones": [{ "id": "M1", "title": "Marché notifié", "due": "2021-03-31" }],
            "gate": { "thresholds": [{ "indicator": "postes", "min": \(minimum) }] } },
          { "id": "P2", "title": "Déploiement", "from": "2021-07-01", "to": "2021-12-31",
            "funding": 450000, "milestones": [], "gate": { "thresholds": [] } },
        ],
      }
      """
    return PortfolioFile(
      kind: .project, path: "projects/\(programme)/\(id).json", bytes: Array(text.utf8))
  }

  /// What the sample programme's file says.
  public static var programmeValue: Programme {
    let file = programme()
    guard let value = decodeProgramme(file.bytes, file: file.path).value else {
      preconditionFailure("the sample programme has errors")
    }
    return value
  }

  /// What the sample project's file says.
  public static var projectValue: Project {
    let file = project()
    guard let value = decodeProject(file.bytes, file: file.path).value else {
      preconditionFailure("the sample project has errors")
    }
    return value
  }

  /// The sample project with its programme's rules.
  public static var plan: Plan { Plan(project: projectValue, programme: programmeValue) }

  /// A report file that lacks nothing: `lines` below the usual header.
  public static func report(_ lines: String...) -> [UInt8] {
    let header = "indicateur;periode;profil;valeur;preuve;jalon;date"
    return Array(([header] + lines).joined(separator: "\n").utf8) + [0x0A]
  }
}
