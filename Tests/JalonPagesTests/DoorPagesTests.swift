import JalonCore
import JalonPages
import Testing

@Suite("What `team` prints")
struct DoorPagesTests {
  static let terms = DoorTerms(
    service: DoorAccount(name: "jalon", id: 900, home: "/nonexistent", groups: [900, 950]),
    doors: DoorGroup(name: "jalon-doors", id: 950), teams: DoorGroup(name: "jalon-teams", id: 951),
    officers: DoorGroup(name: "jalon-officers", id: 952))

  @Test(
    "the commands that set up a team's door, one by HTTPS alone, and an officer's",
    arguments: Language.allCases)
  func setUp(_ language: Language) throws {
    let doors: [(DoorHolder, String?)] = [
      (.team("SNAP3-017"), "SNAP3-017"), (.team("007"), nil), (.officer("c.roux"), "c.roux"),
    ]
    let scripts = doors.map { holder, account in
      DoorSetupPage(
        holder, in: "/srv/jalon", account: account, terms: Self.terms, language: language
      ).script
    }
    try expectPage(scripts.joined(separator: "\n"), "team-add", language)
  }

  @Test("what is wrong, each with the command that mends it", arguments: Language.allCases)
  func findings(_ language: Language) throws {
    let folder = FolderFacts(
      path: "/srv/jalon", kind: .folder, owner: 900, group: 0, mode: 0o777, device: 1)
    let depot = FolderFacts(
      path: "/srv/jalon/A B/depot", kind: .folder, owner: 5, group: 6, mode: 0o755, device: 2)
    let facts = DoorFacts(
      holder: .team("A B"), isAdopted: false,
      door: FolderFacts(path: "/srv/jalon/A B", kind: .folder, mode: 0o755, device: 1),
      depot: depot, receipts: FolderFacts(path: "/srv/jalon/A B/recepisses", kind: .missing),
      account: DoorAccount(name: "x", id: 5, home: "/home/x", groups: []))
    let check = DoorCheck(Self.terms)
    let found = check.way([folder]) + check.door(facts, in: folder)
    let page = DoorFindingsPage(found, doors: 1, in: language)
    try expectPage(page.text(width: 90), "team-check", language)
    let json = String(decoding: page.json.indented, as: UTF8.self)
    try expectPage(json, "team-check", language, type: "json")
    let good = DoorFindingsPage([], doors: 24, in: language)
    try expectPage(good.text(width: 90), "team-check-good", language)
  }
}
