import JalonCore
import JalonFormats
import JalonTesting

/// Files about the project whose indicators show every rule of SPEC §6.
enum ReportsFixture {
  static let project = ReportedProject.id
  static let receivedOn = ReportedProject.receivedOn

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    Day(year: year, month: month, day: day) ?? Day(number: 0)
  }

  /// Reads bytes as the project's depot does.
  static func read(
    _ bytes: [UInt8], told: String? = project, knowledge: Knowledge = Knowledge(),
    receivedOn: Day = receivedOn
  ) -> ReadReport {
    ReportedProject.reader(told: told, knowledge: knowledge, receivedOn: receivedOn)
      .read(bytes)
  }

  /// Reads a text.
  static func read(
    _ text: String, told: String? = project, knowledge: Knowledge = Knowledge()
  ) -> ReadReport {
    read(Array(text.utf8), told: told, knowledge: knowledge)
  }

  /// A file with every column, `;`, and these rows.
  static func csv(_ rows: String...) -> String {
    (["projet;periode;indicateur;profil;valeur;poids;preuve;jalon;date;commentaire"] + rows)
      .joined(separator: "\n") + "\n"
  }

  /// A JSON file with these indicator rows.
  static func json(_ rows: String..., milestones: String = "") -> String {
    "{\"project\": \"SNAP3-017\",\n\"indicators\": [\n" + rows.joined(separator: ",\n")
      + "\n],\n\"milestones\": [" + milestones + "]}"
  }

  /// What stood: one total a month from January 2021 on.
  static func known(_ indicator: String, _ values: [Int]) -> Knowledge {
    var knowledge = Knowledge()
    knowledge.units[indicator] = values.enumerated().map { month, value in
      ReportedUnit(
        period: Period(cadence: .monthly, index: Int32(2021 * 12 + month)), submission: 1,
        observations: [Observation(value: Quantity(value))])
    }
    return knowledge
  }
}
