/// The columns that a table of laureates may have.
enum LaureateColumn: TableColumn {
  case id, title, lead, contact, category, totalCost, grant, awarded

  var names: [String] {
    switch self {
    case .id: ["id", "identifiant", "projet", "project"]
    case .title: ["titre", "title", "intitule"]
    case .lead: ["porteur", "lead"]
    case .contact: ["contact", "contacts", "courriel", "e-mail", "email"]
    case .category: ["categorie", "category"]
    case .totalCost: ["cout total", "total cost", "totalcost"]
    case .grant: ["subvention", "grant"]
    case .awarded:
      ["date d'attribution", "award date", "attribution", "awarded", "date attribution"]
    }
  }
}
