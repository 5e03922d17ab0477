import JalonCore
import JalonFormats
import JalonPages

// Numbers reach the reader in a file's cell, as teams' do: what a cell holds depends on the file.
extension NotationProperties {
  static func checkNumber(_ text: String) throws(BrokenProperty) {
    // What is blank is no row, and a null byte makes the file no text.
    let trimmed = NaiveText.trim(text)
    guard !trimmed.isEmpty, !text.utf8.contains(0), trimmed.utf8.count <= 200 else { return }
    if ["sans objet", "s.o.", "n/a"].contains(NaiveText.fold(text)) { return }
    for unit in ["", "€", "%"] {
      let cell = Spellings.quoted(text)
      let file = "projet;indicateur;periode;valeur\nP;n\(unit);2021-03;\(cell)\n"
      let read = try number(Array(file.utf8), "« \(text) » in \(unit)")
      let naive = NaiveNotations.number(text, unit: unit)
      try agree(read, naive, "numbers, read twice: « \(text) » in \(unit)")
    }
    let strict = try number(
      JSONText.object([
        ("project", .string("P")),
        (
          "indicators",
          .array([
            .object([
              ("id", .string("n")), ("period", .string("2021-03")), ("value", .string(text)),
            ])
          ])
        ),
      ]).compact, "« \(text) » in JSON")
    try agree(
      strict, NaiveNotations.strictNumber(trimmed), "JSON numbers, read twice: « \(text) »")
  }

  /// The one number of a file; `nil` when it is refused as a number.
  private static func number(_ file: [UInt8], _ place: String) throws(BrokenProperty) -> Int64? {
    let report = reader.read(file)
    try Shown.check(report.errors, lines: Spellings.lineCount(file), isError: true)
    if report.isAccepted { return report.units.first?.unit.observations.first?.value?.micros }
    try agree(report.errors.map(\.code), [.value], "no number is the one fault: \(place)")
    return nil
  }

  private static var reader: ReportReader {
    ReportReader(
      toldProject: nil, receivedOn: Day(year: 2021, month: 7, day: 20) ?? Day(number: 0)
    ) { project in
      project == "P" ? ProjectContext(plan: plan, knowledge: Knowledge()) : nil
    }
  }

  /// A plan whose indicators take any number, in each of some units.
  private static let plan: Plan = {
    var programme = Programme(id: "G", title: "G", operatorName: "O", form: .guichet)
    programme.reporting = Reporting(cadence: .quarterly, measured: .monthly)
    let (first, last) = (Day(year: 2021, month: 1, day: 1), Day(year: 2021, month: 12, day: 31))
    var project = Project(
      id: "P", programme: "G", title: "P", lead: "L", awarded: first ?? Day(number: 0),
      totalCost: .zero, grant: .zero)
    project.indicators = ["", "€", "%"].map { unit in
      var entry = IndicatorEntry(id: "n" + unit)
      (entry.kind, entry.direction, entry.unit) = (.level, .up, unit)
      entry.range = Limits(min: Quantity(micros: -Quantity.maximum.micros))
      return entry
    }
    project.phases = [
      Phase(
        id: "P1", title: "P1", from: first ?? Day(number: 0), to: last ?? Day(number: 0),
        funding: .zero)
    ]
    return Plan(project: project, programme: programme)
  }()
}
