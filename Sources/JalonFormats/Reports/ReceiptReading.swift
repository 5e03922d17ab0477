public import JalonCore

/// Reads a receipt back from the JSON that Jalon wrote (SPEC §7), to finish what a crash interrupted.
///
/// - Returns: `nil` for anything that is not such a receipt.
public func readReceipt(_ json: String) -> Receipt? {
  guard let document = try? JSONDocument(Array(json.utf8), options: .strict) else { return nil }
  let root = document.root
  guard let id = root.member("receipt")?.text, let file = root.member("file")?.text,
    let sha256 = root.member("sha256")?.text,
    let bytes = root.member("bytes")?.numberText.flatMap({ Int($0) }),
    let receivedAt = root.member("receivedAt")?.text.flatMap({ Instant($0) }),
    let status = root.member("status")?.text.flatMap({ ReceiptStatus(rawValue: $0) })
  else { return nil }
  return Receipt(
    id: id, project: root.member("project")?.text, file: file, sha256: sha256, bytes: bytes,
    receivedAt: receivedAt, status: status, duplicateOf: root.member("duplicateOf")?.text,
    rows: root.member("rows")?.numberText.flatMap { Int($0) } ?? 0,
    periods: root.member("periods")?.elements.compactMap { $0.text.flatMap(PeriodNotation.read) }
      ?? [],
    errors: root.member("errors")?.elements.map(ReceiptProblem.init) ?? [],
    warnings: root.member("warnings")?.elements.map(ReceiptProblem.init) ?? [],
    acts: root.member("acts")?.elements.map(ReceiptAct.init))
}

extension ReceiptAct {
  fileprivate init(_ node: JSONNode) {
    self.init(
      number: node.member("id")?.numberText.flatMap { Int64($0) } ?? 0,
      project: node.member("project")?.text ?? "", text: node.member("act")?.text ?? "",
      stood: node.member("stood")?.text.flatMap { StoodRecommendation(rawValue: $0) },
      isEffective: node.member("effective")?.truth ?? false)
  }
}

extension ReceiptProblem {
  fileprivate init(_ node: JSONNode) {
    self.init(
      code: node.member("code")?.text ?? "",
      line: node.member("line")?.numberText.flatMap { Int($0) },
      column: node.member("column")?.numberText.flatMap { Int($0) },
      text: node.member("text")?.text ?? "", message: node.member("message")?.text ?? "")
  }
}
