import JalonCore

/// The JSON format (SPEC §6): one object, with exactly the keys it names.
struct JSONReport {
  /// The bytes of one row's cells, one after the other, and where each stands.
  private var arena: [UInt8] = []
  private var ranges = [Range<Int>](repeating: 0..<0, count: ReportColumn.allCases.count)

  static func read(_ text: [UInt8], into intake: inout ReportIntake) {
    intake.isJSON = true
    for (column, key) in keys { intake.columns[column.rawValue] = (nil, key) }
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(text)
      var reader = JSONReport()
      reader.readReport(document.root, into: &intake)
    } catch {
      intake.errors.add(.syntax) {
        let opening = JSONReport.opening.with(String(error.line), String(error.column))
        return Problem(.syntax, line: error.line, message: error.message.after(opening))
      }
    }
  }

  private mutating func readReport(_ root: JSONNode, into intake: inout ReportIntake) {
    guard root.kind == .object else {
      return refuse(root, JSONReport.noObject.with(), &intake)
    }
    let (fields, isSound) = members(
      root, allowed: ["project", "indicators", "milestones", "comment"], &intake)
    guard isSound else { return }
    if let comment = fields["comment"], comment.kind != .string, !comment.isNull {
      refuse(comment, JSONReport.noText.with("comment"), &intake)
    }
    guard takeProject(fields["project"], &intake) else { return }
    readRows(fields["indicators"], "indicators", &intake) { reader, row, intake in
      reader.readIndicator(row, &intake)
    }
    readRows(fields["milestones"], "milestones", &intake) { reader, row, intake in
      reader.readMilestone(row, &intake)
    }
  }

  private mutating func takeProject(
    _ node: JSONNode?, _ intake: inout ReportIntake
  ) -> Bool {
    guard let node, !node.isNull else {
      if intake.project.told != nil { return true }
      intake.refuseUntoldProject()
      return false
    }
    guard node.kind == .string else {
      refuse(node, JSONReport.noText.with("project"), &intake)
      return false
    }
    return node.withText { intake.isOfProject($0.trimmed, line: node.line) }
  }

  private mutating func readRows(
    _ list: JSONNode?, _ key: String, _ intake: inout ReportIntake,
    _ readRow: (inout JSONReport, JSONNode, inout ReportIntake) -> Void
  ) {
    guard let list else { return }
    guard list.kind == .array else {
      return refuse(list, JSONReport.noList.with(key), &intake)
    }
    for row in list.elements {
      if row.kind == .object {
        readRow(&self, row, &intake)
      } else {
        refuse(row, JSONReport.noRow.with(key), &intake)
      }
    }
  }

  private mutating func readIndicator(_ row: JSONNode, _ intake: inout ReportIntake) {
    let allowed = ["id", "period", "profile", "value", "weight", "evidence"]
    var (fields, isSound) = members(
      row, allowed: allowed, required: ["id", "period", "value"], &intake)
    begin()
    let texts: [ReportColumn] = [.indicator, .period, .profile, .evidence, .value, .weight]
    // What was refused as a member is not refused again as a value; its unit is still found.
    for column in isSound ? texts : Array(texts.prefix(2)) {
      let mayBeNumber = column == .value || column == .weight
      if isSound {
        isSound = take(fields, column, &intake, orNumber: mayBeNumber)
      } else if let node = fields[intake.columns[column.rawValue].name], node.kind == .string {
        keep(node, column)
      }
    }
    handOver(ReportRow(line: row.line)) { row in
      if isSound {
        intake.add(row, whole: Cell(start: nil, count: 0))
      } else {
        intake.spoilUnit(of: row)
      }
    }
  }

  private mutating func readMilestone(_ row: JSONNode, _ intake: inout ReportIntake) {
    let (fields, isSound) = members(
      row, allowed: ["id", "reached"], required: ["id", "reached"], &intake)
    guard isSound else { return }
    begin()
    for column in [ReportColumn.milestone, .date] {
      guard take(fields, column, &intake, orNumber: false) else { return }
    }
    let isWithdrawal = fields["reached"]?.isNull ?? false
    handOver(ReportRow(line: row.line, isWithdrawal: isWithdrawal)) { row in
      intake.add(row, whole: Cell(start: nil, count: 0))
    }
  }
}

extension JSONReport {
  private mutating func begin() {
    arena.removeAll(keepingCapacity: true)
    for index in ranges.indices { ranges[index] = 0..<0 }
  }

  /// Copies a cell of the row; `false` when it is of another type.
  private mutating func take(
    _ fields: [String: JSONNode], _ column: ReportColumn, _ intake: inout ReportIntake,
    orNumber: Bool
  ) -> Bool {
    let key = intake.columns[column.rawValue].name
    guard let node = fields[key] else { return true }
    let mayBeNull = ![ReportColumn.indicator, .milestone, .period].contains(column)
    if node.isNull, mayBeNull { return true }
    guard node.kind == .string || (orNumber && node.kind == .number) else {
      let words = orNumber ? JSONReport.noNumber : JSONReport.noText
      refuse(node, words.with(key), &intake)
      return false
    }
    keep(node, column)
    return true
  }

