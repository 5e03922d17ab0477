import JalonCore
import Testing

@Suite("Doors are held against how they have to be")
struct DoorCheckTests {
  static let service = DoorAccount(
    name: "jalon", id: 900, home: "/nonexistent", groups: [900, 950])
  static let terms = DoorTerms(
    service: service, doors: DoorGroup(name: "jalon-doors", id: 950),
    teams: DoorGroup(name: "jalon-teams", id: 951),
    officers: DoorGroup(name: "jalon-officers", id: 952))
  static let check = DoorCheck(terms)
  static let root = folder("/srv/jalon", group: 950, mode: 0o750)

  static func folder(
    _ path: String, owner: UInt32 = 0, group: UInt32 = 0, mode: UInt32 = 0o755, device: UInt64 = 1
  ) -> FolderFacts {
    FolderFacts(
      path: path, kind: .folder, owner: owner, group: group, mode: mode, device: device)
  }

  static func missing(_ path: String) -> FolderFacts { FolderFacts(path: path, kind: .missing) }

  /// A door as it should be.
  static func door(_ holder: DoorHolder = .team("SNAP3-017")) -> DoorFacts {
    let path = "/srv/jalon/" + holder.id
    let group: UInt32 = holder.project == nil ? 952 : 951
    return DoorFacts(
      holder: holder, isAdopted: true, door: folder(path),
      depot: folder(path + "/depot", owner: 1_017, group: 950, mode: 0o2770),
      receipts: folder(path + "/recepisses", owner: 900, group: 950),
      account: DoorAccount(name: holder.name, id: 1_017, home: path, groups: [group]))
  }

  /// One thing spoilt, what is found of it, and the command that mends it.
  struct Spoilt: Sendable, CustomTestStringConvertible {
    let name: String
    let code: DoorFinding.Code
    let mend: String
    let spoil: @Sendable (inout DoorFacts) -> Void
    var testDescription: String { name }
  }

  static let path = "/srv/jalon/SNAP3-017"

  static let spoilt: [Spoilt] = [
    Spoilt(
      name: "there is no door", code: .missing, mend: "jalon team add --make SNAP3-017",
      spoil: { $0.door = missing(path) }),
    Spoilt(
      name: "the depot is a link", code: .notAFolder, mend: "jalon team add --make SNAP3-017",
      spoil: { $0.depot.kind = .other }),
    Spoilt(
      name: "the door is the team's", code: .owner, mend: "chown root \(path)",
      spoil: { $0.door.owner = 1_017 }),
    Spoilt(
      name: "the door can be written by others", code: .writable, mend: "chmod go-w \(path)",
      spoil: { $0.door.mode = 0o775 }),
    Spoilt(
      name: "the team cannot look into its door", code: .mode, mend: "chmod 0755 \(path)",
      spoil: { $0.door.mode = 0o750 }),
    Spoilt(
      name: "the depot hands its group on no more", code: .mode, mend: "chmod 2770 \(path)/depot",
      spoil: { $0.depot.mode = 0o770 }),
    Spoilt(
      name: "anybody may write to the depot", code: .mode, mend: "chmod 2770 \(path)/depot",
      spoil: { $0.depot.mode = 0o2777 }),
    Spoilt(
      name: "the depot is root's", code: .owner, mend: "chown SNAP3-017 \(path)/depot",
      spoil: {
        $0.depot.owner = 0
        $0.account = DoorAccount(name: "root", id: 0, home: "/root", groups: [0])
      }),
    Spoilt(
      name: "the depot's owner has no account", code: .owner,
      mend: "chown SNAP3-017 \(path)/depot", spoil: { $0.account = nil }),
    Spoilt(
      name: "the receipts are not Jalon's", code: .owner, mend: "chown jalon \(path)/recepisses",
      spoil: { $0.receipts.owner = 0 }),
    Spoilt(
      name: "the team may write its receipts", code: .writable,
      mend: "chmod go-w \(path)/recepisses", spoil: { $0.receipts.mode = 0o777 }),
    Spoilt(
      name: "the team may not read its receipts", code: .mode,
      mend: "chmod 0755 \(path)/recepisses", spoil: { $0.receipts.mode = 0o700 }),
    Spoilt(
      name: "the account lives elsewhere", code: .accountHome, mend: "usermod -d \(path) SNAP3-017",
      spoil: { $0.account?.home = "/home/x" }),
    Spoilt(
      name: "the account is not kept in its door", code: .accountGroup,
      mend: "usermod -g jalon-teams SNAP3-017", spoil: { $0.account?.groups = [952] }),
    Spoilt(
      name: "the receipts are on another file system", code: .fileSystem,
      mend: "umount \(path)/depot", spoil: { $0.receipts.device = 2 }),
    Spoilt(
      name: "nobody has adopted the project", code: .notAdopted,
      mend: "jalon adopt --by … --reason … SNAP3-017", spoil: { $0.isAdopted = false }),
  ]

