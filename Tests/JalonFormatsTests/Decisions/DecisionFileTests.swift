import JalonCore
import JalonFormats
import Testing

@Suite("Officers' files: acts by CSV or JSON, whole or not at all")
struct DecisionFileTests {
  private func read(_ text: String) -> DecisionFile { DecisionFile(Array(text.utf8)) }

  private static let digest = SHA256.hash(Array("abc".utf8))
  private static let march = Period(cadence: .monthly, index: Int32(2021 * 12 + 2))

  @Test(
    "every act, in French and English",
    arguments: [
      (
        "débloquer;A;P1;;;;;", "release;A;P1;;;;;",
        RequestedAct.Wish.act(.decide(phase: "P1", .release), about: "A")
      ),
      (
        "SUSPENDRE;A;P1;;;;;", "withhold;A;P1;;;;;",
        .act(.decide(phase: "P1", .withhold), about: "A")
      ),
      (
        "déroger;A;P1;milestone:M1;;;;", "waive;A;P1;milestone:M1;;;;",
        .act(.waive(phase: "P1", criterion: "milestone:M1", isTakenBack: false), about: "A")
      ),
      (
        "contester;A;;;postes;mars-21;;", "contest;A;;;postes;2021-03;;",
        .act(.contest(indicator: "postes", march, isTakenBack: false), about: "A")
      ),
      (
        "reprendre;A;P1;;;;;", "take back;A;P1;;;;;", .act(.decide(phase: "P1", nil), about: "A")
      ),
      (
        "reprendre;A;P1;milestone:M1;;;;", "take-back;A;P1;milestone:M1;;;;",
        .act(.waive(phase: "P1", criterion: "milestone:M1", isTakenBack: true), about: "A")
      ),
      (
        "reprendre;A;;;postes;2021-M03;;", "take back;A;;;postes;03/2021;;",
        .act(.contest(indicator: "postes", march, isTakenBack: true), about: "A")
      ),
      (
        "effacer;;;;;;\(digest.hexadecimal);", "expunge;;;;;;\(digest.hexadecimal);",
        .act(.expunge(digest), about: nil)
      ),
      ("confirmer;;;;;;;12", "confirm;;;;;;;12", .confirm(12)),
    ])
  func acts(_ french: String, _ english: String, _ wish: RequestedAct.Wish) {
    let headers = [
      "Acte;Projet;Phase;Critère;Indicateur;Période;Empreinte;Numéro;Motif",
      "act;project;phase;criterion;indicator;period;sha256;number;reason",
    ]
    for (header, row) in zip(headers, [french, english]) {
      let file = read("\(header)\r\n\(row);vu en comité\r\n")
      #expect(file.errors == [])
      #expect(file.requests.map(\.wish) == [wish])
      #expect(file.requests.first?.reason == "vu en comité")
      #expect(file.requests.first?.line == 2)
    }
  }

