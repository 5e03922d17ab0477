import JalonCore
import JalonFormats
import JalonPages
import JalonTesting

extension FuzzTarget {
  /// Tables of laureates, as follow-up teams export them.
  static let laureates = FuzzTarget("laureates", longest: 4_096, LaureateProperties.check)
}

/// What holds of every table.
enum LaureateProperties {
  @Sendable
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    let table = LaureateTable(bytes, file: "t.csv")
    let lines = Spellings.lineCount(bytes)
    try hold(table.errors.count <= 500, "the number of errors is bounded")
    try Shown.check(table.errors, file: "t.csv", lines: lines)
    try Shown.check(table.warnings, file: "t.csv", lines: lines)
    try same(table, LaureateTable(bytes, file: "t.csv"), "reading is deterministic")
    try checkSpellings(table, bytes)
    guard table.errors.isEmpty else { return }
    try hold(!table.laureates.isEmpty, "an accepted table holds a laureate")
    let ids = table.laureates.map(\.id)
    try hold(Set(ids).count == ids.count, "a laureate stands once")
    let again = LaureateTable(canonical(table.laureates), file: "t.csv")
    try agree(again.errors, [], "accepted is accepted again")
    try agree(again.laureates, table.laureates, "written again, it says the same")
    for laureate in table.laureates.prefix(3) { try checkFile(of: laureate) }
  }

  private static func same(
    _ one: LaureateTable, _ other: LaureateTable, _ promise: String
  ) throws(BrokenProperty) {
    try agree(one.laureates, other.laureates, promise)
    try agree(
      one.errors.map { "\($0.line ?? 0) \($0.path)" },
      other.errors.map { "\($0.line ?? 0) \($0.path)" }, promise)
    try agree(one.warnings.map(\.line), other.warnings.map(\.line), promise)
  }

  private static func checkSpellings(
    _ table: LaureateTable, _ bytes: [UInt8]
  ) throws(BrokenProperty) {
    guard let text = Spellings.plainText(bytes) else { return }
    var others: [(String, [UInt8]?)] = [
      ("a mark", Spellings.mark + bytes), ("UTF-16", Spellings.utf16(text, bigEndian: false)),
      ("Windows-1252", Spellings.windows1252(text)),
    ]
    // Where a quoted cell is cut by the file's end, its line end is quoted in the problem's path.
    others.append(("CR LF", Spellings.ends(bytes, as: [0x0D, 0x0A])))
    for (name, other) in others {
      guard let other else { continue }
      try same(table, LaureateTable(other, file: "t.csv"), "\(name) changes nothing")
    }
  }

  private static func canonical(_ laureates: [Laureate]) -> [UInt8] {
    let header = [
      "id", "title", "lead", "contact", "category", "total cost", "grant", "award date",
    ]
    let rows = laureates.map { laureate in
      [
        laureate.id, laureate.title ?? "", laureate.lead ?? "",
        laureate.contacts.joined(separator: " "), laureate.category ?? "",
        laureate.totalCost?.description ?? "", laureate.grant?.description ?? "",
        laureate.awarded?.description ?? "",
      ].map { Spellings.quoted($0) }
    }
    return Array(
      ([header] + rows).map { $0.joined(separator: ";") + "\n" }.joined().utf8)
  }

  /// The file that `jalon new` makes of a laureate lacks what has to be chosen, and nothing else.
  private static func checkFile(of laureate: Laureate) throws(BrokenProperty) {
    let text = ProjectFilePage(laureate, in: SampleFiles.programmeValue).text
    try ProjectFileProperties.check(text, id: laureate.id)
  }
}

/// What holds of every file that `jalon new` writes.
enum ProjectFileProperties {
  static func check(_ text: String, id: String) throws(BrokenProperty) {
    let decoded = decodeProject(Array(text.utf8), file: "new.json")
    for problem in decoded.problems {
      try hold(
        problem.message.english.contains("to be chosen"),
        "a new project lacks what has to be chosen alone: "
          + "\(problem.line ?? 0) \(problem.path): \(problem.message.english)\n\(text)")
    }
    let draft = Draft(files: [(path: "projects/new.json", bytes: Array(text.utf8))])
    try agree(draft.projects.first?.id, id, "a new project has its id")
  }
}
