import JalonCore
import JalonPages
import JalonTesting
import Testing

@Suite("Receipts: what became of a file, for its team")
struct ReceiptPageTests {
  static func receipt(_ status: ReceiptStatus, _ language: Language) -> Receipt {
    var receipt = Receipt(
      id: "J00000042", project: "SNAP3-017", file: "remontée T1.csv",
      sha256: SHA256.hash(Array("abc".utf8)).hexadecimal, bytes: 20_480,
      receivedAt: Instant(microseconds: 1_618_293_600_000_123), status: status)
    switch status {
    case .accepted:
      receipt.rows = 12
      receipt.periods = (0..<3).map { Period(cadence: .monthly, index: Int32(2021 * 12 + $0)) }
      receipt.warnings = [
        ReceiptProblem(
          code: "last-line", line: 13, column: nil, text: "",
          message: language == .french
            ? "ligne 13 : la dernière ligne n’a pas de fin ; vérifiez que le fichier est entier"
            : "line 13: the last line has no end; check that the file is whole")
      ]
    case .rejected:
      receipt.project = nil
      receipt.errors = [
        ReceiptProblem(
          code: "value", line: 14, column: 5, text: "1.234,5",
          message: language == .french
            ? "ligne 14, colonne valeur : « 1.234,5 » mélange le point et la virgule ; "
              + "écrivez 1234,5"
            : "line 14, column value: \"1.234,5\" mixes point and comma; write 1234.5"),
        ReceiptProblem(
          code: "syntax", line: nil, column: nil, text: "", message: "\u{1B}[31mrouge\u{7}"),
      ]
    case .duplicate: receipt.duplicateOf = "J00000007"
    }
    return receipt
  }

  @Test("for people", arguments: ReceiptStatus.allCases, Language.allCases)
  func text(_ status: ReceiptStatus, _ language: Language) throws {
    let page = ReceiptPage(Self.receipt(status, language), in: language)
    try expectPage(page.text, "receipt-\(status.rawValue)", language)
    #expect(!page.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("for programs", arguments: ReceiptStatus.allCases)
  func json(_ status: ReceiptStatus) throws {
    let json = ReceiptPage(Self.receipt(status, .english), in: .english).json.indented
    try expectPage(
      String(decoding: json, as: UTF8.self), "receipt-\(status.rawValue)-json", .english)
  }

  @Test("of an officer's file, for people and programs", arguments: Language.allCases)
  func officer(_ language: Language) throws {
    var receipt = Self.receipt(.duplicate, language)
    receipt.project = nil
    receipt.acts = []
    let again = ReceiptPage(receipt, in: language).text
    receipt.status = .accepted
    receipt.duplicateOf = nil
    receipt.rows = 2
    receipt.acts = [
      ReceiptAct(
        number: 12, project: "SNAP3-017", text: "phase P1, suspendre", stood: .gate(.withhold),
        isEffective: true),
      ReceiptAct(
        number: 13, project: "SNAP3-023", text: "postes 2021-06, chiffre contesté",
        stood: .project([.init("P1", .release), .init("P2", .pending)]),
        isEffective: false),
    ]
    let page = ReceiptPage(receipt, in: language)
    try expectPage(page.text + "\n" + again, "receipt-officer", language)
    let json = String(decoding: page.json.indented, as: UTF8.self)
    try expectPage(json, "receipt-officer-json", language)
  }
}
