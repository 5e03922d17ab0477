import JalonCore
import JalonFormats
import Testing

@Suite("Tables of laureates, as follow-up teams export them")
struct LaureateTableTests {
  private func read(_ text: String) -> LaureateTable {
    LaureateTable(Array(text.utf8), file: "t.csv")
  }

  private static let whole: Laureate = {
    var laureate = Laureate(id: "A-1")
    laureate.title = "Un ; deux"
    laureate.lead = "Préfecture"
    laureate.contacts = ["a@x.fr", "b@x.fr"]
    laureate.category = "formation"
    laureate.totalCost = Quantity(micros: 200_000_500_000)
    laureate.grant = Quantity(150_000)
    laureate.awarded = Day(year: 2021, month: 1, day: 15)
    return laureate
  }()

  @Test(
    "every delimiter, header language, order, notation",
    arguments: [
      "id;titre;porteur;contact;catégorie;coût total;subvention;date d'attribution\n"
        + "A-1;\"Un ; deux\";Préfecture;a@x.fr, b@x.fr;formation;200 000,50 €;150000;15/01/21\n",
      "AWARD DATE,Grant,Total cost (euros),category,contact,lead,title,ID\n"
        + "2021-01-15,150000,\"200000,5\",formation,a@x.fr b@x.fr,Préfecture,Un ; deux,A-1\n",
      "\n\nIdentifiant\tIntitulé\tPorteur\tCourriel\tCatégorie\tCoût total\tSubvention (€)\t"
        + "Date d’attribution\nA-1\tUn ; deux\tPréfecture\t\"a@x.fr\nb@x.fr\"\tformation\t"
        + "200000.5\t150'000\t2021-01-15",
    ])
  func notations(_ text: String) {
    let table = read(text)
    #expect(table.errors == [])
    #expect(table.warnings == [])
    #expect(table.laureates == [Self.whole])
  }

  @Test("Windows-1252, as French Excel saves plain CSV")
  func windows1252() {
    let header = Array("id;co".utf8) + [0xFB] + Array("t total\r\n".utf8)
    let row = Array("A;1".utf8) + [0xA0] + Array("000 ".utf8) + [0x80] + Array("\r\n".utf8)
    let table = LaureateTable(header + row, file: "t.csv")
    #expect(table.errors == [])
    #expect(table.laureates.map(\.totalCost) == [Quantity(1_000)])
  }

  @Test("what is empty, or in no column, is left to be chosen")
  func partial() {
    let table = read("id;titre;subvention\nA;;\n;;\nB;Deux;\n")
    #expect(table.errors == [])
    #expect(table.laureates.map(\.id) == ["A", "B"])
    #expect(table.laureates.map(\.title) == [nil, "Deux"])
    #expect(table.laureates.allSatisfy { $0.grant == nil && $0.contacts.isEmpty })
  }

  @Test(
    "each mistake is named with its line and column",
    arguments: [
      ("", nil, ""), ("\n;;\n", nil, ""), ("id;titre\n", nil, ""), ("titre;porteur\nx;y\n", 1, ""),
      ("id;titre;Titre\nA;x;y\n", 1, ""), ("id;titre\n;x\n", 2, "A (id)"),
      ("id;titre\nA_1;x\n", 2, "A (id)"), ("id;titre\nA;x\n\nA;y\n", 4, "A (id)"),
      ("id;contact\nA;x@\n", 2, "B (contact)"), ("id;grant\nA;1.234,5\n", 2, "B (grant)"),
      ("id;grant\nA;-1\n", 2, "B (grant)"), ("id;grant\nA;1,005\n", 2, "B (grant)"),
      ("id;award date\nA;31/02/2021\n", 2, "B (award date)"),
      ("id;titre\nA;\"x\n", 2, ""), ("id;titre\nA;x;y\n", 2, "C"),
      ("PK\u{3}\u{4}", nil, ""),
    ] as [(String, Int?, String)])
  func mistakes(_ text: String, _ line: Int?, _ path: String) {
    let errors = read(text).errors
    #expect(errors.count == 1)
    #expect(errors.first?.line == line)
    #expect(errors.first?.path == path)
    #expect(errors.first?.file == "t.csv")
  }

  @Test("every mistake is named, not the first alone")
  func all() {
    let table = read("id;grant;award date\nA;x;y\nB;z;2021-01-01\n")
    #expect(table.errors.map(\.line) == [2, 2, 3])
  }

  @Test("a column that is not known is told, and harms nothing")
  func unknown() {
    let table = read("id;région;titre\nA;Bretagne;x\n")
    #expect(table.errors == [])
    #expect(table.warnings.map(\.path) == ["B (région)"])
    #expect(table.laureates.map(\.title) == ["x"])
  }
}
