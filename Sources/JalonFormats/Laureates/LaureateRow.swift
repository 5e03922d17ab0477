import JalonCore

/// One row of a table of laureates.
struct LaureateRow {
  private let scanner: CSVScanner
  private let header: TableHeader<LaureateColumn>
  /// What is wrong with it, and in which column.
  private(set) var faults: [(path: String, message: Sentence)] = []

  init(_ scanner: CSVScanner, _ header: TableHeader<LaureateColumn>) {
    self.scanner = scanner
    self.header = header
  }

  /// The laureate, or `nil` when the row gives no id to speak of.
  var laureate: Laureate? {
    mutating get {
      let id = text(.id) ?? ""
      guard isProjectID(id) else {
        refuse(.id, LaureateRow.badID.with(id))
        return nil
      }
      var laureate = Laureate(id: id)
      laureate.title = text(.title)
      laureate.lead = text(.lead)
      laureate.contacts = contacts()
      laureate.category = text(.category)
      laureate.totalCost = euros(.totalCost)
      laureate.grant = euros(.grant)
      laureate.awarded = day(.awarded)
      return laureate
    }
  }

  private mutating func refuse(_ column: LaureateColumn, _ message: Sentence) {
    faults.append((header.place(of: column), message))
  }

  private func cell(_ column: LaureateColumn) -> Cell? {
    guard let index = header.indexes[column] else { return nil }
    let cell = scanner.cell(index)
    return cell.isEmpty ? nil : cell
  }

  private func text(_ column: LaureateColumn) -> String? {
    guard let cell = cell(column) else { return nil }
    let text = String(oneLine: cell)
    return text.isEmpty ? nil : text
  }

  private mutating func contacts() -> [String] {
    let addresses = (text(.contact) ?? "").split { " ,;".contains($0) }.map(String.init)
    for address in addresses where !isMailAddress(address) {
      refuse(.contact, LaureateRow.badAddress.with(address))
    }
    return addresses
  }

  private mutating func euros(_ column: LaureateColumn) -> Quantity? {
    guard let cell = cell(column) else { return nil }
    do throws(NumberFault) {
      let number = try NumberNotation.read(cell, unit: "€", decimals: 2)
      if number.micros >= 0 { return Quantity(micros: number.micros) }
      refuse(column, LaureateRow.negative.with(String(shown: cell)))
    } catch {
      refuse(column, error.message)
    }
    return nil
  }

  private mutating func day(_ column: LaureateColumn) -> Day? {
    guard let cell = cell(column) else { return nil }
    if let day = DayNotation.readCell(cell) { return day }
    refuse(column, LaureateRow.badDate.with(String(shown: cell)))
    return nil
  }

  private static let badID = Wording(
    "« {0} » : il faut un identifiant de 1 à 40 lettres sans accent, chiffres ou tirets",
    "\"{0}\": an id of 1 to 40 letters without accents, digits or hyphens is needed")
  private static let badAddress = Wording(
    "« {0} » n'est pas une adresse électronique", "\"{0}\" is not an e-mail address")
  private static let negative = Wording(
    "« {0} » : il faut un montant positif", "\"{0}\": a positive amount is needed")
  private static let badDate = Wording(
    "« {0} » n'est pas une date du calendrier ; écrivez 2021-06-30 ou 30/06/2021",
    "\"{0}\" is not a date of the calendar; write 2021-06-30 or 30/06/2021")
}
