import JalonCore

/// What an officer did, or a second person's word about it, as the ledger tells it.
struct ToldAct: Sendable {
  static let kinds: Set<String> = ["decide", "waive", "contest", "expunge", "confirm"]

  struct Word: Sendable {
    let by: String
    let user: String
    let way: String
    let reason: String
    let on: Int64

    init?(_ body: ToldBody) {
      guard let by = body.text("by"), let user = body.text("user"), let way = body.text("way"),
        let reason = body.text("reason"), let on = body.day("on")
      else { return nil }
      self.by = by
      self.user = user
      self.way = way
      self.reason = reason
      self.on = on
    }
  }

  let kind: String
  let number: Int64
  let phase: String?
  let criterion: String?
  let indicator: String?
  let period: String?
  let verdict: String?
  /// The bytes that an `expunge` removes.
  let sha256: Digest?
  let takesBack: Bool
  let stood: String?
  let version: String?
  let rules: Int64?
  let needsSecond: Bool
  let word: Word

  init?(_ entry: LedgerEntry, _ body: ToldBody) {
    guard let number = body.number("act"), let word = Word(body) else { return nil }
    kind = entry.kind
    self.number = number
    self.word = word
    phase = body.text("phase")
    criterion = body.text("criterion")
    indicator = body.text("indicator")
    period = body.text("period")
    verdict = body.text("verdict")
    sha256 = body.digest("sha256")
    // A decision is taken back by one without a verdict.
    takesBack = body.truth("takenBack") ?? (entry.kind == "decide" && verdict == nil)
    stood = body.text("stood")
    version = body.text("version")
    rules = body.number("rules")
    needsSecond = body.truth("needsSecond") ?? false
  }
}
