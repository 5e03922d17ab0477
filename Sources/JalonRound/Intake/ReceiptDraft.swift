import JalonCore
import JalonFormats
import JalonPages

/// A receipt in the making.
struct ReceiptDraft {
  var project: String?
  var receivedAt: Instant
  private(set) var status = ReceiptStatus.accepted
  private(set) var units: [(indicator: String, unit: ReportedUnit)] = []
  private(set) var milestones: [MilestoneReach] = []
  private var bytes = 0
  private(set) var digest = SHA256.hash([UInt8]())
  private(set) var duplicateOf: Int64?
  private var rows = 0
  private var periods: [Period] = []
  private var errors: [Problem] = []
  private var warnings: [Problem] = []
  /// What an officer's file did; `nil` for a team's.
  var acts: [OfficerAct]?
  private var refusals: [DecisionProblem] = []
  private var oddities: [DecisionProblem] = []

  init(project: String?, receivedAt: Instant) {
    self.project = project
    self.receivedAt = receivedAt
  }

  /// Describes what arrived, and rejects what is not to be read; `followUp`: whom to ask for more
  /// room.
  ///
  /// - Returns: the bytes to be read, if there are any.
  mutating func take(
    _ content: Arrival.Content, followUp: [String] = []
  ) -> (bytes: [UInt8], digest: Digest)? {
    switch content {
    case .refused(let reason):
      reject(.syntax, reason)
    case .tooLarge(let size, let digest, let limit):
      describe(size, digest)
      reject(.tooLarge, .tooLarge(size, limit: limit))
    case .overQuota(let size, let digest, let used, let quota):
      describe(size, digest)
      reject(.tooLarge, .overQuota(size, used: used, quota: quota, followUp: followUp))
    case .mismatch(let bytes, let digest, let announced):
      describe(bytes.count, digest)
      reject(.syntax, .mismatch(announced: announced, found: digest.hexadecimal))
    case .bytes(let bytes, let digest):
      describe(bytes.count, digest)
      return (bytes, digest)
    }
    return nil
  }

  private mutating func describe(_ size: Int, _ digest: Digest) {
    bytes = size
    self.digest = digest
  }

  private mutating func reject(_ code: ProblemCode, _ message: Sentence) {
    status = .rejected
    errors.append(Problem(code, message: message.typeset))
  }

  mutating func repeats(_ first: Int64) {
    status = .duplicate
    duplicateOf = first
  }

  mutating func take(_ report: ReadReport) {
    errors = report.errors
    warnings = report.warnings
    guard report.isAccepted else {
      status = .rejected
      return
    }
    units = report.units
    milestones = report.milestones
    rows = report.rows
    periods = report.periods
  }

  // MARK: Officers

  mutating func warn(_ problems: [DecisionProblem]) { oddities = problems }

  mutating func reject(_ problems: [DecisionProblem]) {
    status = .rejected
    refusals = problems
  }

  mutating func record(_ acts: [OfficerAct]) {
    self.acts = acts
    rows = acts.count
  }

  func receipt(number: Int64, for arrival: Arrival, in language: Language) -> Receipt {
    Receipt(
      id: Receipt.id(number: number), project: project, file: arrival.file,
      sha256: digest.hexadecimal, bytes: bytes, receivedAt: receivedAt, status: status,
      duplicateOf: duplicateOf.map(Receipt.id), rows: rows, periods: periods,
      errors: errors.map { ReceiptProblem($0, in: language) }
        + refusals.map { ReceiptProblem($0, in: language) },
      warnings: warnings.map { ReceiptProblem($0, in: language) }
        + oddities.map { ReceiptProblem($0, in: language) },
      acts: acts.map { $0.map { ActsPage(in: language).receipt($0) } })
  }
}

// MARK: What it says

extension Sentence {
  static func tooLarge(_ size: Int, limit: Int) -> Sentence {
    Sentence(
      french: "Le fichier fait \(size) octets, plus que les \(limit) acceptés ; "
        + "envoyez-le en plusieurs fichiers, par exemple un par période.",
      english: "The file has \(size) bytes, more than the \(limit) accepted; "
        + "send it as several files, for example one for each period.")
  }

  static func mismatch(announced: String, found: String) -> Sentence {
    Sentence(
      french: "Le fichier reçu n’est pas celui que son empreinte annonce (annoncée : "
        + "\(announced) ; reçue : \(found)) : il est sans doute incomplet ; renvoyez-le "
        + "avec son fichier .sha256.",
      english: "The file received is not the one that its checksum announces (announced: "
        + "\(announced); received: \(found)): it is probably incomplete; send it again "
        + "with its .sha256 file.")
  }
}
