import Foundation
import Testing

@Suite("New projects, one at a time or from a table of laureates", .serialized)
struct NewProjectTests {
  private func installation() throws -> Installation {
    let installation = try Installation(locale: "fr")
    try installation.draw("programmes/PRG.json", SmallPortfolio.programme)
    return installation
  }

  private func files(_ installation: Installation) throws -> [String] {
    let folder = installation.portfolio.appendingPathComponent("projects/PRG")
    return (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
  }

  private func new(_ installation: Installation, table: String) async throws -> Outcome {
    let file = try installation.write(table, to: "laureats.csv")
    return try await installation.run("new", "--programme", "PRG", "--from", file.path)
  }

  struct Problem: Decodable {
    let line: Int?
    let path: String
    let message: String
  }

  struct Problems: Decodable {
    let errors: [Problem]
  }

  @Test("a new file is in its place, and check names each key still open with its line")
  func open() async throws {
    let installation = try installation()
    let outcome = try await installation.run("new", "PRG-1", "--programme", "PRG")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("portfolio/projects/PRG/PRG-1.json\n"))
    let text = try String(
      contentsOf: installation.portfolio.appendingPathComponent("projects/PRG/PRG-1.json"),
      encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    let errors = try await installation.run("check", "--json").json(Problems.self).errors
    #expect(errors.map(\.path).contains("phases[0].funding"))
    for error in errors {
      #expect(error.message.hasPrefix("à choisir"), "\(error.path): \(error.message)")
      #expect(lines[(error.line ?? 0) - 1].contains("À CHOISIR"), "\(error.path)")
    }
    let markers = text.components(separatedBy: "\"À CHOISIR\"").count - 1
    #expect(errors.count == markers)
  }

  @Test("an existing project is never overwritten, wherever its file is")
  func overwriting() async throws {
    let installation = try installation()
    try installation.draw("projects/A.json", SmallPortfolio.project("A"))
    let outcome = try await installation.run("new", "A", "--programme", "PRG")
    #expect(outcome.status == 1)
    #expect(outcome.complaint.contains("projects/A.json"))
    #expect(try files(installation) == [])
  }

  @Test("an adopted programme will do where the folder has none, and the folder's comes first")
  func adopted() async throws {
    let installation = try installation()
    try await installation.adopt()
    try FileManager.default.removeItem(
      at: installation.portfolio.appendingPathComponent("programmes/PRG.json"))
    let outcome = try await installation.run("new", "A", "--programme", "PRG", "--print")
    #expect(outcome.output.contains("Petit programme"))
    try installation.draw(
      "programmes/PRG.json",
      SmallPortfolio.programme.replacingOccurrences(of: "Petit programme", with: "Nouveau nom"))
    let draft = try await installation.run("new", "A", "--programme", "PRG", "--print")
    #expect(draft.output.contains("Nouveau nom"))
    let unknown = try await installation.run("new", "A", "--programme", "PRX")
    #expect(unknown.status == 64)
    #expect(unknown.complaint.contains("did you mean 'PRG'"))
  }

  @Test(
    "a table makes a file for each row, whatever spreadsheet wrote it",
    arguments: [
      "\u{FEFF}id;titre;porteur;contact;coût total;subvention;date d'attribution\r\n"
        + "P-1;\"Un ; deux\";Service A;a@x.fr;\"200 000,00 €\";150 000;15/01/2021\r\n"
        + "P-2;Trois;;;;;\r\n;;;;;;\r\n",
      "award date,grant,TOTAL COST (€),Title,lead,contact,ID\n"
        + "2021-01-15,150000,200000,Un ; deux,Service A,a@x.fr,P-1\n,,,Trois,,,P-2\n",
    ])
  func table(_ table: String) async throws {
    let installation = try installation()
    let outcome = try await new(installation, table: table)
    #expect(outcome.status == 0, "\(outcome.complaint)")
    #expect(try files(installation) == ["P-1.json", "P-2.json"])
    let text = try String(
      contentsOf: installation.portfolio.appendingPathComponent("projects/PRG/P-1.json"),
      encoding: .utf8)
    for line in [
      #""title": "Un ; deux","#, #""lead": "Service A","#, #""contacts": ["a@x.fr"],"#,
      #""totalCost": 200000,"#, #""grant": 150000,"#, #""awarded": "2021-01-15","#,
    ] {
      #expect(text.contains(line), "\(line)")
    }
    let errors = try await installation.run("check", "--json").json(Problems.self).errors
    #expect(errors.allSatisfy { $0.message.hasPrefix("à choisir") })
  }

  @Test("every bad cell is named, and nothing is written")
  func badTable() async throws {
    let installation = try installation()
    let outcome = try await new(
      installation,
      table: """
        id;titre;contact;coût total;subvention;date d'attribution
        P-1;Bon;a@x.fr;200000;150000;2021-01-15
        P 2;Titre;a@x.fr;200000;150000;2021-01-15
        P-3;Titre;a@x;1.234,5;-3;15 janvier
        P-1;Encore;;;;

        """)
    #expect(outcome.status == 1)
    #expect(try files(installation) == [])
    let places = outcome.complaint.split(separator: "\n").map {
      $0.split(separator: ":").prefix(3).joined(separator: ":")
    }
    #expect(
      places.dropLast() == [
        "laureats.csv:3: A (id)", "laureats.csv:4: C (contact)", "laureats.csv:4: D (coût total)",
        "laureats.csv:4: E (subvention)", "laureats.csv:4: F (date d'attribution)",
        "laureats.csv:5: A (id)",
      ])
  }

