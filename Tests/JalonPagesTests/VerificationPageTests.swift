import JalonCore
import JalonPages
import Testing

@Suite("What `verify` prints")
struct VerificationPageTests {
  static let head = LedgerHead(sequence: 1_234, sha256: SHA256.hash(Array("head".utf8)))

  static func report(_ misfits: [Misfit], count: Int, notes: [Sentence] = []) -> VerificationReport
  {
    VerificationReport(
      head: head, entries: 1_234, files: 1, bytes: 97, misfits: misfits, misfitCount: count,
      notes: notes)
  }

  static let found = report(
    [
      Misfit(
        .rowChanged, at: 12,
        Sentence(
          french: "La table submission a été modifiée pour le dépôt J00000005 (t1.csv), colonne "
            + "status : « accepted » selon le registre, « rejected » dans la table.",
          english: "The table submission was changed for submission J00000005 (t1.csv), column "
            + "status: 'accepted' by the ledger, 'rejected' in the table.")),
      Misfit(
        .truncated,
        Sentence(french: "La fin a été coupée.", english: "The end was cut off.")),
    ], count: 45,
    notes: [Sentence(french: "Un fichier de trop : aucun mal.", english: "A file more: no harm.")])

  @Test("names what does not fit", arguments: Language.allCases)
  func misfits(_ language: Language) throws {
    let page = VerificationPage(Self.found, in: language)
    try expectPage(page.text(width: 90), "verification-misfits", language)
    try expectPage(
      String(decoding: page.json.indented, as: UTF8.self), "verification-misfits", language,
      type: "json")
  }

  @Test("says so when everything fits", arguments: Language.allCases)
  func fits(_ language: Language) throws {
    let page = VerificationPage(Self.report([], count: 0), in: language)
    try expectPage(page.text(width: 90), "verification-fits", language)
  }
}
