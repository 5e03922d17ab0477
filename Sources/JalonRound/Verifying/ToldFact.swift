import JalonCore
import JalonFormats

/// What an entry of the ledger tells, as far as tables or archive can be held against it.
enum ToldFact: Sendable {
  case submission(ToldSubmission)
  case adoption(ToldAdoption)
  case recommendation(ToldRecommendation)
  case act(ToldAct)
  /// Nothing that a table or the archive is held against.
  case other

  /// Reads an entry; `nil` for one of a known kind that does not say what that kind says.
  init?(_ entry: LedgerEntry) {
    guard ToldFact.readers[entry.kind] != nil || ToldAct.kinds.contains(entry.kind) else {
      self = .other
      return
    }
    guard let document = try? JSONDocument(Array(entry.body.utf8)), document.root.kind == .object
    else { return nil }
    let body = ToldBody(document.root)
    let reader = ToldFact.readers[entry.kind]
    guard let fact = reader.map({ $0(body) }) ?? ToldAct(entry, body).map(ToldFact.act) else {
      return nil
    }
    self = fact
  }

  private static let readers: [String: @Sendable (ToldBody) -> ToldFact?] = [
    "submission": { ToldSubmission($0).map(ToldFact.submission) },
    "adoption": { ToldAdoption($0).map(ToldFact.adoption) },
    "recommendation": { ToldRecommendation($0).map(ToldFact.recommendation) },
  ]
}

/// The members of an entry's body, by key.
struct ToldBody {
  private let node: JSONNode

  init(_ node: JSONNode) { self.node = node }

  func text(_ key: String) -> String? { node.member(key)?.text }
  func number(_ key: String) -> Int64? { node.member(key)?.numberText.flatMap { Int64($0) } }
  func truth(_ key: String) -> Bool? { node.member(key)?.truth }
  func instant(_ key: String) -> Int64? { text(key).flatMap { Instant($0)?.microseconds } }
  func day(_ key: String) -> Int64? { text(key).flatMap { Day($0) }.map { Int64($0.number) } }
  func digest(_ key: String) -> Digest? { text(key).flatMap { Digest(hexadecimal: $0) } }
  func elements(_ key: String) -> [ToldBody] {
    node.member(key)?.elements.map(ToldBody.init) ?? []
  }

  /// The number of a receipt's id; a submission has it.
  func receipt(_ key: String) -> Int64? {
    guard let text = text(key), text.hasPrefix("J") else { return nil }
    return Int64(text.dropFirst())
  }
}

/// A file that was received, as the ledger tells it.
struct ToldSubmission: Sendable {
  let number: Int64
  let file: String
  let sha256: Digest
  let bytes: Int64
  let receivedAt: Int64
  let recordedAt: Int64
  let status: String
  let duplicateOf: Int64?
  let rows: Int64
  /// `nil` in entries of older versions, like the next ones.
  let isArchived: Bool?
  let record: Digest?
  let facts: Digest?

  init?(_ body: ToldBody) {
    guard let number = body.receipt("receipt"), let file = body.text("file"),
      let sha256 = body.digest("sha256"), let bytes = body.number("bytes"),
      let receivedAt = body.instant("receivedAt"), let recordedAt = body.instant("recordedAt"),
      let status = body.text("status"), let rows = body.number("rows")
    else { return nil }
    self.number = number
    self.file = file
    self.sha256 = sha256
    self.bytes = bytes
    self.receivedAt = receivedAt
    self.recordedAt = recordedAt
    self.status = status
    duplicateOf = body.receipt("duplicateOf")
    self.rows = rows
    isArchived = body.truth("archived")
    record = body.digest("record")
    facts = body.digest("facts")
  }

  var wasAccepted: Bool { status == ReceiptStatus.accepted.rawValue }
  var isCovered: Bool { record != nil }
}

/// A version that was adopted, as the ledger tells it.
struct ToldAdoption: Sendable {
  /// `nil` in entries of older versions.
  let kind: String?
  let path: String
  let sha256: Digest
  let by: String
  let user: String
  let reason: String

  init?(_ body: ToldBody) {
    guard let path = body.text("path"), let sha256 = body.digest("sha256"),
      let by = body.text("by"), let user = body.text("user"), let reason = body.text("reason")
    else { return nil }
    kind = body.text("kind")
    self.path = path
    self.sha256 = sha256
    self.by = by
    self.user = user
    self.reason = reason
  }
}

/// Changed recommendations of one project, as the ledger tells them.
struct ToldRecommendation: Sendable {
  struct Gate: Sendable {
    let phase: String
    let recommendation: String
    let effective: String
    let crossed: Int64?
    let funds: String
    /// `nil` in entries of older versions, like the next one.
    let discretionary: Bool?
    let flagged: Bool?
  }

  let asOf: Int64
  let knownAt: Int64
  let gates: [Gate]

  init?(_ body: ToldBody) {
    guard let asOf = body.day("asOf"), let knownAt = body.instant("knownAt") else { return nil }
    self.asOf = asOf
    self.knownAt = knownAt
    var gates: [Gate] = []
    for gate in body.elements("gates") {
      guard let phase = gate.text("phase"), let recommendation = gate.text("recommendation"),
        let effective = gate.text("effective"), let funds = gate.text("fundsAtStake")
      else { return nil }
      gates.append(
        Gate(
          phase: phase, recommendation: recommendation, effective: effective,
          crossed: gate.day("crossed"), funds: funds, discretionary: gate.truth("discretionary"),
          flagged: gate.truth("flagged")))
    }
    self.gates = gates
  }

  var isCovered: Bool { gates.allSatisfy { $0.flagged != nil } }
}
