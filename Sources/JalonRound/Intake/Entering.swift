import JalonCore
import JalonPages

extension Notebook {
  /// Enters a file and its answer, with the ledger's entry; inside `write`.
  ///
  /// - `isKnown`: whether the notebook knows whom it comes from: an officer, or an adopted project.
  func enter(
    _ arrival: Arrival, _ draft: ReceiptDraft, from holder: DoorHolder?, isKnown: Bool = true,
    number: Int64? = nil, _ now: Instant, in language: Language
  ) throws -> Filed {
    let number = try number ?? submissions.nextNumber()
    let receipt = draft.receipt(number: number, for: arrival, in: language)
    let json = String(decoding: ReceiptPage(receipt, in: language).json.indented, as: UTF8.self)
    try submissions.insert(
      number,
      FiledSubmission(
        receipt: receipt, receiptJSON: json, digest: draft.digest, holder: holder,
        duplicateOf: draft.duplicateOf, name: arrival.name, recordedAt: now,
        door: arrival.door, identity: arrival.identity, isArchived: arrival.content.isKept,
        units: draft.units, milestones: draft.milestones))
    let proof = LedgerPage.SubmissionProof(
      isArchived: arrival.content.isKept,
      record: RecordDigest.of(
        project: isKnown ? holder?.id : nil, name: arrival.name, door: arrival.door,
        identity: arrival.identity, receipt: json),
      facts: draft.status == .accepted ? FactsDigest.of(draft.units, draft.milestones) : nil)
    try appendToLedger(
      "submission", holder?.id ?? "", LedgerPage.submission(receipt, recordedAt: now, proof), now)
    return Filed(number: number, receipt: receipt, json: json)
  }
}
