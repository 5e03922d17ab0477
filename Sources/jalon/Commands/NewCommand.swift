import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonPages
import JalonRound

/// `jalon new`: the files of new laureates.
struct NewCommand: Command {
  static let help = CommandHelp(
    name: "new", summary: "Set up new projects in the portfolio folder, from their programme.",
    synopsis: "PROJECT --programme ID [--category WORD] [--print] [--from FILE.csv]", words: 0...1,
    options: [
      .init("--programme", "ID", "the programme that funds it: of the folder, or adopted"),
      .init("--category", "WORD", "its category, where the programme tells some apart"),
      .init("--from", "FILE", "a table of laureates (CSV): one project for each row"),
      .init("--print", nil, "print the files instead of writing them"),
    ],
    details: "Writes projects/PROGRAMME/PROJECT.json, with every rule of the programme beside it,\n"
      + "and never overwrites. What has to be chosen says \"À CHOISIR\"; 'jalon check' names what\n"
      + "is left. The table's columns, in any order: id, title, lead, contact, category, total\n"
      + "cost, grant, award date; or in French: id, titre, porteur, contact, catégorie, coût\n"
      + "total, subvention, date d'attribution. With --from, PROJECT picks one row. When a row\n"
      + "has an error, nothing is written.",
    example: "jalon new SNAP3-031 --programme SNAP3")

  private let project: String?
  private let programme: String
  private let category: String?
  private let table: String?
  private let isPrinted: Bool

  init(_ arguments: Arguments) throws(Failure) {
    project = arguments.words.first
    programme = try arguments.needed("--programme", for: "its rules go into the file")
    category = try arguments.one("--category")
    table = try arguments.one("--from")
    isPrinted = arguments.has("--print")
    guard project != nil || table != nil else {
      throw Failure(.usage, "which project? (\(NewCommand.help.usageLine))")
    }
    if let project, !isProjectID(project) {
      throw Failure(
        .usage, "'\(project)' cannot be an id: 1 to 40 letters, digits or hyphens are needed")
    }
  }

  func run(_ program: Program) throws -> ExitStatus {
    let files = try PortfolioFolder.read(program.configuration.portfolio)
    let draft = Draft(files: files.map { ($0.path, $0.bytes) })
    let scheme = try Schemes.find(programme, in: draft, program)
    guard var laureates = try laureates(program) else { return .finding }
    for index in laureates.indices {
      laureates[index].category = laureates[index].category ?? category
    }
    warnOfCategories(laureates, scheme)
    let pages = laureates.map { ($0.id, ProjectFilePage($0, in: scheme).text) }
    var isTaken = false
    for (id, text) in pages {
      guard let file = draft.projects.first(where: { $0.id == id }) else { continue }
      // What a killed run has written as it would be written now stays, and the rest follows.
      if !isPrinted, file.path == path(of: id), file.bytes == Array(text.utf8) { continue }
      Output.complain("jalon: \(id) is there already: \(file.path)")
      isTaken = true
    }
    if isTaken { return .finding }
    if isPrinted {
      for (_, text) in pages { try Output.write(text) }
      return .done
    }
    return try write(pages, program)
  }

  /// A category is a free word; but one that no rule speaks of is mostly a slip.
  private func warnOfCategories(_ laureates: [Laureate], _ scheme: Programme) {
    let known = scheme.categories
    for category in Set(laureates.compactMap(\.category)).subtracting(known).sorted() {
      let list =
        known.isEmpty ? "tells none apart" : "tells apart: " + known.joined(separator: ", ")
      Output.complain("jalon: no rule is for the category '\(category)'; \(scheme.id) \(list)")
    }
  }

  /// The laureates to set up, or `nil` when the table has errors, which were then named.
  private func laureates(_ program: Program) throws -> [Laureate]? {
    guard let path = table else { return project.map { [Laureate(id: $0)] } }
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: LaureateTable.maximumBytes)
    } catch {
      throw Failure(.noInput, "\(error)")
    }
    let table = LaureateTable(bytes, file: PathName.last(of: path))
    for problem in table.errors + table.warnings {
      Output.complain(ProblemsPage.line(problem, in: program.language))
    }
    guard table.errors.isEmpty else {
      Output.complain("jalon: nothing was written: the table has errors")
      return nil
    }
    guard let project else { return table.laureates }
    let picked = table.laureates.filter { $0.id == project }
    guard !picked.isEmpty else {
      let near = nearestName(to: project, among: table.laureates.map(\.id))
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      throw Failure(.usage, "'\(project)' is not in \(path)\(hint)")
    }
    return picked
  }

  /// Where a project's file goes in the portfolio's folder.
  private func path(of id: String) -> String { "projects/\(programme)/\(id).json" }

  /// Writes every file or, when another one is there already, none.
  private func write(_ pages: [(id: String, text: String)], _ program: Program) throws -> ExitStatus
  {
    guard isProjectID(programme) else {
      throw Failure(.configuration, "'\(programme)' cannot name a folder: use --print")
    }
    let root = program.configuration.portfolio
    let path = root + "/projects/" + programme
    let missing = pages.filter { id, text in
      (try? readFile("\(path)/\(id).json", limit: text.utf8.count)) != Array(text.utf8)
    }
    for (id, _) in missing where access("\(path)/\(id).json", F_OK) == 0 {
      throw Failure(.usage, "\(path)/\(id).json is there already: nothing was written")
    }
    _ = try Folder.openOrCreate(root + "/projects", mode: 0o755)
    let folder = try Folder.openOrCreate(path, mode: 0o755)
    for (id, text) in missing {
      guard let name = FileName("\(id).json") else { return .internalError }
      try AtomicFile.write(Array(text.utf8), to: name, in: folder, mode: 0o644, durable: true)
    }
    // What a killed run had written may have been written only: synced all the same.
    try folder.syncFileSystem()
    for (id, _) in pages { try Output.write("\(path)/\(id).json\n") }
    return .done
  }
}