  @Test("JSON asks for the same, with the number as a number and anyway as a truth value")
  func json() throws {
    let file = read(
      """
      {"comment": "séance du 3", "acts": [
        {"act": "withhold", "project": "A", "phase": "P1", "reason": "vu", "anyway": true,
         "by": "C. Roux"},
        {"act": "confirm", "number": 12, "reason": "vu", "anyway": null}]}
      """)
    #expect(file.errors == [])
    #expect(
      file.requests.map(\.wish) == [
        .act(.decide(phase: "P1", .withhold), about: "A"), .confirm(12),
      ])
    #expect(file.requests.map(\.goesOnAnyway) == [true, false])
    #expect(file.requests.map(\.name) == ["C. Roux", nil])
    #expect(file.requests.map(\.line) == [2, 4])
  }

  @Test(
    "each mistake has its code and place, and says what to do",
    arguments: [
      ("", .empty, nil, nil), ("acte;projet;motif\n;;\n", .empty, nil, nil),
      ("projet;phase;motif\nA;P1;x\n", .header, 1, nil),
      ("acte;projet;phase\nsuspendre;A;P1\n", .header, 1, nil),
      ("acte;numéro;acte;motif\nconfirmer;1;;x\n", .header, 1, nil),
      ("acte;motif\nsupendre;x\n", .act, 2, 1), ("acte;motif\n;x\n", .act, 2, nil),
      ("acte;projet;motif\nsuspendre;A;x\n", .rowKind, 2, 1),
      ("acte;projet;phase;période;motif\nsuspendre;A;P1;2021;x\n", .rowKind, 2, 4),
      ("acte;numéro;malgré;motif\nconfirmer;3;oui;x\n", .rowKind, 2, 3),
      ("acte;projet;phase;malgré;motif\nsuspendre;A;P1;peut-être;x\n", .rowKind, 2, 4),
      ("acte;projet;phase;motif\nsuspendre;A;P1;\n", .reason, 2, nil),
      ("acte;projet;indicateur;période;motif\ncontester;A;p;hier;x\n", .period, 2, 4),
      ("acte;empreinte;motif\neffacer;abc;x\n", .fileUnknown, 2, 2),
      ("acte;numéro;motif\nconfirmer;douze;x\n", .actUnknown, 2, 2),
      (
        "acte;projet;phase;motif\nsuspendre;A;P1;x\ndébloquer;A;P1;y\n", .duplicateRow, 3, nil
      ),
      ("acte;projet;phase;motif\nsuspendre;A;P1;\"x\n", .syntax, 2, nil),
      ("acte;projet;phase;motif\nsuspendre;A;P1;x;y\n", .columnCount, 2, 5),
      ("PK\u{3}\u{4}", .syntax, nil, nil), ("{\"acts\": [", .syntax, 1, nil),
      ("{\"acts\": [{\"act\": \"confirm\", \"nubmer\": 1}]}", .syntax, 1, nil),
      ("[1]", .syntax, 1, nil),
    ] as [(String, DecisionProblemCode, Int?, Int?)])
  func mistakes(_ text: String, _ code: DecisionProblemCode, _ line: Int?, _ column: Int?) {
    let errors = read(text).errors
    #expect(errors.map(\.code) == [code])
    #expect(errors.first?.line == line)
    #expect(errors.first?.column == column)
    for language in Language.allCases {
      #expect(errors.allSatisfy { $0.message[language].count > 20 })
    }
  }

  @Test("every mistake of a file is told, and nothing that a hostile file holds is endless")
  func bounds() {
    let several = read("acte;projet;phase;motif\nsupendre;A;P1;x\nsuspendre;A;;\n")
    #expect(several.errors.map(\.code) == [.act, .rowKind, .reason])
    let many = read("acte;motif\n" + String(repeating: "x;y\n", count: 5_000))
    #expect(many.errors.count <= 200 && many.requests.isEmpty)
    let rows = (1...501).map { "confirmer;\($0);x" }.joined(separator: "\n")
    #expect(read("acte;numéro;motif\n" + rows + "\n").errors.map(\.code) == [.tooLarge])
    let long = String(repeating: "é", count: 4_001)
    #expect(read("acte;numéro;motif\nconfirmer;1;\(long)\n").errors.map(\.code) == [.reason])
    #expect(read(String(repeating: " ", count: 1_000_001)).errors.map(\.code) == [.tooLarge])
  }

  @Test("what is kept for good is one line that a terminal may show, from JSON too")
  func oneLine() {
    let row =
      #"{"act": "confirm", "number": 1, "reason": "vu\n\u001b[31m\u0085\u202e ce jour\u00a0"}"#
    #expect(read(#"{"acts": ["# + row + "]}").requests.map(\.reason) == ["vu [31m ce jour"])
    let csv = read(
      "acte;numéro;motif\nconfirmer;1;\"vu\n\u{1B}[31m\u{85}\u{202E} ce jour\u{A0}\"\n")
    #expect(csv.requests.map(\.reason) == ["vu [31m ce jour"])
    let accents = "e" + String(repeating: "\u{301}", count: 4_001)
    #expect(read("acte;numéro;motif\nconfirmer;1;\(accents)\n").errors.map(\.code) == [.reason])
    let wrong = read(#"{"acts": [{"act": "\u001b[2J", "reason": "x"}]}"#).errors
    #expect(wrong.first?.message.english.contains("\u{1B}") == false)
  }

  @Test("an unknown column is told and not read")
  func unknownColumn() {
    let file = read("acte;numéro;motif;Remarque\nconfirmer;1;vu;bof\n")
    #expect(file.errors == [] && file.requests.count == 1)
    #expect(file.warnings.map(\.code) == [.columnUnknown])
    #expect(file.warnings.first?.column == 4)
  }
}
