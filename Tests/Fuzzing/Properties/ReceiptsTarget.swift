import JalonCore
import JalonFormats
import JalonPages

extension FuzzTarget {
  /// Receipts as the notebook keeps them.
  static let receipts = FuzzTarget("receipts", longest: 2_048, ReceiptProperties.check)
}

/// What holds of receipts: of those that are read, and of those that reports get.
enum ReceiptProperties {
  @Sendable
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let receipt = readReceipt(String(decoding: bytes, as: UTF8.self)) else { return }
    try checkWriting(receipt)
  }

  /// The receipt of a report says what the report says, in every language.
  static func check(_ report: ReportFacts, _ bytes: [UInt8]) throws(BrokenProperty) {
    for language in Language.allCases {
      let receipt = Receipt(
        id: Receipt.id(number: 1), project: report.project, file: "remontée.csv",
        sha256: SHA256.hash(bytes).hexadecimal, bytes: bytes.count,
        receivedAt: Instant(microseconds: 1_626_760_800_123_456),
        status: report.errors.isEmpty ? .accepted : .rejected, rows: report.rows,
        periods: report.periods, errors: report.errors.map { ReceiptProblem($0, in: language) },
        warnings: report.warnings.map { ReceiptProblem($0, in: language) })
      try checkWriting(receipt)
      let text = ReceiptPage(receipt, in: language).text
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      try hold(lines.allSatisfy(Shown.isHarmless), "a receipt shows no control character")
    }
  }

  private static func checkWriting(_ receipt: Receipt) throws(BrokenProperty) {
    let json = ReceiptPage(receipt, in: .french).json.indented
    let again = readReceipt(String(decoding: json, as: UTF8.self))
    try agree(again, receipt, "a receipt is read as it is written")
  }
}