  @Test(
    "a good door has no finding",
    arguments: [.team("SNAP3-017"), .officer("c.roux")] as [DoorHolder])
  func good(_ holder: DoorHolder) {
    #expect(Self.check.door(Self.door(holder), in: Self.root) == [])
  }

  @Test("one thing wrong is one finding, with the command that mends it", arguments: spoilt)
  func finds(_ spoilt: Spoilt) {
    var facts = Self.door()
    spoilt.spoil(&facts)
    let found = Self.check.door(facts, in: Self.root)
    #expect(found.map(\.code) == [spoilt.code])
    #expect(found.map(\.mend) == [spoilt.mend])
  }

  @Test("an account of another name is named by the commands that mend its door")
  func resident() {
    var facts = Self.door()
    facts.resident = "snap-17"
    facts.depot.owner = 77
    facts.account = nil
    #expect(
      Self.check.door(facts, in: Self.root).map(\.mend)
        == ["chown snap-17 /srv/jalon/SNAP3-017/depot"])
    facts.depot.kind = .missing
    #expect(
      Self.check.door(facts, in: Self.root).map(\.mend)
        == ["jalon team add --make --account snap-17 SNAP3-017"])
  }

  @Test("a depot of another group is out of Jalon's reach")
  func group() {
    var facts = Self.door()
    facts.depot.group = 951
    let found = Self.check.door(facts, in: Self.root)
    #expect(found.map(\.code) == [.group, .unreachable])
    #expect(found.first?.mend == "chgrp jalon-doors /srv/jalon/SNAP3-017/depot")
  }

  @Test("a team that comes by HTTPS alone has a depot of Jalon's own")
  func web() {
    var facts = Self.door()
    facts.depot.owner = Self.service.id
    facts.account = Self.service
    #expect(Self.check.door(facts, in: Self.root) == [])
    #expect(Self.check.shared([facts, facts]) == [])
  }

  @Test("two doors of one account are one too many")
  func shared() {
    let found = Self.check.shared([Self.door(), Self.door(.team("B"))])
    #expect(found.map(\.code) == [.accountShared])
    #expect(found.first?.mend == "chown B /srv/jalon/B/depot")
  }

  @Test("every part of the way is root's, written by nobody else, and passed by Jalon")
  func way() {
    let way = [Self.folder("/"), Self.folder("/srv"), Self.root]
    #expect(Self.check.way(way) == [])
    let wrong = [
      Self.folder("/", mode: 0o777), Self.folder("/srv", owner: 5, mode: 0o700),
      Self.missing("/srv/jalon"),
    ]
    let found = Self.check.way(wrong)
    #expect(found.map(\.code) == [.writable, .owner, .unreachable, .missing])
    #expect(found.map(\.path) == ["/", "/srv", "/srv", "/srv/jalon"])
  }

  @Test("what the web server keeps on its way is of the doors' group and file system")
  func staging() {
    let good = Self.folder("/srv/jalon/.incoming", owner: 33, group: 950, mode: 0o2700)
    #expect(Self.check.staging(good, beside: Self.root) == [])
    #expect(Self.check.staging(Self.missing("/srv/jalon/.incoming"), beside: Self.root) == [])
    let wrong = Self.folder("/srv/jalon/.incoming", owner: 33, group: 33, mode: 0o700, device: 2)
    #expect(
      Self.check.staging(wrong, beside: Self.root).map(\.code) == [.group, .mode, .fileSystem])
  }

  @Test("groups that are missing, and Jalon's place in its own, are told")
  func groups() {
    #expect(Self.check.groups(for: [.team("A"), .officer("b")]) == [])
    let bare = DoorTerms(
      service: DoorAccount(name: "jalon", id: 900, home: "/", groups: [900]),
      doors: DoorGroup(name: "jalon-doors", id: 950),
      teams: DoorGroup(name: "jalon-teams", id: nil),
      officers: DoorGroup(name: "jalon-officers", id: nil))
    let found = DoorCheck(bare).groups(for: [.team("A")])
    #expect(
      found.map(\.mend) == [
        "groupadd --system jalon-teams", "usermod -a -G jalon-doors jalon",
      ])
  }

  @Test(
    "a word for the shell is quoted where it has to be",
    arguments: [
      ("/srv/jalon/A-1", "/srv/jalon/A-1"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"),
      ("$(id)", "'$(id)'"), ("é", "'é'"), ("'\u{301};id", "''\\''\u{301};id'"),
    ])
  func quotes(word: String, quoted: String) { #expect(shellWord(word) == quoted) }
}
