/// The columns that a table of laureates may have.
enum LaureateColumn: Int, CaseIterable {
  case id, title, lead, contact, category, totalCost, grant, awarded

  /// Its names in a header, as ``Folding`` leaves them; French first.
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

  /// The column of a header's cell, whatever its case and accents, without a remark in brackets.
  init?(named cell: Cell) {
    let folded = Folding.fold(cell.prefix(60))
    let bare = folded.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
    guard let column = LaureateColumn.allCases.first(where: { $0.names.contains(bare) }) else {
      return nil
    }
    self = column
  }
}