  @Test("one laureate of the table alone can be set up; one that is there already stops all")
  func picking() async throws {
    let installation = try installation()
    let table = "id;titre\nP-1;Un\nP-2;Deux\n"
    let file = try installation.write(table, to: "laureats.csv")
    let words = ["new", "P-2", "--programme", "PRG", "--from", file.path]
    #expect(try await installation.run(words).status == 0)
    #expect(try files(installation) == ["P-2.json"])
    let drawn = installation.portfolio.appendingPathComponent("projects/PRG/P-2.json")
    let text = try String(contentsOf: drawn, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "Deux", with: "Autre").utf8).write(to: drawn)
    #expect(try await new(installation, table: table).status == 1)
    #expect(try files(installation) == ["P-2.json"])
    // Word for word what would be written, as a killed run leaves it, is none in the way.
    try Data(text.utf8).write(to: drawn)
    #expect(try await new(installation, table: table).status == 0)
    #expect(try files(installation) == ["P-1.json", "P-2.json"])
    #expect(try String(contentsOf: drawn, encoding: .utf8) == text)
  }

  @Test("for every published programme, what is open is to be chosen, and nothing else is wrong")
  func published() async throws {
    let installation = try Installation(locale: "fr")
    let programmes = installation.portfolio.appendingPathComponent("programmes")
    try FileManager.default.removeItem(at: programmes)
    try FileManager.default.copyItem(
      at: Place.samplePortfolio.appendingPathComponent("programmes"), to: programmes)
    let ids = try FileManager.default.contentsOfDirectory(atPath: programmes.path)
      .map { $0.replacingOccurrences(of: ".json", with: "") }
    #expect(ids.count >= 21)
    for id in ids {
      let outcome = try await installation.run("new", "\(id)-1", "--programme", id)
      #expect(outcome.status == 0, "\(outcome.complaint)")
    }
    let errors = try await installation.run("check", "--json").json(Problems.self).errors
    let wrong = errors.filter { !$0.message.hasPrefix("à choisir") }
    #expect(wrong.map(\.message) == [])
    #expect(errors.count >= 10 * ids.count)
  }

  @Test("a category that no rule speaks of is told, and taken")
  func category() async throws {
    let outcome = try await installation().run(
      "new", "A", "--programme", "PRG", "--category", "formation", "--print")
    #expect(outcome.status == 0)
    #expect(outcome.complaint.contains("no rule is for the category 'formation'"))
    #expect(outcome.output.contains(#""category": "formation","#))
  }
}