  private mutating func keep(_ node: JSONNode, _ column: ReportColumn) {
    let start = arena.count
    node.withText { arena.append(contentsOf: $0.trimmed) }
    ranges[column.rawValue] = start..<arena.count
  }

  /// Hands the row over with its cells.
  private func handOver(_ row: ReportRow, to take: (ReportRow) -> Void) {
    arena.withUnsafeBufferPointer { bytes in
      func cell(_ column: ReportColumn) -> Cell { Cell(rebasing: bytes[ranges[column.rawValue]]) }
      var row = row
      row.indicator = cell(.indicator)
      row.period = cell(.period)
      row.profile = cell(.profile)
      row.value = cell(.value)
      row.weight = cell(.weight)
      row.evidence = cell(.evidence)
      row.milestone = cell(.milestone)
      row.date = cell(.date)
      take(row)
    }
  }

  /// The members of an object by key, and whether no key is unknown, doubled or missing.
  private func members(
    _ node: JSONNode, allowed: [String], required: [String] = [], _ intake: inout ReportIntake
  ) -> (fields: [String: JSONNode], isSound: Bool) {
    var fields: [String: JSONNode] = [:]
    var isSound = true
    for member in node.members {
      let key = member.key.text ?? ""
      if !allowed.contains(key) {
        refuse(member.key, JSONReport.unknown(key, among: allowed), &intake)
        isSound = false
      } else if fields.updateValue(member.value, forKey: key) != nil {
        refuse(member.key, JSONReport.doubledKey.with(key), &intake)
        isSound = false
      }
    }
    for key in required where fields[key] == nil {
      refuse(node, JSONReport.missingKey.with(key), &intake)
      isSound = false
    }
    return (fields, isSound)
  }

  private static func unknown(_ key: String, among allowed: [String]) -> Sentence {
    let shown = String(shown: key)
    return nearestName(to: key, among: allowed).map { unknownKeyNear.with(shown, $0) }
      ?? unknownKey.with(shown, allowed.joined(separator: ", "))
  }

  /// The sentence is only made up if somebody will read it: of a million wrong keys, a thousand.
  private func refuse(
    _ node: JSONNode, _ message: @autoclosure () -> Sentence, _ intake: inout ReportIntake
  ) {
    intake.dataRows += 1
    let line = node.line
    node.withText { text in
      let shown = node.kind == .object || node.kind == .array ? text.prefix(0) : text.prefix(256)
      intake.note(.syntax, Place(line: line), text: Cell(rebasing: shown)) { _ in message() }
    }
  }

  private static let keys: [(ReportColumn, String)] = [
    (.project, "project"), (.indicator, "id"), (.period, "period"), (.profile, "profile"),
    (.value, "value"), (.weight, "weight"), (.evidence, "evidence"), (.milestone, "id"),
    (.date, "reached"), (.comment, "comment"),
  ]

  private static let opening = Wording(
    "ligne {0}, caractère {1} : ", "line {0}, character {1}: ")
  private static let noObject = Wording(
    "le fichier doit être un objet, par exemple "
      + "{\"project\": …, \"indicators\": […], \"milestones\": […]}",
    "the file must be an object, such as "
      + "{\"project\": …, \"indicators\": […], \"milestones\": […]}")
  private static let noText = Wording(
    "« {0} » doit être un texte entre guillemets", "\"{0}\" must be a text in quotes")
  private static let noNumber = Wording(
    "« {0} » doit être un nombre, ou un texte entre guillemets",
    "\"{0}\" must be a number, or a text in quotes")
  private static let noList = Wording(
    "« {0} » doit être une liste entre crochets [ ]", "\"{0}\" must be a list in brackets [ ]")
  private static let noRow = Wording(
    "chaque élément de « {0} » doit être un objet entre accolades { }",
    "each element of \"{0}\" must be an object in braces { }")
  private static let unknownKeyNear = Wording(
    "la clé « {0} » n'est pas connue ; vouliez-vous « {1} » ?",
    "the key \"{0}\" is not known; did you mean \"{1}\"?")
  private static let unknownKey = Wording(
    "la clé « {0} » n'est pas connue ; retirez-la. Sont connues : {1}",
    "the key \"{0}\" is not known; remove it. Known keys: {1}")
  private static let doubledKey = Wording(
    "la clé « {0} » figure deux fois ; supprimez-en une",
    "the key \"{0}\" is there twice; remove one")
  private static let missingKey = Wording(
    "il manque la clé « {0} » ; ajoutez-la", "the key \"{0}\" is missing; add it")
}
